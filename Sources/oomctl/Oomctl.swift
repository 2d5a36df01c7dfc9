import CLinux
import Core
import Glibc
import Posix
import ProcFS

@main
enum Oomctl {
  static func main() {
    let ignored = IgnoredSignals.begin()
    // Scripts ask for the version time and again: it is told before anything else costs time. What
    // hinders that is told the long way.
    if Environment.asksForVersionOnly, Console.prints(Version.line) {
      exit(ExitStatus.done.rawValue)
    }
    OwnStack.use { work(ignored) }
  }

  private static func work(_ ignored: IgnoredSignals) -> Never {
    // Freed memory is kept for later use: to hand it back piecemeal only costs calls.
    mallopt(M_TRIM_THRESHOLD, .max)
    // The runtime looks for them by way of this file, and goes on with none where it can't read it.
    guard CommandLine.argc > 0 else {
      Console.system.complain(
        "arguments: can't be found, as /proc/self/maps can't be read: nothing was done",
        as: "oomctl")
      exit(ExitStatus.failed.rawValue)
    }
    var environment = Environment.current
    environment.ignoredSignals = ignored
    let program = Program(environment: environment, console: .system)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
