import CLinux
import Glibc

@main
enum Oomctl {
  static func main() {
    // A reader who leaves early shows as EPIPE, not as a deadly signal.
    let handler = signal(SIGPIPE, SIG_IGN)
    // Scripts ask for the version time and again: it is told before anything else costs time. What
    // hinders that is told the long way.
    if Environment.asksForVersionOnly, Console.prints(Version.line) {
      exit(ExitStatus.done.rawValue)
    }
    // What is freed is kept for what comes: to hand it back piecemeal only costs calls.
    mallopt(M_TRIM_THRESHOLD, .max)
    var environment = Environment.current
    // SIG_IGN is the number 1.
    environment.ignoresPipes = unsafe unsafeBitCast(handler, to: Int.self) == 1
    let program = Program(environment: environment, console: .system)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
