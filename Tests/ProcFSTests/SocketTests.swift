import TestSupport
import Testing

@testable import ProcFS

@Suite("A socket that waits for connections")
struct SocketTests {
  private static let heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when"

  private static func line(_ number: Int, _ state: String, _ inode: Int) -> String {
    "  \(number): 0100007F:0016 00000000:0000 \(state) 00000000:00000000 00:00000000 00000000     0"
      + "        0 \(inode) 1 0000000000000000 100 0 0 10 0"
  }

  private static func tree(
    _ descriptors: [String: String], tcp: [String], tcp6: [String]? = nil
  ) throws -> FixtureTree {
    var files: [String: FixtureTree.Entry] = ["17/fd/0": .link("/dev/null")]
    for (name, target) in descriptors { files["17/fd/\(name)"] = .link(target) }
    files["17/net/tcp"] = .file(Array(([heading] + tcp).joined(separator: "\n").utf8))
    if let tcp6 {
      files["17/net/tcp6"] = .file(Array(([heading] + tcp6).joined(separator: "\n").utf8))
    }
    return try FixtureTree(files)
  }

  @Test("is one of a process's descriptors and in the table, in that state")
  func listening() throws {
    let listener = Self.line(0, "0A", 4711)
    let others = (1..<3000).map { Self.line($0, "01", 90_000 + $0) }
    for (tcp, tcp6, expected) in [
      ([listener] + others, nil, true), (others + [listener], nil, true),
      (others, [listener], true), (others, nil, false),
      ([Self.line(0, "01", 4711)] + others, nil, false), ([Self.line(0, "0A", 4712)], nil, false),
      (["0A", "  0: 0A", String(repeating: "x", count: 9000), listener], nil, true),
    ] as [([String], [String]?, Bool)] {
      let tree = try Self.tree(["3": "socket:[4711]"], tcp: tcp, tcp6: tcp6)
      #expect(try tree.process().isListening == expected)
    }
  }

  @Test("isn't looked for where no descriptor is a socket")
  func none() throws {
    for descriptors in [[:], ["3": "pipe:[4711]"], ["3": "socket:[x]"]] {
      let tree = try Self.tree(descriptors, tcp: [Self.line(0, "0A", 4711)])
      #expect(try tree.process().isListening == false)
    }
  }
}
