import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("Processes in one word")
struct SelectorTests {
  @Test(
    "are of a kind that is named, or a number or a name",
    arguments: [
      ("7", "7"), ("nginx", "'nginx'"), ("name:x", "'x'"), ("match:a b", "--match 'a b'"),
      ("exe:/x", "--exe /x"), ("user:root", "--user root"), ("cgroup:/a", "--cgroup /a"),
      ("unit:ssh", "--unit ssh.service"), ("parent:7", "--parent 7"), ("7:5", "7"),
      ("other:x", "'other:x'"), ("name:a:b", "'a:b'"), ("user:", nil), ("parent:x", nil),
      ("match:(", nil), ("", nil), ("0", nil), ("unit:a/b", nil), ("cgroup:", nil),
    ] as [(String, String?)])
  func words(argument: String, words: String?) throws {
    let selector = Selector(argument: argument)
    #expect((selector != nil) == (words != nil))
    guard let selector else { return }
    #expect(selector.text == argument)
    let tree = try FixtureTree(["proc/version": "", "etc/passwd": "root:x:0:0::/:\n"])
    let world = try World(root: tree.path, environment: Environment())
    let users = Users(in: world)
    let selection = try ProcessSelection(selector.options, users: users, in: world)
    #expect(selection.words == words)
  }

  @Test("are explained by their pattern where it is wrong")
  func expectation() {
    #expect(Selector.expectation(insteadOf: "match:(").contains("a ( has no )"))
    #expect(Selector.expectation(insteadOf: "user:") == Selector.expectation)
    #expect(Selector.expectation(insteadOf: "xmatch:(") == Selector.expectation)
  }

  @Test(
    "are supposed to have an adjustment, behind the last equals sign",
    arguments: [
      ("java=300", 300, "java"), ("a=b=-5", -5, "a=b"), ("7=1000", 1000, "7"),
      ("7=-1000", -1000, "7"), ("7=1001", nil, nil), ("=5", nil, nil), ("7", nil, nil),
      ("7=", nil, nil), ("7=x", nil, nil),
    ] as [(String, Int?, String?)])
  func adjustment(argument: String, value: Int?, selector: String?) {
    let supposed = SupposedAdjustment(argument: argument)
    #expect(supposed?.assignment.value == value)
    #expect(supposed?.assignment.selector.text == selector)
  }

  @Test(
    "are supposed to grow, with or without a plus",
    arguments: [
      ("java=+1K", 1024), ("java=1K", 1024), ("java=+5", 5), ("java=-5", nil), ("java=++5", nil),
      ("java=+", nil), ("java", nil),
    ] as [(String, Int?)])
  func growth(argument: String, bytes: Int?) {
    #expect(SupposedGrowth(argument: argument)?.assignment.value == bytes)
  }
}
