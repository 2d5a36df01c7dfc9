import Arguments
import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import DrillRun
@testable import Processes

@Suite("The words of a drill")
struct DrillWordsTests {
  @Test(
    "come to sizes in whole blocks of 64 KiB",
    arguments: [
      // In blocks: the limit, each member's, the growth, and the step.
      (1024, [0], [480], 544, 17), (64, [0], [30], 34, 4), (1024, [0, 0], [576, 192], 256, 8),
      (1024, [0, 0, 0], [575, 219, 82], 148, 4), (1024, [0, 500, 0], [575, 219, 82], 148, 4),
      (1024, [0, 0, 1000], [575, 219, 82], 148, 4), (16_384, [0], [7680], 8704, 272),
    ])
  func sizes(limit: Int, adjustments: [Int], sizes: [Int], growth: Int, step: Int) {
    let block = 64 << 10
    let plan = DrillPlan(limit: limit * block, adjustments: adjustments)
    #expect(plan.members.map { $0.size / block } == sizes)
    #expect(plan.members.allSatisfy { $0.size % block == 0 })
    #expect(plan.growth == growth * block)
    #expect(plan.step == step * block)
    #expect(plan.room == (limit + 4 * step) * block)
    #expect(plan.members.map(\.name) == (1...sizes.count).map { "drill-\($0)" })
  }

  private func problem(_ words: [String]) -> String? {
    var drill = Drill()
    do throws(UsageError) {
      _ = try drill.take(words)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "are taken where somebody can be killed, and each has room",
    arguments: [
      ([], true), (["--members", "16"], true), (["--members", "17"], false),
      (["--members", "0"], false),
      (["--members", "1"], true), (["--adjust", "0,0,0,0"], true),
      (["--members", "2", "--adjust", "0,0,0"], false),
      (["--members", "3", "--adjust", "0,0,0"], true), (["--limit", "12M"], true),
      (["--limit", "12582911"], false),
      (["--limit", "8192T"], true), (["--limit", "8193T"], false),
      (["--members", "1", "--limit", "4M"], true),
      (["--adjust=-1000,-1000,-1000"], false), (["--adjust=-1000,-1000"], true),
      (["--adjust=-1000,-1000,-999"], true),
      (["--sysrq"], true), (["--sysrq", "--yes", "java"], true), (["--yes", "java"], false),
      (["--sysrq", "--members", "2"], false), (["--sysrq", "--limit", "64M"], false),
      (["--sysrq", "--adjust", "5"], false),
    ])
  func validity(words: [String], isTaken: Bool) {
    #expect((problem(words) == nil) == isTaken, "\(problem(words) ?? "")")
  }

  @Test(
    "have three members, or as many as there are adjustments",
    arguments: [
      ([], 3), ([5], 3), ([1, 2, 3, 4], 4),
    ] as [([Int], Int)])
  func members(adjustments: [Int], count: Int) {
    var drill = Drill()
    drill.adjustments = adjustments.compactMap { AdjustmentValue(argument: "\($0)") }
    #expect(
      drill.plan.members.map(\.adjustment) == adjustments
        + Array(repeating: 0, count: count - adjustments.count))
    #expect(drill.plan.limit == 64 << 20)
  }

  @Test("name the one that the kernel names first")
  func victim() {
    let kill =
      "Memory cgroup out of memory: Killed process 720 (drill-2) total-vm:76336kB, anon-rss:14240kB, file-rss:1364kB, shmem-rss:0kB, UID:0 pgtables:80kB oom_score_adj:500"
    #expect(KernelWords.victim(in: ["other", kill]) == ProcessID(720))
    #expect(KernelWords.victim(in: [kill, kill.replacing("720", with: "721")]) == ProcessID(720))
    #expect(KernelWords.victim(in: ["other"]) == nil)
    #expect(KernelWords.victim(in: []) == nil)
  }

  private func sysRq(_ setting: String?, hasTrigger: Bool = true) throws -> SysRq {
    let tree = try FixtureMachine(processes: []).tree()
    if hasTrigger { try tree.add("", at: "proc/sysrq-trigger") }
    if let setting { try tree.add(.file(Array("\(setting)\n".utf8)), at: "proc/sys/kernel/sysrq") }
    return SysRq(in: try World(root: tree.path, environment: Environment()))
  }

  @Test(
    "say when the keys are masked",
    arguments: [
      (nil, false), ("0", true), ("1", false), ("2", true), ("64", false), ("176", true),
      ("438", true), ("65", false),
      ("63", true), ("128", true), ("502", false),
    ] as [(String?, Bool)])
  func masks(setting: String?, isMasked: Bool) throws {
    let sysRq = try sysRq(setting)
    #expect(sysRq.isMaskedAtKeyboard == isMasked)
    #expect((sysRq.remark == nil) == !isMasked)
    #expect(sysRq.failure == nil)
  }

  @Test("say why it can't be called")
  func failure() throws {
    #expect(try sysRq("1", hasTrigger: false).failure?.message.contains("no SysRq") == true)
  }

  @Test("name the groups that come into question, and what these leave")
  func places() throws {
    let tree = try FixtureMachine(processes: []).with {
      $0.files["sys/fs/cgroup/a/memory.max"] = "1000\n"
      $0.files["sys/fs/cgroup/a/memory.current"] = "900\n"
      $0.files["sys/fs/cgroup/a/b/memory.max"] = "500\n"
      $0.files["sys/fs/cgroup/a/b/memory.current"] = "450\n"
      $0.files["sys/fs/cgroup/a/b/c/memory.max"] = "max\n"
      $0.files["sys/fs/cgroup/full/memory.max"] = "5\n"
      $0.files["sys/fs/cgroup/full/memory.current"] = "9\n"
      $0.files["sys/fs/cgroup/unread/memory.max"] = "5\n"
      $0.files["proc/self/cgroup"] = "0::/a/b\n"
    }.tree()
    let world = try World(root: tree.path, environment: Environment())
    let hierarchy = try world.memoryCgroups()
    let own: ProcessCgroups = try world.proc.directory.read("self/cgroup")
    let paths = DrillPlace.candidates(in: hierarchy, own: own)
    #expect(paths == ["/", "/a/b", "/a"])
    let without = DrillPlace.candidates(in: hierarchy, own: nil)
    #expect(without == ["/"])
    for (path, room) in [
      ("/", nil), ("/a", 100), ("/a/b", 50), ("/a/b/c", 50), ("/full", 0), ("/unread", 5),
      ("/none", nil),
    ] as [(String, Int?)] {
      let left = DrillPlace(path: path, needsEnabling: false).headroom(in: hierarchy, world)
      #expect(left == room, "\(path)")
    }
  }
}
