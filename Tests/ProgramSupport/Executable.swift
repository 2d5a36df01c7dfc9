import Glibc
package import TestSupport

/// The built program, run for real.
package enum Executable {
  /// It lies beside the tests' own.
  package static let path: String? = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    let tests = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    let path = "\(folder(of: tests))/oomctl"
    return unsafe access(path, X_OK) == 0 ? path : nil
  }()

  /// What a real run left behind.
  package struct Result {
    package let output: String
    package let errors: String
    package let status: Int
  }

  package static func run(
    _ words: [String], name: String? = nil, output: Spawned.Sink? = nil
  ) throws -> Result {
    guard let path else { throw DataError("oomctl", "wasn't built") }
    return try run(path, words, name: name, output: output)
  }

  /// Runs any program, and waits for its end.
  package static func run(
    _ path: String, _ words: [String], name: String? = nil, output: Spawned.Sink? = nil
  ) throws -> Result {
    let streams = try FixtureTree(["output": "", "errors": ""])
    let child = try Spawned(
      path, words, name: name, output: output ?? .file("\(streams.path)/output"),
      errors: "\(streams.path)/errors")
    let status = child.wait()
    return try Result(
      output: text(at: "\(streams.path)/output"), errors: text(at: "\(streams.path)/errors"),
      status: status)
  }

  /// Whether the calls it makes can be seen.
  package static let canBeTraced: Bool = {
    guard path != nil, let strace = tool("strace") else { return false }
    return (try? run(strace, ["-o", "/dev/null", "/bin/true"]).status) == 0
  }()

  /// Whether a PID namespace can be made.
  package static let canUnshare: Bool = {
    guard geteuid() == 0, path != nil, let unshare = tool("unshare") else { return false }
    return (try? run(unshare, ["-pf", "--mount-proc", "/bin/true"]).status) == 0
  }()

  /// The same in a PID namespace of its own, with its own `/proc`.
  package static func runInNamespace(_ words: [String]) throws -> Result {
    guard let path, let unshare = tool("unshare") else { throw DataError("unshare", "is missing") }
    return try run(unshare, ["-pf", "--mount-proc", path] + words)
  }

  package static var canRunAsNobody: Bool {
    path != nil && geteuid() == 0 && tool("setpriv") != nil
  }

  /// The same as an ordinary user, who may reach a given tree.
  package static func runAsNobody(_ words: [String]) throws -> Result {
    guard let path, let setpriv = tool("setpriv") else { throw DataError("setpriv", "is missing") }
    let reachable = try FixtureTree(["empty": ""])
    try reachable.addProgram(path, as: "oomctl")
    for file in [reachable.path, "\(reachable.path)/oomctl"] { unsafe chmod(file, 0o755) }
    if let root = words.firstIndex(of: "--root") { unsafe chmod(words[root + 1], 0o755) }
    return try run(
      setpriv, ["--reuid", "65534", "--clear-groups", "\(reachable.path)/oomctl"] + words)
  }

  /// Whether the program can be run as an ordinary user, for whom PATH is asked for helpers.
  package static var canRunAsOrdinary: Bool {
    path != nil && (geteuid() != 0 || tool("setpriv") != nil)
  }

  /// What starts a copy of the program in a tree as an ordinary user: root's helpers lie in the system's
  /// folders alone, where no test puts its own. The user may write into the tree.
  package static func ordinary(in tree: FixtureTree, variables: [String]) throws -> [String] {
    guard let path else { throw DataError("oomctl", "wasn't built") }
    try tree.add(.file([]), at: "own/empty")
    try tree.addProgram(path, as: "own/oomctl")
    for (name, mode) in [("", 0o777), ("/own", 0o755), ("/own/oomctl", 0o755)] as [(String, mode_t)]
    {
      unsafe chmod(tree.path + name, mode)
    }
    let start = ["/usr/bin/env", "-i"] + variables + ["\(tree.path)/own/oomctl"]
    guard geteuid() == 0 else { return start }
    guard let setpriv = tool("setpriv") else { throw DataError("setpriv", "is missing") }
    return [setpriv, "--reuid", "65534", "--clear-groups"] + start
  }

  /// Where a tool lies, if it is installed.
  package static func tool(_ name: String) -> String? {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }
      .first { unsafe access($0, X_OK) == 0 }
  }
}

extension FixtureTree {
  /// Copies a program into the tree, by a process of its own: what this one has open for writing is open in all
  /// that other tests are about to start, too, and a file that somebody may write can't be run (ETXTBSY).
  package func addProgram(_ original: String, as name: String) throws {
    guard try Spawned("/bin/cp", ["-L", original, "\(path)/\(name)"]).wait() == 0 else {
      throw DataError(original, "can't be copied")
    }
  }
}
