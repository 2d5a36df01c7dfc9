import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// Among so many that only the leaders are read, those that reclaim brings to the front.
@Suite("Processes behind the leaders")
struct OvertakersTests {
  private func process(_ id: Int, _ name: String, own: Int, file: Int) -> FixtureProcess {
    FixtureProcess(id, name, resident: own + file).with {
      $0.memory?.file = file
      $0.memory?.shared = 0
    }
  }

  /// Forty that map much, six hundred that have little, and owners of so many pages.
  private func tree(owners: [Int]) throws -> FixtureTree {
    let mappers = (1000..<1040).map { process($0, "mapper", own: 1000, file: 30000) }
    let idle = (2000..<2600).map { process($0, "idle", own: 100, file: 20) }
    let owners = owners.enumerated().map { process(10 + $0, "owner", own: $1, file: 0) }
    return try FixtureMachine.server.with {
      $0.swap = 0
      $0.processes = [$0[1], $0[2]] + mappers + idle + owners
    }.tree()
  }

  private func victims(_ json: JSON) throws -> [Int] {
    try json["kills"].elements.map { try $0["victim"]["pid"].integer }
  }

  @Test(
    "overtake those whose files are dropped, if they have more",
    arguments: [
      ([10000], [10]), ([10000, 10001, 10002], [12, 11, 10]), ([1001], [10]), ([999], [1039]),
      ([], [1039]), ([10000, 5], [10, 1039]),
    ] as [([Int], [Int])])
  func overtake(owners: [Int], expected: [Int]) throws {
    let tree = try tree(owners: owners)
    let count = ["-n", "\(expected.count)"]
    let json = try run(["predict", "--json"] + count, on: tree).json
    #expect(try victims(json).allSatisfy { $0 >= 1000 })
    #expect(try victims(json["reclaimed"]) == expected)
    let few = try run(["predict", "--json", "--reclaimed"] + count, on: tree).json
    #expect(try victims(few) == expected)
  }

  @Test("are the same that are found where all are read")
  func agree() throws {
    let tree = try tree(owners: (0..<90).map { 900 + $0 * 37 % 300 })
    let few = try run(["predict", "--json", "--reclaimed", "-n", "70"], on: tree).json
    let all = try run(["predict", "--json", "--reclaimed", "--free", "1G"], on: tree).json
    let found = try victims(few)
    #expect(try found == Array(victims(all).prefix(70)))
    #expect(found.count == 70)
  }
}
