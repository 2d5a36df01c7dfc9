import Badness
package import Core
package import ProcFS

/// The first victims in exact order, read at the least cost: scores of all, details of few.
///
/// A score is coarse (one step is 1.5 thousandths of all memory), so among equals the details decide.
package struct FirstVictims {
  package let scan: ScoreScan
  package var reader = ProcessReader()
  package private(set) var subjects: [ScoredProcess] = []
  /// True if the badness of each is wanted, even where the order doesn't need it.
  private let isScored: Bool

  /// The largest class of equals that is read whole. In a larger one, one file of each selects the
  /// worst: all details would cost several times as much.
  private static let largestWholeClass = 64
  /// This limit for repeated looks, where the next look corrects an error.
  private static let smallestWholeClass = 16
  /// The number of pages of what has none, and so can't be chosen.
  private static let noMemory = -1
  /// Spare processes: some end before their details are read, and others move up.
  private static let spareCount = 16

  package init(
    count: Int, needs: ProcessSnapshot.Fields, isScored: Bool, on machine: Machine,
    in proc: borrowing ProcFS
  ) throws(Failure) {
    var nothing: TieCache?
    try self.init(
      count: count, needs: needs, isScored: isScored, recalling: &nothing, on: machine, in: proc)
  }

  /// With a cache the order of many equals may lag behind by some looks.
  package init(
    count: Int, needs: ProcessSnapshot.Fields, isScored: Bool, recalling cache: inout TieCache?,
    on machine: Machine, in proc: borrowing ProcFS
  ) throws(Failure) {
    self.isScored = isScored
    cache?.begin()
    scan = try ScoreScan(count: count + Self.spareCount, but: machine.bystander, in: proc)
    let origins = try reader.origins(needs: needs, on: machine, in: proc).prefix(count)
    for var subject in origins {
      subject.rank = subjects.count + 1
      subjects.append(subject)
    }
    var rest = scan.highest[...]
    if !origins.isEmpty {
      rest = scan.highest.filter { entry in !origins.contains { $0.id == entry.id } }[...]
    }
    while let first = rest.first, subjects.count < count {
      let equals = rest.prefix { $0.score == first.score }
      rest = rest.dropFirst(equals.count)
      append(equals, upTo: count, needs: needs, recalling: &cache, on: machine, in: proc)
    }
  }

  private mutating func append(
    _ equals: ArraySlice<ScoreScan.Entry>, upTo count: Int, needs: ProcessSnapshot.Fields,
    recalling cache: inout TieCache?, on machine: Machine, in proc: borrowing ProcFS
  ) {
    let wanted = count - subjects.count
    // A lone one needs no comparison; at 0 the badness shows which can be chosen at all.
    let isScored = equals.count > 1 || equals.first?.score == 0 || isScored
    // The score is known already.
    let needs = (isScored ? needs.union(machine.badnessNeeds) : needs).subtracting(.score)
    var records: [ProcessSnapshot] = []
    let candidates = shortlist(
      of: equals, wanted: wanted, recalling: &cache, on: machine, in: proc)
    for known in candidates {
      guard
        var record = reader.record(of: known.id, needs: needs.subtracting(known.files), in: proc)
      else { continue }
      record.score = known.score
      record.status = record.status ?? known.status
      record.stat = record.stat ?? known.stat
      records.append(record)
    }
    let eligible = records.map { ScoredProcess($0, on: machine, isScored: isScored) }.filter(
      machine.isEligible)
    for var subject in eligible.sorted(by: machine.precedes).prefix(wanted) {
      subject.rank = subjects.count + 1
      subjects.append(subject)
    }
  }

  /// Processes of equal score that can be among the first `wanted`, with the file that shows it.
  private mutating func shortlist(
    of equals: ArraySlice<ScoreScan.Entry>, wanted: Int,
    recalling cache: inout TieCache?, on machine: Machine, in proc: borrowing ProcFS
  ) -> [ProcessSnapshot] {
    let size =
      cache == nil
      ? max(Self.largestWholeClass, 4 * wanted) : Self.smallestWholeClass + wanted
    guard equals.count > size, let score = equals.first?.score,
      let step = ScoreBucket(score, on: machine)
    else { return equals.map { ProcessSnapshot(id: $0.id, score: $0.score) } }
    var best: [Suspect] = []
    for entry in equals {
      var record = ProcessSnapshot(id: entry.id, score: entry.score)
      let known = cache?.pages(of: entry)
      if known == nil {
        guard reader.read(&record, byStat: machine.scoresByStatAlone, in: proc) else { continue }
      }
      let pages = known ?? (record.mayHaveMemory ? step.pages(of: record) : Self.noMemory)
      cache?.note(pages, of: entry)
      guard pages != Self.noMemory else { continue }
      best.append(Suspect(badness: step.highestBadness(ofPages: pages), record: record))
      // Twice the size is sorted once for every `size` processes: in all, little.
      if best.count >= 2 * size { best.keepFirst(size) }
    }
    best.keepFirst(size)
    return best.map(\.record)
  }
}

extension Machine {
  /// True where `stat` gives all of the badness except page tables, as before 7.0 without swap.
  /// Reading it takes two thirds of the time of `status`.
  fileprivate var scoresByStatAlone: Bool { !scoresExactSums && capacity?.swap == 0 }
}
