import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Protecting

@Suite("A book of rules")
struct RuleBookTests {
  private let tree: FixtureTree

  init() throws { tree = try FixtureMachine.server.tree() }

  private func world() throws -> World {
    try World(root: tree.path, environment: Environment { $0.userID = { 0 } })
  }

  private func book(_ text: String) throws -> RuleBook {
    try RuleBook(parsing: Array(text.utf8), path: "/rules", in: world())
  }

  private func line(_ text: String, of id: Int32) throws -> Int? {
    let world = try world()
    let machine = Machine(world, options: MachineOptions())
    let all = try ProcessList(on: machine, needs: .all, isScored: false, in: world.proc).subjects
    let record = try #require(all.first { $0.id.rawValue == id }).record
    return try book(text).rule(for: record, on: machine)?.line
  }

  @Test("has for a process the last rule that fits")
  func last() throws {
    #expect(try line("java = 5\nuser:app = 6\nbash = 7\n", of: 1200) == 2)
    #expect(try line("user:app = 6\njava = 5\n", of: 1200) == 2)
    #expect(try line("bash = 7\n", of: 1200) == nil)
  }

  @Test(
    "lowers an ordinary user's process only where it names the user",
    arguments: [
      ("bash = -1", nil), ("bash = 0", 1), ("bash = 1", 1), ("bash user:alice = -1", 1),
      ("bash user:root = -1", nil), ("user:alice = -1", 1), ("bash = 1\nbash = -1", 1),
    ] as [(String, Int?)])
  func owners(text: String, expected: Int?) throws {
    // bash[1400] is alice's, at 0.
    #expect(try line(text, of: 1400) == expected)
  }

  @Test("names users who could have something lowered")
  func claimants() throws {
    let claimants = { (text: String) in
      let book = try self.book(text)
      return book.rules.map { book.claimants(of: $0) }
    }
    #expect(try claimants("user:alice = -1\nuser:alice = 0\n") == [["alice"], []])
    #expect(try claimants("user:postgres = -1\nx = -1\nuser:root = -1\n") == [[], [], []])
    #expect(try claimants("x user:1001 user:alice = -1\n") == [["alice", "1001"]])
  }

  @Test(
    "needs looks at all where a process can come to fit in silence",
    arguments: [
      ("", false), ("a = 1", false), ("name:a exe:/b user:root = 1", false), ("match:a = 1", true),
      ("cgroup:/a = 1", true), ("unit:a = 1", true), ("parent:1 = 1", true),
      ("a = 1\nb match:c = 2", true),
    ])
  func rescan(text: String, isNeeded: Bool) throws {
    #expect(try book(text).needsRescan == isNeeded)
  }

  @Test("is refused with all that is wrong, in the file's order")
  func problems() throws {
    let error = #expect(throws: RuleProblems.self) {
      try book(
        "a = 1\nuser:ghost = 1\nb = x\nx user:ghost match:( = 1\nname:a b = 2\nuser:gone user:root = 1\n"
      )
    }
    #expect(error?.errno == nil)
    #expect(
      error?.lines.map { String($0.prefix(11)) } == [
        "/rules:2:1:", "/rules:3:5:", "/rules:4:14", "/rules:6:1:",
      ])
  }

  @Test(
    "tells what a selector isn't",
    arguments: [
      ("parent:x = 1", "/rules:1:1: 'x' is no process number"),
      ("unit:a/b = 1", "/rules:1:1: 'a/b' is no unit"),
      ("cgroup:/a/../b = 1", "/rules:1:1: '/a/../b' is no path of a cgroup"),
      ("match:( = 1", "/rules:1:1: '(' is no extended regular expression: "),
      ("x user:ghost = 1", "/rules:1:3: no user is called 'ghost'"),
    ])
  func words(text: String, problem: String) {
    let error = #expect(throws: RuleProblems.self) { try book(text) }
    #expect(error?.lines.first?.hasPrefix(problem) == true, "\(error?.lines ?? [])")
  }

  @Test("isn't whole where its reading is interrupted")
  func interruption() throws {
    var asked = 0
    let book = try RuleBook(
      parsing: Array("a = 1\nb = 2\n".utf8), path: "/rules", in: world(),
      while: {
        asked += 1
        return asked <= 3
      })
    #expect(book.rules.map(\.line) == [1])
  }
}
