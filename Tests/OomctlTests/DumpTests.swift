import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The dump of systemd-oomd")
struct DumpTests {
  /// Something that stands for systemd-oomd's client: it prints its words, and ends with a status of its own.
  private static let stranger: FixtureTree.Entry = """
    #!/bin/sh
    printf 'stranger %s\\n' "$*"
    echo complaint >&2
    exit 42

    """

  /// The real program with this path, `ROOT` being the tree's folder, run by an ordinary user: root's path
  /// isn't asked.
  private func dump(
    _ words: [String] = ["dump"], path: String, _ entries: [String: FixtureTree.Entry],
    copies: [String] = []
  ) throws -> Executable.Result {
    let tree = try FixtureTree(entries)
    let program = try #require(Executable.path)
    for copy in copies { try tree.add(.file(bytes(at: program)), at: copy) }
    for name in Array(entries.keys) + copies { unsafe chmod("\(tree.path)/\(name)", 0o755) }
    let folders = path.split(separator: "ROOT", omittingEmptySubsequences: false).joined(
      separator: tree.path)
    var start = try Executable.ordinary(in: tree, variables: ["PATH=\(folders)"])
    if let copy = copies.first { start[start.count - 1] = "\(tree.path)/\(copy)" }
    return try Executable.run(start[0], Array(start.dropFirst()) + words)
  }

  @Test(
    "is left to the client, with its words, output and status",
    .enabled(if: Executable.canRunAsOrdinary),
    arguments: [
      ["dump"], ["--no-pager", "dump"], ["dump", "--no-pager", "-x", "a b"], ["dump", "--help"],
    ])
  func handOver(words: [String]) throws {
    let result = try dump(words, path: "ROOT/none:ROOT/bin", ["bin/oomctl": Self.stranger])
    #expect(result.output == "stranger \(words.joined(separator: " "))\n")
    #expect(result.errors == "complaint\n")
    #expect(result.status == 42)
  }

  @Test(
    "finds the client behind links to, and copies of, this program",
    .enabled(if: Executable.canRunAsOrdinary))
  func copies() throws {
    let result = try dump(
      path: "ROOT/first:ROOT/a:ROOT/b:ROOT/link:ROOT/bin",
      ["bin/oomctl": Self.stranger, "link/oomctl": .link("../own/oomctl")],
      copies: ["a/oomctl", "b/oomctl"])
    #expect(result.output == "stranger dump\n")
    #expect(result.status == 42)
  }

  @Test(
    "is said to be missing in one line, also where there are only copies of this program",
    .enabled(if: Executable.canRunAsOrdinary && Executable.tool("oomctl") == nil))
  func missing() throws {
    let result = try dump(path: "ROOT/a:ROOT/b", [:], copies: ["a/oomctl", "b/oomctl"])
    #expect(result.errors == run(["dump"]).errors)
    #expect(result.status == 1 && result.output.isEmpty)
  }

  @Test(
    "is root's only by a client in the system's folders",
    .enabled(
      if: geteuid() == 0 && Executable.path != nil && Executable.tool("oomctl") == nil,
      "needs root, and no oomctl in the system's folders"),
    arguments: ["PATH=ROOT/bin", "PATH=", "OTHER=1"])
  func root(variable: String) throws {
    let tree = try FixtureTree(["bin/oomctl": Self.stranger])
    unsafe chmod("\(tree.path)/bin/oomctl", 0o755)
    let path = variable.split(separator: "ROOT").joined(separator: tree.path)
    let program = try #require(Executable.path)
    let result = try Executable.run(
      "/usr/bin/env", ["-i", "-C", "\(tree.path)/bin", path, program, "dump"])
    #expect(
      result.errors.hasPrefix("\(program.split(separator: "/").last ?? ""): dump: systemd-oomd"))
    #expect(result.status == 1 && result.output.isEmpty)
  }

  @Test("tells what comes near where there is no client")
  func nearest() {
    let result = run(["dump"])
    #expect(result.errors.hasPrefix("oomctl: dump: systemd-oomd's own oomctl"))
    #expect(result.errors.contains("'oomctl memory'"))
    #expect(result.lines.isEmpty && result.status == .failed)
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test("isn't asked of a client that can't be run", .enabled(if: Executable.canRunAsOrdinary))
  func broken() throws {
    let result = try dump(path: "ROOT/bin", ["bin/oomctl": "no program\0at all"])
    #expect(result.errors.hasSuffix("/bin/oomctl: Exec format error\n"))
    #expect(result.status == 1)
  }

  @Test("of the installed client is that client's own", .enabled(if: SystemdClient.path != nil))
  func real() throws {
    let client = try #require(SystemdClient.path)
    let folder = folder(of: client)
    for words in [["dump"], ["--no-pager", "dump"], ["dump", "--version"], ["dump", "--help"]] {
      let tree = try FixtureTree()
      let start = try Executable.ordinary(in: tree, variables: ["PATH=\(folder)"])
      let own = try Executable.run(start[0], Array(start[1..<(start.count - 1)]) + [client] + words)
      let ours = try Executable.run(start[0], Array(start.dropFirst()) + words)
      #expect(ours.output == own.output && ours.errors == own.errors)
      #expect(ours.status == own.status)
    }
  }
}

/// systemd-oomd's client, where it is installed or was unpacked (`OOMCTL_NAMESAKE`), and can be started by an
/// ordinary user.
private enum SystemdClient {
  static let path: String? = {
    guard let path = environment("OOMCTL_NAMESAKE") ?? Executable.tool("oomctl"),
      let tree = try? FixtureTree(),
      let start = try? Executable.ordinary(in: tree, variables: []),
      let result = try? Executable.run(
        start[0], start[1..<(start.count - 1)] + [path, "--version"]),
      result.output.hasPrefix("systemd ")
    else { return nil }
    return path
  }()
}
