import Badness
import CgroupFS
import Core
import ProcFS
import Processes

/// All processes but the kernel's own threads, each as little as a line about it needs.
struct Census {
  /// In ascending order of their numbers.
  private(set) var standings: [Standing] = []
  private(set) var candidateCount = 0
  private(set) var isComplete: Bool
  /// Where the first victim stands, and who follows.
  private(set) var first: Int?
  private(set) var second: Int?
  /// What was asked for and means nobody, in the user's words.
  private(set) var unmatched: [String]

  init(
    _ look: Look, _ selection: Selection, on machine: Machine, in world: borrowing World
  ) throws(Failure) {
    var needs = machine.badnessNeeds.union(selection.needs).union(.score)
    if look.needsCgroups { needs.formUnion(.cgroups) }
    var matches = ValueMatches(of: selection)
    let all: [Standing?]
    if machine.readsLegacyAdjustment {
      // Children count in: all of all must be there before the first can be weighed.
      let population = try Population(on: machine, needs: needs, isScored: true, in: world.proc)
      all = population.subjects.map { Self.standing($0, selection, &matches, on: machine) }
      isComplete = Completeness(of: population, in: world).isComplete
    } else {
      var survey = Survey()
      var first = Completeness.FirstProcess.absent
      all = try survey.records(needs: needs, in: world.proc) { record in
        if record.id.rawValue == 1 { first = record.isInit ? .exempt : .killable }
        return Self.standing(
          Subject(record, on: machine, isScored: true), selection, &matches, on: machine)
      }
      isComplete = Completeness(of: survey, first: first, in: world).isComplete
    }
    standings = all.compactMap { $0 }
    let isVoid = !selection.isEmpty && !standings.contains(where: \.isSelected)
    unmatched = isVoid ? [selection.words] : matches.open.map(\.words)
    if selection.withDescendants { addDescendants() }
    rank(on: machine)
  }

  private static func standing(
    _ subject: Subject, _ selection: Selection, _ matches: inout ValueMatches, on machine: Machine
  ) -> Standing? {
    matches.note(subject.record)
    guard !subject.record.isKernelThread, subject.exemption != .kernelThread else { return nil }
    var standing = Standing(subject, on: machine)
    standing.isSelected = selection.means(subject.record)
    // Whoever isn't eligible has no rank; the others get theirs once all are known.
    standing.rank = machine.isEligible(subject) ? 0 : nil
    return standing
  }

  private mutating func rank(on machine: Machine) {
    let contenders = standings.map { machine.contender($0) }
    let order = standings.indices.filter { standings[$0].rank != nil }.sorted {
      let (one, other) = (standings[$0], standings[$1])
      if one.isTakenAtOnce != other.isTakenAtOnce { return one.isTakenAtOnce }
      return machine.precedes(
        contenders[$0], score: one.score, contenders[$1], score: other.score)
    }
    for (place, index) in order.enumerated() { standings[index].rank = place + 1 }
    candidateCount = order.count
    first = order.first
    second = order.dropFirst().first
  }

  /// Selects all that was started by one that is selected, directly or not.
  private mutating func addDescendants() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      let selected = standings.filter(\.isSelected).map(\.id)
      for index in standings.indices where !standings[index].isSelected {
        guard let parent = standings[index].parent, selected.holds(parent) else { continue }
        standings[index].isSelected = true
        hasChanged = true
      }
    }
  }
}

extension [ProcessID] {
  /// Whether it is among these, which ascend.
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
  fileprivate func contender(_ standing: Standing) -> Contender {
    Contender(
      badness: standing.badness ?? Int128(standing.score ?? 0), startTicks: standing.startTicks,
      pid: Int(standing.id.rawValue))
  }
}

extension GroupState {
  /// Of how many groups the files are read.
  private static let most = 64

  /// The groups of the worst processes.
  static func all(of standings: [Standing], in world: borrowing World) -> [GroupState] {
    guard let hierarchy = world.knownMemoryCgroups else { return [] }
    var paths: [String] = []
    for standing in standings.sorted(by: { ($0.rank ?? .max) < ($1.rank ?? .max) }) {
      guard paths.count < most else { break }
      if let path = standing.cgroup, !paths.contains(path) { paths.append(path) }
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
