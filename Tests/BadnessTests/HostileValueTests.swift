import Badness
import Testing

@Suite("No value, however wrong,")
struct HostileValueTests {
  static let extremes = [Int.min, -(1 << 62), -1, 0, 1, 1 << 31, 1 << 62, .max]

  /// Every number that reaches a rule from outside.
  static let fields: [@Sendable (inout Candidate, inout MemoryCapacity, Int) -> Void] = [
    { $0.memory?.total = Pages($2) }, { $0.memory?.resident = Pages($2) },
    { $0.memory?.swapped = Pages($2) }, { $0.memory?.pageTables.ptes = $2 },
    { $0.memory?.pageTables.pmds = $2 }, { $0.memory?.pageTables.bytes = $2 },
    { $0.adjustment = $2 }, { $0.legacyAdjustment = $2 },
    { $0.history.children = [.own(Pages($2)), .own(Pages($2)), .shared(Pages($2)), .noMemory] },
    { $0.history.ticksPerSecond = $2 }, { $0.history.userTicks = $2 },
    { $0.history.systemTicks = $2 }, { $0.history.runTicks = $2 },
    { $0.history.uptimeSeconds = $2 }, { $0.history.startSeconds = $2 },
    { $0.history.nice = $2 }, { $0.history.uid = $2 }, { $0.history.euid = $2 },
    { $1.ram = Pages($2) }, { $1.swap = Pages($2) }, { $1.pageSize = $2 },
  ]

  @Test(
    "stops a rule", arguments: ScoringRule.history, [WordSize.bits32, .bits64])
  func survives(rule: ScoringRule, wordSize: WordSize) {
    for (index, field) in Self.fields.enumerated() {
      for value in Self.extremes {
        for everywhereElse in Self.extremes {
          var (candidate, capacity) = Self.subject(wordSize)
          for other in Self.fields { other(&candidate, &capacity, everywhereElse) }
          field(&candidate, &capacity, value)
          expectConsistency(of: rule, candidate, capacity, "field \(index) is \(value)")
        }
        var (candidate, capacity) = Self.subject(wordSize)
        field(&candidate, &capacity, value)
        expectConsistency(of: rule, candidate, capacity, "only field \(index) is \(value)")
      }
    }
  }

  @Test("leaves oom_score without an answer but a total of 0", arguments: ScoringRule.history)
  func survivesNoMemory(rule: ScoringRule) {
    let candidate = Candidate(memory: .init(total: 9, resident: 9))
    let explanation = rule.explain(candidate, in: MemoryCapacity(ram: 0))
    #expect(explanation.badness != nil)
    if rule.unit == .pages { #expect(explanation.oomScore == nil) }
  }

  @Test("stops the sum of a domain", arguments: extremes, extremes)
  func survivesDomains(value: Int, other: Int) {
    let machine = MemoryCapacity(ram: Pages(value), swap: Pages(other), pageSize: value)
    let node = MemoryNode(spanned: Pages(value), present: Pages(other))
    for release in [KernelVersion(2, 6, 36), .init(2, 6, 39), .init(3, 19), .init(5, 10)] {
      for swapLimit in [MemoryCgroup.SwapLimit.swap(other), .memoryAndSwap(other)] {
        let cgroup = MemoryCgroup(limit: value, swapLimit: swapLimit, swappiness: other)
        #expect(MemoryCapacity.memoryCgroup(cgroup, of: machine, on: release) != nil)
      }
      #expect(MemoryCapacity.nodes([node, node], of: machine, on: release) != nil)
    }
  }

  @Test("stops an adjustment rule", arguments: AdjustmentRule.history, extremes)
  func survivesAdjustments(rule: AdjustmentRule, value: Int) {
    #expect((rule.storing(oomAdj: value) != nil) == rule.legacyRange.contains(value))
    #expect(rule.storing(oomScoreAdj: value)?.oomScoreAdj ?? value == value)
  }

  private static func subject(_ wordSize: WordSize) -> (Candidate, MemoryCapacity) {
    let memory = Candidate.Memory(total: 9999, resident: 9999)
    let candidate = Candidate(memory: memory, capabilities: [.sysAdmin, .sysRawIO])
    return (candidate, MemoryCapacity(ram: 1_048_576, wordSize: wordSize))
  }

  private func expectConsistency(
    of rule: ScoringRule, _ candidate: Candidate, _ capacity: MemoryCapacity, _ what: String
  ) {
    let explanation = rule.explain(candidate, in: capacity)
    guard explanation.badness == rule.score(candidate, in: capacity) else {
      Issue.record("\(rule.since): explained \(explanation.returned) when \(what)")
      return
    }
    _ = rule.adjustmentWorth(candidate.adjustment, in: capacity)
  }
}
