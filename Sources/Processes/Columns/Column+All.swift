import Badness
import Core
import ProcFS
import Rendering

extension Column {
  /// All columns, in the order of JSON's members.
  package static let all: [Column] = identity + scores + sizes + verdicts

  private static let identity: [Column] = [
    Column("pid", "PID", .right) { subject, _ in Value(subject.id.rawValue) },
    Column("ppid", "PPID", .right, needs: .stat) { subject, _ in
      Value(subject.record.parent?.rawValue)
    },
    Column("uid", "UID", .right, needs: .status) { subject, _ in
      Value(subject.record.status?.effectiveUserID)
    },
    Column("user", "USER", needs: .status) { subject, context in
      Value(subject.record.status?.effectiveUserID.map(context.users.name(of:)))
    },
    Column("name", "NAME", aliases: ["comm"], needs: .status) { subject, _ in
      Value(subject.record.name)
    },
    Column("command", "COMMAND", aliases: ["args", "cmd"], needs: .commandLine) { subject, _ in
      guard let line = subject.record.commandLine, !line.isEmpty else { return .absent }
      return line.isCut
        ? .start(line.text, bytes: ProcessCommandLine.longest) : .text(line.text)
    },
    // A process may write a command line that ends like a cut one, but it can't write this flag.
    Column("command_cut", "CUT", needs: .commandLine) { subject, _ in
      subject.record.commandLine.map { .flag($0.isCut) } ?? .absent
    },
    Column("cgroup", "CGROUP", needs: .cgroups) { subject, _ in
      Value(subject.record.cgroups?.memory?.path)
    },
    Column("unit", "UNIT", needs: .cgroups) { subject, _ in Value(subject.record.unit?.system) },
    Column("user_unit", "USER-UNIT", needs: .cgroups) { subject, _ in
      Value(subject.record.unit?.user)
    },
    Column("container", "CONTAINER", needs: .cgroups) { subject, context in
      let owner = context.owner(of: subject)
      return Value(owner?.containerName ?? owner?.containerID.map { String($0.prefix(12)) })
    },
    Column("pod", "POD", needs: .cgroups) { subject, context in
      let owner = context.owner(of: subject)
      return Value(owner?.podName ?? owner?.pod)
    },
  ]

  private static let scores: [Column] = [
    Column("oom_score", "SCORE", .right, aliases: ["oom", "score"], needs: .score) { subject, _ in
      Value(subject.record.score)
    },
    Column(
      "oom_score_adj", "ADJ", .right, aliases: ["oomadj", "adj"], needs: .adjustment
    ) { subject, _ in Value(subject.record.adjustment) },
    Column("oom_adj", "OOM-ADJ", .right, needs: .legacyAdjustment) { subject, _ in
      Value(subject.record.legacyAdjustment)
    },
  ]

  private static let sizes: [Column] = [
    Column("rss_bytes", "RSS", .right, aliases: ["rss"], needs: .status) { subject, _ in
      Value(size: subject.record.status?.resident?.bytes)
    },
    Column("swap_bytes", "SWAP", .right, aliases: ["swap"], needs: .status) { subject, _ in
      Value(size: subject.record.status?.swapped?.bytes)
    },
    Column(
      "page_tables_bytes", "PAGETABLES", .right, aliases: ["page_tables"], needs: .status
    ) { subject, _ in
      Value(size: subject.record.status?.pageTableBytes)
    },
    Column("memory_percent", "SHARE", .right, aliases: ["share"], needs: .status) {
      subject, context in Value(subject.memoryPercent(on: context.machine))
    },
  ]

  private static let verdicts: [Column] = [
    Column("badness", "BADNESS", .right, isScored: true) { subject, _ in
      Value(subject.eligibleBadness)
    },
    Column("badness_unit", "UNIT-OF-BADNESS") { _, context in
      Value(context.machine.rule?.unit.rawValue)
    },
    Column("badness_pages", "PAGES", .right, isScored: true) { subject, context in
      context.machine.rule?.unit == .pages ? Value(subject.eligibleBadness) : .absent
    },
    Column("predicted_oom_score", "PREDICTED", .right, isScored: true) { subject, _ in
      Value(subject.explanation?.oomScore)
    },
    Column("unkillable", "UNKILLABLE", isScored: true) { subject, _ in
      Value(subject.exemption?.rawValue)
    },
    Column("origin", "ORIGIN", needs: [.status, .adjustment, .cgroups, .commandLine]) {
      subject, _ in Value(Origin(of: subject.record)?.text)
    },
  ]
}

extension ScoredProcess {
  /// Its share of all RAM and swap, in percent, rounded.
  fileprivate func memoryPercent(on machine: Machine) -> Int? {
    guard let footprint, let capacity = machine.capacity else { return nil }
    let whole = capacity.total.bytes(pageSize: capacity.pageSize)
    return whole > 0 ? Int(clamping: (Int128(footprint) * 200 / Int128(whole) + 1) / 2) : nil
  }

  /// The badness, unless the kernel can't choose the process.
  fileprivate var eligibleBadness: Int128? { exemption == nil ? explanation?.badness : nil }
}
