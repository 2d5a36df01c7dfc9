import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Protecting
@testable import oomctl

@Suite("A book of rules")
struct RuleBookTests {
  /// Adjustments that the rules demand, by the number of the process.
  private func demands(
    _ rules: String, on machine: FixtureMachine = .server
  ) throws -> [Int: Int] {
    let tree = try machine.with {
      $0.files["etc/oomctl/rules.conf"] = .file(Array(rules.utf8))
    }.tree()
    let once = run(["guard", "--once", "--dry-run", "--json"], on: tree)
    #expect(once.status == .done)
    var found: [Int: Int] = [:]
    for change in try once.json["changes"].elements {
      let words = try change["file"].string.split(separator: "/")
      found[Int(words[words.count - 2]) ?? 0] = try change["new"].integer
    }
    return found
  }

  @Test(
    "finds processes by selectors of all kinds",
    arguments: [
      ("java = 700", [1200]), ("1200 = 700", [1200]), ("name:java = 700", [1200]),
      ("java 700", [1200]),
      ("Web Content = 700", [1501]), ("firefox = 700", [1500, 1501]),
      ("match:shop\\.jar$ = 700", [1200]),
      ("match:^/usr/bin/(java|fluentd) = 700", [1200, 1300]), ("exe:/usr/bin/java = 700", [1200]),
      ("exe:java = 700", []), ("user:alice = 700", [1400, 1500, 1501]), ("user:120 = 700", [1200]),
      ("cgroup:/system.slice = 700", [400, 900, 1200, 1300]),
      ("cgroup:system.slice/app.service/ 700", [1200]),
      ("unit:app = 700", [1200]), ("unit:ssh.service = 700", [400]),
      ("unit:firefox = 700", []),
      ("unit:firefox user:alice = 700", [1500, 1501]),
      ("parent:1400 = 700", [1500]), ("Java = 700", []), ("\u{FEFF}java = 700\r\n", [1200]),
    ] as [(String, [Int])])
  func kinds(rule: String, expected: [Int]) throws {
    #expect(try demands(rule).keys.sorted() == expected)
  }

  @Test(
    "has several on a line hold together",
    arguments: [
      ("user:alice name:bash = 700", [1400]), ("user:alice name:java = 700", []),
      ("unit:firefox user:alice match:contentproc = 700", [1501]),
      ("firefox user:alice parent:1400 = 700", [1500]),
      ("exe:/usr/bin/java user:app cgroup:/system.slice unit:app = 700", [1200]),
    ] as [(String, [Int])])
  func conjunction(rule: String, expected: [Int]) throws {
    #expect(try demands(rule).keys.sorted() == expected)
  }

  @Test(
    "has the last rule hold that fits",
    arguments: [
      ("user:alice = 401\nfirefox = 402\n", [1400: 401, 1500: 402, 1501: 402]),
      ("firefox = 402\nuser:alice = 401\n", [1400: 401, 1500: 401, 1501: 401]),
      ("java = 1\njava = 2\njava = 3\n", [1200: 3]),
      ("java = 3\n\n# java = 4\nbash = 5\n", [1200: 3, 1400: 5]),
    ])
  func order(rules: String, expected: [Int: Int]) throws {
    #expect(try demands(rules) == expected)
  }

  @Test(
    "never means process 1 or a thread of the kernel",
    arguments: ["user:root", "cgroup:/", "1", "2"])
  func untouchable(selector: String) throws {
    let found = try demands("\(selector) = 7")
    #expect(found[1] == nil)
    #expect(found[2] == nil)
    #expect(found[30] == nil)
  }

  @Test(
    "tells which of its files need to be looked at again and again",
    arguments: [
      ("java = 1\nuser:root = 2\nexe:/a = 3\nname:b = 4\n17 = 5\n", false), ("match:x = 1", true),
      ("cgroup:/x = 1", true), ("unit:x = 1", true), ("a parent:1 = 1", true), ("", false),
    ])
  func silentChanges(rules: String, asks: Bool) throws {
    let tree = try FixtureMachine.server.with { $0.files["r"] = .file(Array(rules.utf8)) }.tree()
    let world = try World(root: tree.path, environment: Environment())
    #expect(try RuleBook(at: "/r", in: world).needsRescan == asks)
  }
}
