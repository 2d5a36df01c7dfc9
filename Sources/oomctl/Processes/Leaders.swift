import Badness
import ProcFS

/// The first victims in exact order, read at the least cost: scores of all, details of few.
///
/// A score is coarse (one step is 1.5 thousandths of all memory), so among equals the details decide.
struct Leaders {
  let scan: ScoreScan
  var survey = Survey()
  private(set) var subjects: [Subject] = []
  /// Whether the badness of each is wanted, though the order may not need it.
  private let isScored: Bool

  /// A class of equals up to this size is read whole. Of a larger one the likeliest are, which `status`
  /// tells (it alone costs half of all details).
  private static let largestWholeClass = 256

  init(
    count: Int, needs: Record.Needs, isScored: Bool, on machine: Machine,
    in proc: borrowing ProcFS
  ) throws(Failure) {
    self.isScored = isScored
    scan = try ScoreScan(count: count, in: proc)
    var rest = scan.leaders[...]
    while let first = rest.first, subjects.count < count {
      let equals = rest.prefix { $0.score == first.score }
      rest = rest.dropFirst(equals.count)
      append(equals, upTo: count, needs: needs, on: machine, in: proc)
    }
  }

  private mutating func append(
    _ equals: ArraySlice<ScoreScan.Entry>, upTo count: Int, needs: Record.Needs,
    on machine: Machine, in proc: borrowing ProcFS
  ) {
    let wanted = count - subjects.count
    // A lone one needs no comparison; at 0 the badness tells who can be chosen at all.
    let isScored = equals.count > 1 || equals.first?.score == 0 || isScored
    // The score is known already.
    let needs = (isScored ? needs.union(machine.badnessNeeds) : needs).subtracting(.score)
    var records: [Record] = []
    for entry in shortlist(of: equals, wanted: wanted, on: machine, in: proc) {
      guard var record = survey.record(of: entry.id, needs: needs, in: proc) else { continue }
      record.score = entry.score
      records.append(record)
    }
    let eligible = records.map { Subject($0, on: machine, isScored: isScored) }.filter(machine.isEligible)
    for var subject in eligible.sorted(by: machine.precedes).prefix(wanted) {
      subject.rank = subjects.count + 1
      subjects.append(subject)
    }
  }

  /// Those of equal score that can be among the first `wanted`.
  private mutating func shortlist(
    of equals: ArraySlice<ScoreScan.Entry>, wanted: Int, on machine: Machine,
    in proc: borrowing ProcFS
  ) -> [ScoreScan.Entry] {
    let size = max(Self.largestWholeClass, 4 * wanted)
    guard equals.count > size, let score = equals.first?.score,
      let step = ScoreStep(score, on: machine)
    else { return Array(equals) }
    var best: [(badness: Int128, entry: ScoreScan.Entry)] = []
    for entry in equals {
      guard let status = try? proc.status(of: entry.id) else { continue }
      best.append((step.highestBadness(of: status), entry))
      // Twice the size is sorted once for every `size` processes: in all, little.
      if best.count >= 2 * size { best.keepFirst(size) }
    }
    best.keepFirst(size)
    return best.map(\.entry)
  }
}

extension [(badness: Int128, entry: ScoreScan.Entry)] {
  /// Keeps those with the highest badness; among equals the later, which kernels since 4.7 prefer.
  fileprivate mutating func keepFirst(_ count: Int) {
    sort { ($0.badness, $0.entry.id) > ($1.badness, $1.entry.id) }
    removeSubrange(Swift.min(count, self.count)...)
  }
}
