import Badness
import Diagnosis
import KillPrediction
import ProcFS
import Processes
import Protecting
import Rendering

/// The meaning of processes for OOM, as metrics: the next victim, those that are protected, and the
/// groups from which the first victims would come.
struct ProcessFamilies {
  let machine: Machine
  /// The processes that the kernel may choose from, the first victim first.
  let ranked: [ScoredProcess]
  /// The lead of the first over the second, in pages; `nil` where badness isn't measured in them.
  let lead: Int128?
  /// All that have memory.
  let subjects: [ScoredProcess]
  /// OpenSSH's servers that wait for connections.
  let listeners: [ScoredProcess]
  /// The consequence of a shortage of the whole machine; `nil` where the kernel's version is
  /// unknown.
  let policy: Policy?
  /// True where all processes were seen: else no process is the next victim for certain.
  let isWholeView: Bool
  /// The number of groups that are reported.
  let top: Int

  /// - Parameter kills: Those that the kernel counted in a group's memory cgroups.
  func all(kills: (GroupMembers) -> UInt64?) -> [MetricFamily] {
    [action].compactMap { $0 } + victim + protection + groups + [self.kills(kills)]
  }
}

extension ProcessFamilies {
  private var action: MetricFamily? {
    policy.map { policy in
      MetricFamily(
        .info, "oomctl_oom_action",
        help:
          "What the kernel does when the machine's memory runs out: kill, panic or allocating_task.",
        [.init([.init("action", policy.action.rawValue)], MetricValue(1))])
    }
  }

  /// Empty where nobody is chosen by badness, or who it is can't be told.
  private var victim: [MetricFamily] {
    guard isWholeView, policy?.searches ?? true, let first = ranked.first else { return [] }
    let group = ProcessGroup(of: first.record)
    let kind = VictimClass(of: first, listeners: listeners, on: machine)
    return [
      // No label has its name: a program that may change that could make a new series with each
      // look.
      MetricFamily(
        .info, "oomctl_next_victim",
        help:
          "The process that the kernel would kill first once reclaim has dropped mapped files and swapped "
          + "shared memory out, by unit or memory cgroup, and what it is to the system.",
        [.init(group.labels + [.init("class", kind.rawValue)], MetricValue(1))]),
      MetricFamily(
        .gauge, "oomctl_next_victim_oom_score", help: "The kernel's own score of the next victim.",
        MetricValue(first.record.score)),
      MetricFamily(
        .gauge, "oomctl_next_victim_oom_score_adj", help: "The adjustment of the next victim.",
        MetricValue(first.record.adjustment)),
      MetricFamily(
        .gauge, "oomctl_next_victim_memory", in: .bytes,
        help: "Resident and swapped memory and page tables of the next victim.",
        MetricValue(first.footprint)),
      MetricFamily(
        .gauge, "oomctl_next_victim_margin", in: .bytes,
        help: "How much the runner-up in that order would have to grow to be the next victim.",
        MetricValue(margin)),
    ]
  }

  /// Only badness in pages is a distance in memory.
  private var margin: Int? {
    lead.flatMap { machine.bytes(max(0, $0)) }
  }
}

extension ProcessFamilies {
  private var protection: [MetricFamily] {
    let levels = subjects.compactMap { subject in
      AdjustmentLevel(subject.record, on: machine).map { (subject, $0) }
    }
    // A kernel that has no adjustments protects nobody, and where none can be read nobody knows.
    guard !levels.isEmpty else { return [] }
    let deep = levels.filter { $0.1.isDeep }.map(\.0)
    let largest = deep.max { $0.footprint ?? 0 < $1.footprint ?? 0 }
    return [
      MetricFamily(
        .gauge, "oomctl_protected_processes",
        help:
          "Processes with an adjustment of \(Protect.lastInLine) or below, those that are exempt included.",
        MetricValue(deep.count)),
      MetricFamily(
        .gauge, "oomctl_exempt_processes",
        help: "Processes that the kernel may never kill by their adjustment.",
        MetricValue(levels.count { $0.1.isComplete })),
      MetricFamily(
        .gauge, "oomctl_protected_largest", in: .bytes,
        help: "Memory of the largest protected process: if it leaks, others die in its place.",
        largest.flatMap { subject in
          subject.footprint.map {
            [.init(ProcessGroup(of: subject.record).labels, MetricValue($0))]
          }
        } ?? []),
    ]
  }
}

extension ProcessFamilies {
  private var groups: [MetricFamily] {
    let groups = GroupMembers.all(of: ranked).prefix(top)
    func family(
      _ name: String, in unit: MetricFamily.Unit? = nil, _ help: String,
      _ value: (GroupMembers) -> MetricValue?
    ) -> MetricFamily {
      MetricFamily(
        .gauge, name, in: unit, help: help,
        groups.compactMap { members in value(members).map { .init(members.group.labels, $0) } })
    }
    return [
      family(
        "oomctl_group_oom_score",
        "Highest score of the processes of a unit or memory cgroup; only of the highest groups."
      ) { members in MetricValue(members.subjects.first?.record.score) },
      family(
        "oomctl_group_oom_score_adj",
        "Adjustment of the process with the highest badness of a unit or memory cgroup."
      ) { members in MetricValue(members.subjects.first?.record.adjustment) },
      family(
        "oomctl_group_memory", in: .bytes,
        "Resident and swapped memory and page tables of the processes of a unit or memory cgroup that "
          + "can be killed; what they share counts for each."
      ) { members in MetricValue(members.memory) },
      family(
        "oomctl_group_processes", "Processes of a unit or memory cgroup that can be killed."
      ) { members in MetricValue(members.subjects.count) },
    ]
  }

  /// Of the groups with most kills: a kill says more than a rank.
  private func kills(_ kills: (GroupMembers) -> UInt64?) -> MetricFamily {
    let counted = GroupMembers.all(of: ranked + subjects.filter { !machine.isEligible($0) })
      .compactMap { members in kills(members).map { (members.group, $0) } }
    let most = counted.enumerated().sorted {
      ($1.element.1, $0.offset) < ($0.element.1, $1.offset)
    }
    return MetricFamily(
      .counter, "oomctl_group_kills",
      help:
        "Processes that the OOM killer took from a unit's or container's memory cgroup since it was "
        + "made; only of the groups with most.",
      most.prefix(top).map { .init($0.element.0.labels, MetricValue($0.element.1)) })
  }
}
