import ProcFS
import TestSupport
import Testing

@testable import KillPrediction

@Suite("Processes that have only forked")
struct KinTests {
  /// Each with its parent, its program and its children; `nil` where the kernel tells of none.
  private func tree(
    _ members: [(id: Int, parent: Int, program: String, children: String?)]
  ) throws -> FixtureTree {
    var files: [String: FixtureTree.Entry] = [:]
    for (id, parent, program, children) in members {
      files["\(id)/stat"] =
        "\(id) (worker) S \(parent) \(id) \(id) 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 4096 1\n"
      files["\(id)/exe"] = .link(program)
      files["\(id)/task/\(id)"] = .folder
      if let children { files["\(id)/task/\(id)/children"] = .file(Array(children.utf8)) }
    }
    return try FixtureTree(files)
  }

  private func kin(of id: Int, in tree: FixtureTree) throws -> (members: [Int], isWhole: Bool) {
    let kin = try Kin(of: ProcessID(Int32(id)), in: ProcFS(root: tree.path))
    return (kin.members.map { Int($0.rawValue) }.sorted(), kin.isWhole)
  }

  private let family = [
    (1, 0, "/sbin/init", "10 "), (10, 1, "/bin/server", "11 12 13 "), (11, 10, "/bin/server", ""),
    (12, 10, "/bin/server", "14 "), (13, 10, "/bin/other", ""), (14, 12, "/bin/server", ""),
  ].map { (id: $0.0, parent: $0.1, program: $0.2, children: $0.3 as String?) }

  @Test(
    "are found from each of them, whatever else they started",
    arguments: [
      (10, [10, 11, 12, 14]), (11, [10, 11, 12, 14]), (14, [10, 11, 12, 14]), (13, [13]),
    ])
  func family(id: Int, members: [Int]) throws {
    let (found, isWhole) = try kin(of: id, in: tree(family))
    #expect(found == members && isWhole)
  }

  @Test("are not all known where the kernel doesn't tell of children")
  func childless() throws {
    let found = try kin(of: 11, in: tree(family.map { ($0.id, $0.parent, $0.program, nil) }))
    #expect(found.members == [10] && !found.isWhole)
  }

  @Test("are without those that ended meanwhile")
  func ended() throws {
    let tree = try tree(family)
    tree.remove("12")
    #expect(try kin(of: 11, in: tree).members == [10, 11])
    #expect(throws: ProcFSError.self) { try kin(of: 12, in: tree) }
  }

  @Test(
    "are looked at up to a number, and then not all are known",
    arguments: [(255, true), (300, false)])
  func many(children: Int, isWhole: Bool) throws {
    let ids = (100..<(100 + children))
    let list = ids.map { "\($0) " }.joined()
    let tree = try tree(
      [(10, 1, "/bin/server", list)] + ids.map { ($0, 10, "/bin/server", "") })
    let found = try kin(of: 10, in: tree)
    #expect(found.members.count == min(256, children + 1) && found.isWhole == isWhole)
  }
}
