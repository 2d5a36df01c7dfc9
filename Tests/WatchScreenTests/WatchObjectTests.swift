import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("An object of watch")
struct WatchObjectTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  private func object(kernel: String = "6.1", _ change: (inout Sample) -> Void = { _ in }) throws
    -> JSON
  {
    let tree = try FixtureMachine(kernel: kernel, processes: []).tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    var sample = Sample()
    sample.time = MadeTime.seconds
    change(&sample)
    let text = WatchObject(sample: sample, context: made.context, machine: machine).text
    #expect(text.bytes.last == UInt8(ascii: "\n"))
    #expect(!text.bytes.dropLast().contains(UInt8(ascii: "\n")))
    return try JSON(text.bytes)
  }

  @Test("has nothing where nothing is known")
  func unknown() throws {
    let object = try object { $0.isComplete = false }
    #expect(try object["complete"] == false)
    #expect(try object["oomctl"]["schema"] == 1)
    #expect(try object["swap"]["total_bytes"] == nil)
    #expect(try object["commit"]["enforced"] == nil)
    #expect(try object["action"] == nil)
    #expect(try object["kills"] == [])
    #expect(try object["processes"] == [])
  }

  @Test("takes no estimate for what the kernel says", arguments: [true, false])
  func estimate(isEstimated: Bool) throws {
    let object = try object {
      $0.memory.available = 5
      $0.memory.isAvailableEstimated = isEstimated
    }
    #expect(try object["memory"]["available_bytes"] == (isEstimated ? nil : 5))
  }

  @Test("counts no swap as 0, and used swap as what it is")
  func swap() throws {
    let none = try object { $0.memory.hasNoSwap = true }["swap"]
    #expect(try none["total_bytes"] == 0 && none["used_bytes"] == 0)
    let some = try object { $0.memory.swap = .init(3, of: 7) }["swap"]
    #expect(try some["total_bytes"] == 7 && some["used_bytes"] == 3)
  }

  @Test("tells whether the commit limit holds", arguments: [true, false])
  func commit(isEnforced: Bool) throws {
    let object = try object {
      $0.memory.commit = .init(3, of: 7)
      $0.memory.isCommitEnforced = isEnforced
    }
    #expect(try object["commit"]["enforced"] == .flag(isEnforced))
  }

  @Test("has at most ten processes", arguments: [0, 1, 10, 11])
  func processes(count: Int) throws {
    let object = try object {
      $0.processRows = (0..<count).map { index in made.row(Int32(index + 1)) { $0.rank = index + 1 }
      }
    }
    #expect(try object["processes"].elements.count == min(count, 10))
  }

  @Test("names an adjustment as the kernel's file is called")
  func adjustment() throws {
    for (kernel, key) in [("6.1", "oom_score_adj"), ("2.6.30", "oom_adj")] {
      let object = try object(kernel: kernel) {
        $0.processRows = [
          made.row(1) {
            $0.rank = 1
            $0.adjustment = -5
            $0.user = 110
          }
        ]
      }
      let process = try object["processes"].elements[0]
      #expect(try process[key] == -5)
      #expect(try process["user"] == "postgres")
    }
  }
}
