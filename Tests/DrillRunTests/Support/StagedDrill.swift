import CgroupFS
import Posix
import ProcFS
import ProgramSupport
import Rendering
import TestSupport

@testable import Core
@testable import DrillRun
@testable import Processes

/// A drill whose members live, on a made machine that shows them in a memory cgroup of its own.
final class StagedDrill {
  let tree: FixtureTree
  let plan: DrillPlan
  let members: [MemoryChild]
  private let world: Box

  /// A world can't be a member of a class otherwise.
  private struct Box: ~Copyable { let world: World }

  static let group = DrillGroup(
    place: "/",
    name: DrillGroupName(
      owner: ProcessIdentity(id: ProcessID(47), startTicks: 11), hasEnabled: false),
    limit: 8 << 20)

  /// The files of its group.
  static let folder = "sys/fs/cgroup/oomctl-drill.47.11"

  init(
    _ adjustments: [Int] = [0, 0], limit: Int = 8 << 20, events: String = "oom_kill 0\n",
    _ change: (inout FixtureMachine) -> Void = { _ in }
  ) throws {
    plan = DrillPlan(limit: limit, adjustments: adjustments)
    let members = try MemoryChild.start(plan)
    self.members = members
    let plan = plan
    let machine = FixtureMachine(
      processes: zip(members, plan.members).map { child, member in
        FixtureProcess(
          Int(child.id.rawValue), member.name, resident: member.size / 4096, tables: 1
        ).with {
          $0.adjustment = member.adjustment
          $0.cgroup = "0::/oomctl-drill.47.11\n"
        }
      }
    ).with {
      $0.files["\(Self.folder)/memory.max"] = "\(limit)\n"
      $0.files["\(Self.folder)/memory.current"] = "4096\n"
      $0.files["\(Self.folder)/memory.events"] = .file(Array(events.utf8))
      $0.files["\(Self.folder)/cgroup.procs"] = .file(
        Array(members.map { "\($0.id)\n" }.joined().utf8))
      $0.files["sys/fs/cgroup/cgroup.controllers"] = "memory\n"
      $0.files["dev/kmsg"] = ""
      change(&$0)
    }
    tree = try machine.tree()
    world = Box(world: try World(root: tree.path, environment: Environment()))
  }

  deinit { for member in members { member.end() } }

  /// Runs with the stage and its surroundings.
  func on<Result>(
    _ body: (DrillStage, borrowing CgroupHierarchy, borrowing World) throws -> Result
  ) throws -> Result {
    let context = try ProcessContext(CommonOptions(), in: world.world)
    let stage = DrillStage(plan: plan, group: Self.group, members: members, context: context)
    return try body(stage, try world.world.memoryCgroups(), world.world)
  }

  func forecast(version: CgroupHierarchy.Version = .two) throws -> DrillForecast {
    try on { stage, _, world in
      DrillForecast(stage: stage, version: version, prediction: try stage.prediction(in: world))
    }
  }

  /// A text in which members have names in place of their numbers, and blanks are single.
  func named(_ text: String) -> String {
    var text = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }.joined(separator: "\n")
    for (index, member) in members.enumerated() {
      // Other numbers may be the same.
      let name = plan.members[index].name
      for (before, after) in [
        ("\(name)[", "]"), ("\(name) ", " "), ("pid\":", ","), ("\n", "]"), ("\n", ","),
      ] {
        text.replace("\(before)\(member.id)\(after)", with: "\(before)PID\(index + 1)\(after)")
      }
    }
    return text
  }

  /// What people and programs read of it.
  func pages(of report: some CommandReport, _ options: CommonOptions = CommonOptions()) -> String {
    var text = Text()
    report.writeText(to: &text, on: Page(options, in: Environment()))
    var json = JSONWriter()
    json.object { report.writeMembers(to: &$0) }
    // Numbers of other lengths would break lines elsewhere.
    let paragraphs = text.string.split(separator: "\n\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\n").joined(separator: " ")
    }
    return named(paragraphs.joined(separator: "\n\n") + "\n" + json.text.string + "\n")
  }
}
