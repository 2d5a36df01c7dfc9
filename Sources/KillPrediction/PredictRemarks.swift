import Badness
import Core
import ProcFS
import Processes
import Rendering

/// Remarks on a prediction.
struct PredictRemarks {
  let report: PredictReport
  let page: Page

  private var prediction: Prediction { report.prediction }

  var all: [String] {
    prediction.kills.compactMap(\.chosen.firstReason) + common
  }

  private var common: [String] {
    [
      held, rivals, turn, goal, invoker, following, freed, estimates, kept, growth, otherKillers,
      host,
      domain,
    ]
    .compactMap { $0 }
  }

  /// Why killing helps little.
  private var held: String? { report.held.map { $0.sentence(page.sizes) + "." } }

  private var rivals: String? {
    guard let kill = report.reclaimedFirst, let rival = kill.rivals.first,
      let reclaim = report.reclaim
    else { return nil }
    let more = kill.rivals.count > 1 ? " or \(kill.rivals.count - 1) more" : ""
    return
      "Swap has room for \(page.sizes.phrase(reclaim.swapRoom)) of the "
      + "\(page.sizes.phrase(reclaim.swappable)) that could go there, and which of it goes isn't known: "
      + "\(rival.label)\(more) may come before \(kill.victim.label)."
  }

  private var turn: String? {
    guard let turn = report.turn else {
      return report.isTurnMoot ? "So there is no order in which processes die." : nil
    }
    let name = turn.subject.label
    guard let deaths = turn.deathsBefore else { return "\(name) is never killed." }
    let place =
      switch deaths {
      case 0: "\(name) dies first."
      case 1: "\(name) dies after 1 other, which frees \(page.sizes.phrase(turn.freedBefore))."
      default:
        "\(name) dies after \(deaths) others, which free \(page.sizes.phrase(turn.freedBefore))."
      }
    let file = report.context.machine.readsLegacyAdjustment ? "oom_adj" : "oom_score_adj"
    guard let last = turn.adjustmentToBeLast else { return place }
    return [OOMAdjustment.minimum, OOMAdjustment.disable].contains(last)
      ? "\(place) Only \(file) \(last) spares it."
      : "\(place) With \(file) \(last) or below all others die before it."
  }

  private var goal: String? {
    guard let goal = report.goal, prediction.policy.searches else { return nil }
    let freed = prediction.kills.last?.freedTotal ?? 0
    return freed < goal ? "Only \(page.sizes.phrase(freed)) can be freed by killing." : nil
  }

  private var invoker: String? {
    guard report.invoker != nil, prediction.outcome == .kill else { return nil }
    return "Who asks doesn't matter: vm.oom_kill_allocating_task isn't set, or doesn't count here."
  }

  private var following: String? {
    guard prediction.kills.count > 1, let last = prediction.kills.last, let next = last.next else {
      return nil
    }
    let behind =
      last.margin.map { $0 > 0 ? " \(page.sizes.phrase($0)) behind" : ", with equal badness" } ?? ""
    return "\(next.label) follows\(behind)."
  }

  private var freed: String? {
    prediction.kills.isEmpty
      ? nil
      : "Frees: private memory, swap and page tables; shared memory with its last process; not files."
  }

  /// The remark on processes whose mappings couldn't be read.
  private var estimates: String? {
    let subjects = prediction.kills.flatMap(\.estimated)
    guard let first = subjects.first else { return nil }
    let who =
      prediction.kills.allSatisfy { !$0.estimated.isEmpty }
      ? "" : " for \(first.label)\(subjects.count > 1 ? " and \(subjects.count - 1) more" : "")"
    return "FREES is at most that\(who), shared memory aside: /proc/PID/smaps wasn't read."
  }

  private var kept: String? {
    let bytes = ProcessStatus.sum(prediction.kills.map(\.kept))
    return bytes > 0
      ? "Stays: \(page.sizes.phrase(bytes)) of shared memory in /dev/shm and System V segments."
      : nil
  }

  private var growth: String? {
    prediction.outcome == .kill ? "Whoever grows by more than AHEAD BY overtakes." : nil
  }

  private var otherKillers: String? {
    let names = report.otherKillers
    return names.isEmpty
      ? nil
      : "Running too: \(names.joined(separator: ", ")). It may kill earlier, by its own rules."
  }

  /// The remark on the machine around a container.
  private var host: String? {
    guard let host = report.host else { return nil }
    let total = host.prediction.domain.capacity
    let size = page.sizes.phrase(total.total.bytes(pageSize: total.pageSize))
    let first = host.prediction.kills.first?.victim.label
    let victim =
      host.isWholeView
      ? first.map { "\($0) dies first" } ?? "nobody is chosen"
      : "who dies first can't be told from here"
    return
      "The host (RAM + swap \(size)) runs out apart from this group, and then \(victim): oomctl predict "
      + "--system"
  }

  private var domain: String? {
    switch prediction.domain.constraint {
    case "none" where !report.hasSuppositions:
      return "A memory cgroup's limit kills only inside it: oomctl predict --in PATH"
    case "cpuset":
      return
        "Where the kernel's report says constraint=CONSTRAINT_MEMORY_POLICY, the processes' memory "
        + "policies count, not their cpusets: oomctl predict --policy NODES"
    case "memory_policy":
      return
        "Where the kernel's report says constraint=CONSTRAINT_CPUSET, the processes' cpusets count, "
        + "not their memory policies: oomctl predict --cpuset NODES"
    default: return nil
    }
  }
}
