import KillPrediction
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes
@testable import WatchScreen

@Suite("A line of watch")
struct WatchLineTests {
  private let made: MadeSample

  init() throws { made = try MadeSample() }

  private func sample(_ change: (inout Sample) -> Void = { _ in }) -> Sample {
    var sample = Sample()
    sample.time = MadeTime.seconds
    change(&sample)
    return sample
  }

  /// A sample of which all is known.
  private var full: Sample {
    sample {
      $0.memory.memory = .init(754, of: 1000)
      $0.memory.available = 246
      $0.memory.swap = .init(5, of: 1000)
      $0.memory.commit = .init(4, of: 1000)
      $0.memory.somePressure = 123
      $0.memory.fullPressure = 45
      $0.memory.kills = 3
      $0.processRows = [
        made.row(7) {
          $0.rank = 1
          $0.score = 666
        }
      ]
    }
  }

  private func line(_ sample: Sample, width: Int? = nil) -> String {
    MadeTime.hidden(in: WatchLine(sample: sample, context: made.context, width: width).text)
  }

  private static let heading =
    "TIME        MEM  AVAIL   SWAP  COMMIT    SOME    FULL  KILLS  RANK  SCORE      PID  VICTIM"

  @Test("has all columns where there is no terminal")
  func whole() {
    #expect(WatchLine.heading(within: nil) == Self.heading)
    #expect(
      line(full)
        == "T   75 %    246    1 %     0 %   1.2 %   0.5 %      0     1    666        7  p7")
  }

  @Test("says of what it doesn't know that it doesn't")
  func unknown() {
    #expect(
      line(sample())
        == "T      -      -      -       -       -       -      -     -      -        -  -")
  }

  @Test(
    "leaves out columns where there is less room",
    arguments: [
      (99, 12), (98, 11), (93, 11), (92, 10), (85, 10), (84, 9), (77, 9), (76, 7), (62, 7), (61, 6),
      (55, 6), (54, 6), (1, 6),
    ])
  func room(width: Int, count: Int) {
    let titles = WatchLine.heading(within: width).split(separator: " ")
    #expect(titles.count == count)
    #expect(titles.first == "TIME" && titles.last == "VICTIM")
    #expect(line(full, width: width).split(separator: " ").last == "p7")
  }

  @Test("tells of kills since the line before")
  func kills() {
    var sample = full
    sample.kills = [SeenKill(name: "java", pid: ProcessID(9), time: 0), SeenKill(time: 0)]
    #expect(
      line(sample).hasSuffix("      2     1    666        7  p7   killed: java[9], 1 process"))
    sample.memory.kills = nil
    #expect(line(sample).contains("      2     1  "))
    sample.kills = []
    #expect(line(sample).contains("      -     1  "))
  }

  @Test("names the first of those that were asked for and can be chosen")
  func shown() {
    let rows = [
      made.row(1), made.row(2) { $0.rank = 4 },
      made.row(3) {
        $0.rank = 1
        $0.isSelected = false
      }, made.row(4) { $0.rank = 2 },
    ]
    let whole = sample {
      $0.processRows = rows
      $0.isWhole = true
    }
    #expect(whole.shown.map(\.id.rawValue) == [4, 2])
    #expect(line(whole).hasSuffix(" 4  p4"))
    // The first victims come in their order.
    #expect(sample { $0.processRows = rows }.shown.map(\.id.rawValue) == [2, 4])
    let incomplete = sample {
      $0.processRows = rows
      $0.isComplete = false
    }
    #expect(line(incomplete).hasSuffix(" 2  p2, of those seen"))
  }

  @Test(
    "says why none is chosen", arguments: [(0, " 7  p7"), (2, " 7  none: panic (panic_on_oom 2")])
  func policy(panic: Int, end: String) throws {
    let tree = try FixtureMachine(processes: []).with {
      $0.files["proc/sys/vm/panic_on_oom"] = "\(panic)\n"
    }.tree()
    let world = try World(root: tree.path, environment: Environment())
    var sample = full
    sample.policy = Policy(ofSystemOn: Machine(world, options: MachineOptions()), in: world)
    #expect(line(sample).contains(end))
  }
}
