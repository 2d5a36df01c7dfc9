import Glibc
import ProgramSupport
import TestSupport

/// Runs the program under strace, which has a call fail (strace(1), "Tampering").
struct FaultInjector {
  /// What a run left behind.
  struct Outcome {
    var output: [UInt8]
    var errors: String
    /// The exit status, or 128 and the signal that ended it.
    var status: Int
    /// Whether it made the call that was to fail.
    var wasInjected = false
    var hung = false
  }

  /// What goes before strace's name.
  private let prefix: [String]
  /// Whether a program that takes the program's place is let go.
  private let endsAtExec: Bool
  private let folder: FixtureTree
  private let strace: String
  private let program: String

  init(prefix: [String] = [], endsAtExec: Bool = false) throws {
    guard let strace = Executable.tool("strace"), let program = FaultScope.executable else {
      throw DataError("strace or oomctl", "is missing")
    }
    self.strace = strace
    self.program = program
    self.prefix = prefix
    self.endsAtExec = endsAtExec
    folder = try FixtureTree(["output": "", "errors": "", "trace": ""])
  }

  /// A run without strace.
  func run(_ words: [String]) throws -> Outcome { try start(prefix + [program] + words) }

  /// A run without a fault, and which calls it made on what, by their names.
  func trace(_ words: [String], _ calls: [String]) throws -> (Outcome, [String: [String]]) {
    let names = calls.map { "?\($0)" }.joined(separator: ",")
    let outcome = try start(traced(words, ["-y", "-e", "trace=\(names)"]))
    var made: [String: [String]] = [:]
    let lines = try text(at: "\(folder.path)/trace").split(separator: "\n")
    let first = lines.first?.prefix { $0 != " " }
    for line in lines where line.prefix(while: { $0 != " " }) == first {
      let call = line.drop { $0 != " " }.drop { $0 == " " }
      guard let open = call.firstIndex(of: "("), !call.hasPrefix("<") else { continue }
      let name = String(call[..<open])
      made[name, default: []].append(Self.object(of: call[open...].dropFirst(), to: name))
    }
    return (outcome, made)
  }

  func run(_ words: [String], with fault: Fault) throws -> Outcome {
    let injection = "inject=\(fault.call):error=\(fault.error):when=\(fault.occurrence)"
    var outcome = try start(traced(words, ["-e", "trace=\(fault.call)", "-e", injection]))
    outcome.wasInjected = try text(at: "\(folder.path)/trace").contains("(INJECTED)")
    return outcome
  }

  /// strace stops a process only at the calls in question, unless it has to see others, too.
  private func traced(_ words: [String], _ options: [String]) -> [String] {
    let common = ["-f", "-qq", "-e", "signal=none"]
    let scope = endsAtExec ? ["-b", "execve"] : ["--seccomp-bpf"]
    return prefix + [strace] + common + scope + ["-o", "\(folder.path)/trace"] + options + [program]
      + words
  }

  private func start(_ words: [String]) throws -> Outcome {
    let (output, errors) = ("\(folder.path)/output", "\(folder.path)/errors")
    let child = try Spawned(
      words[0], Array(words.dropFirst()), output: .file(output), errors: errors, hasOwnGroup: true)
    let status = child.wait(seconds: 30)
    return try Outcome(
      output: bytes(at: output), errors: text(at: errors), status: status ?? 0,
      hung: status == nil)
  }

  /// The path or name in a call's arguments.
  private static func object(of arguments: Substring, to call: String) -> String {
    let descriptor = arguments.prefix { $0 != "," && $0 != ")" }
    let folder = descriptor.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
    if ["read", "pread64", "write", "pwrite64"].contains(call) { return String(folder) }
    let rest = arguments.dropFirst(descriptor.count).drop { $0 == "," || $0 == " " }
    let name = (descriptor.hasPrefix("\"") ? descriptor : rest.hasPrefix("\"") ? rest : "")
      .dropFirst().prefix { $0 != "\"" }
    if name.hasPrefix("/") || folder.isEmpty { return String(name) }
    return name.isEmpty ? String(folder) : "\(folder)/\(name)"
  }
}

extension Spawned {
  /// Waits for its end as `wait` does, but only so long: `nil` if it had to be ended.
  fileprivate func wait(seconds: Int) -> Int? {
    var status: CInt = 0
    for _ in 0..<(seconds * 2000) {
      switch unsafe waitpid(id, &status, WNOHANG) {
      case 0: usleep(500)
      case id:
        let signal = status & 0x7F
        return Int(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
      default: if errno != EINTR { return nil }
      }
    }
    stop()
    return nil
  }
}
