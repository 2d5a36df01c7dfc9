extension Sentence {
  /// True where a report whose beginning is lost can begin with it.
  var canBegin: Bool {
    switch self {
    case .memory, .zone, .total, .cgroup, .tableHeader, .looseRow, .summary: true
    default: false
    }
  }

  /// True where it shows that the report it would belong to is over.
  func isSecond(in draft: Draft, at time: Int?) -> Bool {
    switch self {
    case .summary: draft.report.summary != nil
    case .tableHeader: draft.report.tasks != nil && (time == nil || draft.headerTime != time)
    case .memory: !draft.report.memory.zones.isEmpty || draft.report.tasks != nil
    default: false
    }
  }
}
