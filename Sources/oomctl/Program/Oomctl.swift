import Glibc

@main
enum Oomctl {
  static func main() {
    // A reader who leaves early shows as EPIPE, not as a deadly signal.
    signal(SIGPIPE, SIG_IGN)
    let program = Program(environment: .current, console: .system)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
