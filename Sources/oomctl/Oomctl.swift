import Core
import Posix
import ProcFS

@main
enum Oomctl {
  static func main() {
    let ignored = IgnoredSignals.begin()
    // Scripts ask for the version time and again: it is told before anything else costs time. What
    // hinders that is told the long way.
    if Environment.asksForVersionOnly, Console.prints(Version.line) {
      OwnProcess.end(ExitStatus.done.rawValue)
    }
    OwnStack.use { work(ignored) }
  }

  private static func work(_ ignored: IgnoredSignals) -> Never {
    OwnProcess.keepFreedMemory()
    // The runtime looks for them by way of this file, and goes on with none where it can't read it.
    guard CommandWords.count > 0 else {
      Console.system.complain(
        "arguments: can't be found, as /proc/self/maps can't be read: nothing was done",
        as: "oomctl")
      OwnProcess.end(ExitStatus.failed.rawValue)
    }
    var environment = Environment.current
    environment.ignoredSignals = ignored
    let program = Program(environment: environment, console: .system)
    OwnProcess.end(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
