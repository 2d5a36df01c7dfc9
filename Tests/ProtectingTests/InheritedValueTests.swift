import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import Protecting

@Suite("A protection that was handed down")
struct InheritedValueTests {
  /// Processes 10 to 13, each the child of the one before, and 20 beside them.
  private func tree(_ adjustments: [Int: Int] = [:]) throws -> [ScoredProcess] {
    let machine = FixtureMachine(
      processes: [(10, 1), (11, 10), (12, 11), (13, 12), (20, 1)].map { id, parent in
        FixtureProcess(id, "p\(id)", resident: 9).with {
          $0.parent = parent
          $0.adjustment = adjustments[id] ?? -900
        }
      })
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    return try ProcessList(
      on: Machine(world, options: MachineOptions()), needs: .all, isScored: false, in: world.proc
    ).subjects
  }

  /// The values that processes are to have, which have own ones or none.
  private func values(
    _ processes: [ScoredProcess], asked: [Int], own: [Int: Int]
  ) -> [Int?] {
    var inheritance = InheritedProtection(among: processes)
    return asked.map { id in
      processes.first { $0.id.rawValue == Int32(id) }.flatMap {
        inheritance.value(of: $0, own: own[id])
      }
    }
  }

  @Test("is taken back to the value of the nearest ancestor that was asked about")
  func ancestors() throws {
    let all = try tree()
    #expect(values(all, asked: [10, 11, 12, 20], own: [10: 5]) == [5, 5, 5, nil])
    #expect(values(all, asked: [10, 12, 13], own: [10: 5, 12: 7]) == [5, 7, 7])
    // One that wasn't asked about hands on what is above it.
    #expect(values(all, asked: [10, 13], own: [10: 5]) == [5, 5])
    #expect(values(all, asked: [11, 12], own: [:]) == [nil, nil])
  }

  @Test("isn't taken from what has a value of its own, nor from below such a one")
  func others() throws {
    let all = try tree([11: 300])
    #expect(values(all, asked: [10, 11, 12], own: [10: 5]) == [5, nil, 300])
    let low = try tree([11: -1000])
    #expect(values(low, asked: [10, 11, 12], own: [10: 5]) == [5, 5, 5])
    // An ancestor that stays protected leaves its heirs so.
    #expect(values(try tree(), asked: [10, 11], own: [10: -900]) == [-900, nil])
  }

  @Test("is had by descendants that nobody asked about")
  func heirs() throws {
    let all = try tree([12: 0])
    var inheritance = InheritedProtection(among: all)
    let first = try #require(all.first { $0.id.rawValue == 10 })
    _ = inheritance.value(of: first, own: 5)
    #expect(inheritance.heirs(of: [first]).map(\.id.rawValue) == [11, 13])
    #expect(inheritance.heirs(of: []).isEmpty)
  }
}
