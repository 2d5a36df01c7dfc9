import Changes
import Testing

@testable import Settings

@Suite("A profile of overcommit")
struct ProfileTests {
  @Test(
    "is a few settings, in the order in which they can be set",
    arguments: [
      ("heuristic", ["vm.overcommit_memory=0"]), ("always", ["vm.overcommit_memory=1"]),
      ("strict", ["vm.overcommit_ratio=80", "vm.overcommit_memory=2"]),
      ("strict=1", ["vm.overcommit_ratio=1", "vm.overcommit_memory=2"]),
      ("strict=95%", ["vm.overcommit_ratio=95", "vm.overcommit_memory=2"]),
      ("strict=1000%", ["vm.overcommit_ratio=1000", "vm.overcommit_memory=2"]),
    ])
  func words(argument: String, expected: [String]) throws {
    let profile = try #require(Profile(argument: argument))
    #expect(profile.words.map { "\($0.setting.key)=\($0.value ?? "")" } == expected)
  }

  @Test(
    "is none of other words",
    arguments: [
      "", "Strict", "strict=", "strict=0", "strict=1001", "strict=-5", "strict=80%%", "lax",
    ])
  func none(argument: String) { #expect(Profile(argument: argument) == nil) }

  @Test(
    "is tried for a time",
    arguments: [
      ("1", 1), ("60s", 60), ("5m", 300), ("1h", 3600), ("60m", 3600), ("3600", 3600),
      ("3601", nil), ("1s", 1), ("60h", nil), ("0", nil), ("61m", nil),
      ("2h", nil), ("s", nil), ("5x", nil), ("-1", nil), ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func times(argument: String, seconds: Int?) {
    #expect(Duration(argument: argument)?.seconds == seconds)
  }
}
