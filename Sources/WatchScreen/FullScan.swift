import Badness
import CgroupFS
import Core
import ProcFS
import Processes

/// All processes but the kernel's own threads, each as little as a line about it needs.
struct FullScan {
  /// In ascending order of their numbers.
  private(set) var processRows: [ProcessRow] = []
  private(set) var candidateCount = 0
  private(set) var isComplete: Bool
  /// The places of the first victim and of the next one.
  private(set) var first: Int?
  private(set) var second: Int?
  /// Requested values that match no process, in the user's words.
  private(set) var unmatched: [String]

  init(
    _ look: SampleRequest, _ selection: ProcessSelection, on machine: Machine,
    in world: borrowing World
  ) throws(Failure) {
    var needs = machine.badnessNeeds.union(selection.needs).union(.score)
    if look.needsCgroups { needs.formUnion(.cgroups) }
    var matches = ValueMatches(of: selection)
    let all: [ProcessRow?]
    if machine.readsLegacyAdjustment {
      // Children count in: all of all must be there before the first can be weighed.
      let processes = try ProcessList(on: machine, needs: needs, isScored: true, in: world.proc)
      all = processes.subjects.map { Self.processRow($0, selection, &matches, on: machine) }
      isComplete = Completeness(of: processes, in: world).isComplete
    } else {
      var reader = ProcessReader()
      var first = Completeness.FirstProcess.absent
      all = try reader.records(needs: needs, in: world.proc) { record in
        if record.id.rawValue == 1 { first = record.isInit ? .exempt : .killable }
        return Self.processRow(
          ScoredProcess(record, on: machine, isScored: true), selection, &matches, on: machine)
      }
      isComplete = Completeness(of: reader, first: first, in: world).isComplete
    }
    processRows = all.compactMap { $0 }
    let isVoid = !selection.isEmpty && !processRows.contains(where: \.isSelected)
    unmatched = isVoid ? [selection.words] : matches.open.map(\.words)
    if selection.withDescendants { addDescendants() }
    rank(on: machine)
  }

  private static func processRow(
    _ subject: ScoredProcess, _ selection: ProcessSelection, _ matches: inout ValueMatches,
    on machine: Machine
  ) -> ProcessRow? {
    matches.note(subject.record)
    guard !subject.record.isKernelThread, subject.exemption != .kernelThread else { return nil }
    var processRow = ProcessRow(subject, on: machine)
    processRow.isSelected = selection.means(subject.record)
    // An ineligible process has no rank; the others get theirs once all are known.
    processRow.rank = machine.isEligible(subject) ? 0 : nil
    return processRow
  }

  private mutating func rank(on machine: Machine) {
    let contenders = processRows.map { machine.contender($0) }
    let order = processRows.indices.filter { processRows[$0].rank != nil }.sorted {
      let (one, other) = (processRows[$0], processRows[$1])
      if one.isTakenAtOnce != other.isTakenAtOnce { return one.isTakenAtOnce }
      return machine.precedes(
        contenders[$0], score: one.score, contenders[$1], score: other.score)
    }
    for (place, index) in order.enumerated() { processRows[index].rank = place + 1 }
    candidateCount = order.count
    first = order.first
    second = order.dropFirst().first
  }

  /// Selects all that was started by one that is selected, directly or not.
  private mutating func addDescendants() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      let selected = processRows.filter(\.isSelected).map(\.id)
      for index in processRows.indices where !processRows[index].isSelected {
        guard let parent = processRows[index].parent, selected.holds(parent) else { continue }
        processRows[index].isSelected = true
        hasChanged = true
      }
    }
  }
}

extension [ProcessID] {
  /// True where it is among these, which ascend.
  fileprivate func holds(_ id: ProcessID) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == id
  }
}

extension Machine {
  fileprivate func contender(_ processRow: ProcessRow) -> RankKey {
    RankKey(
      badness: processRow.badness ?? Int128(processRow.score ?? 0),
      startTicks: processRow.identity.startTicks,
      pid: Int(processRow.id.rawValue))
  }
}

extension GroupState {
  /// Of how many groups the files are read.
  private static let most = 64

  /// The groups of the worst processes.
  static func all(of processRows: [ProcessRow], in world: borrowing World) -> [GroupState] {
    guard let hierarchy = world.knownMemoryCgroups else { return [] }
    var paths: [String] = []
    for processRow in processRows.sorted(by: { ($0.rank ?? .max) < ($1.rank ?? .max) }) {
      guard paths.count < most else { break }
      if let path = processRow.cgroup, !paths.contains(path) { paths.append(path) }
    }
    var states: [GroupState] = []
    for path in paths {
      states.append(
        GroupState(
          path: path, used: world.known(try hierarchy.usage(of: path))?.memory,
          limit: world.known(try hierarchy.limits(of: path))?.memory))
    }
    return states
  }
}
