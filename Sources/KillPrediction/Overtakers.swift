import Badness
import Core
import ProcFS
import Processes

/// Processes behind the leaders that may come before them after a reclaim. They are found as
/// `FirstVictims` finds the worst of many equals: one file of each gives its highest possible
/// badness, and the worst are read in full.
struct Overtakers {
  private(set) var subjects: [ScoredProcess] = []
  private(set) var reader: ProcessReader
  private let machine: Machine
  private let reclaim: Reclaim
  private let known: Set<ProcessID>
  /// The least badness that an overtaker must have.
  private let threshold: Int128
  /// The number of suspects that are read in full.
  private let size: Int

  private static let smallestSize = 64
  /// The highest number of processes (include/linux/threads.h `PID_MAX_LIMIT`).
  private static let mostProcesses = 1 << 22

  /// - Parameter field: The leaders after the reclaim.
  init(count: Int, of field: PredictionInput, _ reclaim: Reclaim) {
    machine = field.machine
    self.reclaim = reclaim
    reader = field.reader
    known = Set(field.subjects.map(\.id))
    let ranked = field.candidates.map(\.badness).sorted(by: >)
    threshold = ranked.count < count ? -.max : ranked[count - 1]
    size = max(Self.smallestSize, 4 * count)
  }

  /// Looks at all whose scores are high enough.
  ///
  /// - Parameter scores: Scores that are known already; if they don't reach down far enough, all
  ///   scores are read.
  mutating func find(by scores: ScoreScan?, in world: borrowing World) throws(Failure) {
    var suspects: [Suspect] = []
    var step: (score: UInt64, step: ScoreBucket?)?
    let scan =
      if let scores, reachesDown(scores) { scores } else {
        try ScoreScan(count: Self.mostProcesses, but: machine.bystander, in: world.proc)
      }
    for entry in scan.highest where !known.contains(entry.id) {
      if step?.score != entry.score { step = (entry.score, ScoreBucket(entry.score, on: machine)) }
      guard let step = step?.step, step.highest >= threshold else { break }
      var record = ProcessSnapshot(id: entry.id, score: entry.score)
      guard reader.read(&record, byStat: false, in: world.proc), record.mayHaveMemory else {
        continue
      }
      let most = step.highestBadness(ofPages: step.pages(of: record)) - dropped(from: record)
      guard most >= threshold else { continue }
      suspects.append(Suspect(badness: most, record: record))
      // Twice the size is sorted once for every `size` processes: in all, little.
      if suspects.count >= 2 * size { suspects.keepFirst(size) }
    }
    suspects.keepFirst(size)
    for suspect in suspects { read(suspect.record, in: world) }
  }

  /// True if no process below the lowest of these scores can come before the leaders.
  private func reachesDown(_ scan: ScoreScan) -> Bool {
    guard let lowest = scan.highest.last?.score, lowest > 0 else { return true }
    return ScoreBucket(lowest - 1, on: machine).map { $0.highest < threshold } ?? false
  }

  private func dropped(from record: ProcessSnapshot) -> Int128 {
    guard let pageSize = machine.pageSize else { return 0 }
    return Int128((reclaim.dropped(from: record) ?? 0) / pageSize)
  }

  private mutating func read(_ known: ProcessSnapshot, in world: borrowing World) {
    let rest = ProcessSnapshot.Fields.all.union(machine.badnessNeeds).subtracting(
      known.files.union(.score))
    guard var record = reader.record(of: known.id, needs: rest, in: world.proc) else { return }
    record.score = known.score
    record.status = record.status ?? known.status
    subjects.append(ScoredProcess(record, on: machine, isScored: true))
  }
}
