import Glibc
import TestSupport
import Testing

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

  /// The real program with this path, `ROOT` being the tree's folder.
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
    let start = copies.first.map { "\(tree.path)/\($0)" } ?? program
    return try Executable.run("/usr/bin/env", ["PATH=\(folders)", start] + words)
  }

  @Test(
    "is left to the client, with its words, output and status",
    .enabled(if: Executable.path != nil),
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
    .enabled(if: Executable.path != nil))
  func copies() throws {
    let program = try #require(Executable.path)
    let result = try dump(
      path: "ROOT/first:ROOT/a:ROOT/b:ROOT/link:ROOT/bin",
      ["bin/oomctl": Self.stranger, "link/oomctl": .link(program)],
      copies: ["a/oomctl", "b/oomctl"])
    #expect(result.output == "stranger dump\n")
    #expect(result.status == 42)
  }

  @Test(
    "is said to be missing in one line, also where there are only copies of this program",
    .enabled(if: Executable.path != nil && Executable.tool("oomctl") == nil))
  func missing() throws {
    let result = try dump(path: "ROOT/a:ROOT/b", [:], copies: ["a/oomctl", "b/oomctl"])
    #expect(result.errors == run(["dump"]).errors)
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

  @Test("isn't asked of a client that can't be run", .enabled(if: Executable.path != nil))
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
      let own = try Executable.run("/usr/bin/env", ["PATH=\(folder)", client] + words)
      let ours = try Executable.run(
        "/usr/bin/env", ["PATH=\(folder)", try #require(Executable.path)] + words)
      #expect(ours.output == own.output && ours.errors == own.errors)
      #expect(ours.status == own.status)
    }
  }
}

/// systemd-oomd's client, where it is installed or was unpacked (`OOMCTL_NAMESAKE`), and can start.
private enum SystemdClient {
  static let path: String? = {
    guard let path = environment("OOMCTL_NAMESAKE") ?? Executable.tool("oomctl"),
      (try? Executable.run(path, ["--version"]).output.hasPrefix("systemd ")) == true
    else { return nil }
    return path
  }()
}
