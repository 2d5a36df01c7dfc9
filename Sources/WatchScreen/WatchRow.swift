import KernelLog
import ProcFS
import Processes

/// A line of the list.
enum WatchRow: Sendable {
  /// In a tree as deep below the first.
  case process(ProcessRow, depth: Int)
  case group(Group)

  /// A memory cgroup, by what is in it.
  struct Group: Sendable, Equatable {
    var path: String
    var processCount = 0
    var footprint = 0
    var growth: Int?
    /// Of the worst in it.
    var rank: Int?
    var worst = ""
    /// As the group's own files have it.
    var used: Int?
    var limit: Int?
  }

  enum Key: Sendable, Equatable {
    case process(ProcessIdentity)
    case group(String)
  }

  /// The process that a question or a change on the screen is about, as it was shown.
  struct Target: Sendable, Equatable {
    var identity: ProcessIdentity
    var label: String
    var adjustment: Int?
  }

  var key: Key {
    switch self {
    case .process(let processRow, _): .process(processRow.identity)
    case .group(let group): .group(group.path)
    }
  }
}

extension ProcessRow {
  var target: WatchRow.Target {
    WatchRow.Target(identity: identity, label: label, adjustment: adjustment)
  }
}

extension WatchRow {
  static func all(of sample: Sample, _ state: WatchState) -> [WatchRow] {
    let shown = sample.processRows.filter { state.shows($0) }
    switch state.arrangement {
    case .ranking:
      let ranked = shown.filter { $0.rank != nil }
      return state.sort.sorted(ranked).map { .process($0, depth: 0) }
    case .tree: return tree(of: shown, state.sort)
    case .cgroups: return state.sort.sorted(groups(of: shown, sample.groups)).map { .group($0) }
    }
  }

  /// Each below what started it, if that is shown; otherwise at the left.
  private static func tree(of processRows: [ProcessRow], _ order: WatchState.SortOrder)
    -> [WatchRow]
  {
    let sorted = order.sorted(processRows)
    let known = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.id.rawValue, $0) })
    var children = [[Int]](repeating: [], count: sorted.count)
    var roots: [Int] = []
    for (index, processRow) in sorted.enumerated() {
      if let parent = processRow.parent.flatMap({ known[$0.rawValue] }), parent != index {
        children[parent].append(index)
      } else {
        roots.append(index)
      }
    }
    var rows: [WatchRow] = []
    var pending = roots.reversed().map { ($0, 0) }
    var isPlaced = [Bool](repeating: false, count: sorted.count)
    while let (index, depth) = pending.popLast() {
      guard !isPlaced[index] else { continue }
      isPlaced[index] = true
      rows.append(.process(sorted[index], depth: depth))
      pending += children[index].reversed().map { ($0, depth + 1) }
    }
    // Numbers that were read at different times can make a circle.
    for index in sorted.indices where !isPlaced[index] {
      rows.append(.process(sorted[index], depth: 0))
    }
    return rows
  }

  private static func groups(of processRows: [ProcessRow], _ states: [GroupState]) -> [Group] {
    var groups: [Group] = []
    for processRow in processRows.sorted(by: { ($0.cgroup ?? "") < ($1.cgroup ?? "") }) {
      guard let path = processRow.cgroup else { continue }
      if groups.last?.path != path {
        let state = states.first { $0.path == path }
        groups.append(Group(path: path, used: state?.used, limit: state?.limit))
      }
      groups[groups.count - 1].add(processRow)
    }
    return groups
  }
}

extension WatchRow.Group {
  fileprivate mutating func add(_ processRow: ProcessRow) {
    processCount += 1
    footprint = ProcessStatus.sum(footprint, processRow.footprint ?? 0)
    if let more = processRow.growth { growth = ProcessStatus.sum(growth ?? 0, more) }
    if let place = processRow.rank, place < rank ?? .max {
      rank = place
      worst = processRow.label
    }
  }
}

extension WatchState {
  fileprivate func shows(_ processRow: ProcessRow) -> Bool {
    guard processRow.isSelected else { return false }
    if let cgroup, !CgroupPath(cgroup).contains(processRow.cgroup ?? "") { return false }
    return filter.isEmpty || processRow.name.lowercased().holds(filter.lowercased())
  }
}

extension WatchState.SortOrder {
  /// The rows most worth attention first; equal ones by their rank.
  func sorted(_ processRows: [ProcessRow]) -> [ProcessRow] {
    processRows.sorted { one, other in
      switch self {
      case .memory where one.footprint != other.footprint:
        one.footprint ?? -1 > other.footprint ?? -1
      case .growth where one.growth != other.growth: one.growth ?? .min > other.growth ?? .min
      case .adj where one.adjustment != other.adjustment:
        one.adjustment ?? .min > other.adjustment ?? .min
      case .name where one.name != other.name: one.name < other.name
      case .pid: one.id < other.id
      case .rank, .memory, .growth, .adj, .name:
        (one.rank ?? .max, one.id.rawValue) < (other.rank ?? .max, other.id.rawValue)
      }
    }
  }

  /// Groups by what is in them.
  func sorted(_ groups: [WatchRow.Group]) -> [WatchRow.Group] {
    groups.sorted { one, other in
      switch self {
      case .memory where one.footprint != other.footprint: one.footprint > other.footprint
      case .growth where one.growth != other.growth: one.growth ?? .min > other.growth ?? .min
      case .name: one.path < other.path
      case .rank, .memory, .growth, .adj, .pid:
        (one.rank ?? .max, one.path) < (other.rank ?? .max, other.path)
      }
    }
  }
}
