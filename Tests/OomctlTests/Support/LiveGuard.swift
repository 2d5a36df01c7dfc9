import Glibc
import ProcFS
import ProgramSupport
import TestSupport

@testable import Posix
@testable import oomctl

/// The real guard at work, with programs of its own to watch over.
final class LiveGuard {
  let tree: FixtureTree
  private let child: Spawned
  private var naps: [Spawned] = []
  private var isStopped = false

  /// A name that nothing else on the machine has.
  let name: String

  var id: pid_t { child.id }
  var errors: String { (try? tree.file("errors")) ?? "" }
  var output: String { (try? tree.file("output")) ?? "" }

  /// Starts it with these rules, in which `NAME` stands for the programs' name; `before` are the words of
  /// a program that becomes it, as env.
  /// With another that has ended it takes over that one's place.
  init(
    _ rules: String, before: [String] = [], words: [String] = [], sharing other: LiveGuard? = nil
  ) throws {
    tree = try other?.tree ?? FixtureTree(["errors": "", "output": ""])
    name = "nap-" + (tree.path.split(separator: "-").last ?? "")
    try tree.addProgram("/bin/sleep", as: name)
    unsafe chmod("\(tree.path)/\(name)", 0o755)
    guard let program = Executable.path else { throw DataError("oomctl", "wasn't built") }
    try write(
      Array(
        rules.split(separator: "NAME", omittingEmptySubsequences: false)
          .joined(separator: name).utf8), to: "\(tree.path)/rules")
    // What it keeps for its next start and for others stays in the tree.
    let folders = [
      "/usr/bin/env", "STATE_DIRECTORY=\(tree.path)/state", "RUNTIME_DIRECTORY=\(tree.path)/run",
    ]
    let line = folders + before + [program, "guard", "--rules", "\(tree.path)/rules"] + words
    child = try Spawned(
      line[0], Array(line.dropFirst()), output: .file("\(tree.path)/output"),
      errors: "\(tree.path)/errors", hasOwnGroup: true)
  }

  deinit {
    for nap in naps { nap.stop() }
    if !isStopped { child.stop() }
  }

  func setRules(_ text: String) throws {
    try write(
      Array(
        text.split(separator: "NAME", omittingEmptySubsequences: false)
          .joined(separator: name).utf8), to: "\(tree.path)/rules")
  }

  /// Starts another of the programs.
  func nap() throws -> pid_t {
    let nap = try Spawned("\(tree.path)/\(name)", ["1000"])
    naps.append(nap)
    return nap.id
  }

  /// Whether a process gets that adjustment in time, in milliseconds.
  static func isSet(_ id: pid_t, to value: Int, within milliseconds: Int) -> Bool {
    comes(within: milliseconds) { (try? text(at: "/proc/\(id)/oom_score_adj")) == "\(value)\n" }
  }

  /// Whether it says that in time.
  func says(_ words: String, within milliseconds: Int = 5000) -> Bool {
    Self.comes(within: milliseconds) { errors.contains(words) || output.contains(words) }
  }

  func send(_ signal: CInt) { kill(child.id, signal) }

  /// Ends it as a service manager does: its exit status.
  func end() -> Int {
    send(SIGTERM)
    isStopped = true
    return child.wait()
  }

  static func comes(within milliseconds: Int, _ condition: () -> Bool) -> Bool {
    let deadline = MonotonicClock.microseconds + Int64(milliseconds) * 1000
    while MonotonicClock.microseconds < deadline {
      if condition() { return true }
      usleep(2000)
    }
    return condition()
  }
}
