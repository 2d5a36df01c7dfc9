import ProcFS
import TestSupport
import Testing

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
      ("java = 7", [1200]), ("1200 = 7", [1200]), ("name:java = 7", [1200]), ("java 7", [1200]),
      ("Web Content = 7", [1501]), ("firefox = 7", [1500, 1501]), ("match:shop\\.jar$ = 7", [1200]),
      ("match:^/usr/bin/(java|fluentd) = 7", [1200, 1300]), ("exe:/usr/bin/java = 7", [1200]),
      ("exe:java = 7", []), ("user:alice = 7", [1400, 1500, 1501]), ("user:120 = 7", [1200]),
      ("cgroup:/system.slice = 7", [400, 900, 1200, 1300]),
      ("cgroup:system.slice/app.service/ 7", [1200]),
      ("unit:app = 7", [1200]), ("unit:ssh.service = 7", [400]),
      ("unit:firefox = 7", [1500, 1501]),
      ("parent:1400 = 7", [1500]), ("Java = 7", []), ("\u{FEFF}java = 7\r\n", [1200]),
    ] as [(String, [Int])])
  func kinds(rule: String, expected: [Int]) throws {
    #expect(try demands(rule).keys.sorted() == expected)
  }

  @Test(
    "has several on a line hold together",
    arguments: [
      ("user:alice name:bash = 7", [1400]), ("user:alice name:java = 7", []),
      ("unit:firefox match:contentproc = 7", [1501]),
      ("firefox user:alice parent:1400 = 7", [1500]),
      ("exe:/usr/bin/java user:app cgroup:/system.slice unit:app = 7", [1200]),
    ] as [(String, [Int])])
  func conjunction(rule: String, expected: [Int]) throws {
    #expect(try demands(rule).keys.sorted() == expected)
  }

  @Test(
    "has the last rule hold that fits",
    arguments: [
      ("user:alice = 1\nfirefox = 2\n", [1400: 1, 1500: 2, 1501: 2]),
      ("firefox = 2\nuser:alice = 1\n", [1400: 1, 1500: 1, 1501: 1]),
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
    #expect(try RuleBook(at: "/r", in: world).asksForLooking == asks)
  }
}
