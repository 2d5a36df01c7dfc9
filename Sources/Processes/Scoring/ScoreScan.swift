package import Core
package import ProcFS

/// The kernel's scores of all processes, of which only the highest are kept.
///
/// It costs three calls to the kernel a process, and memory for the highest scores and their equals.
package struct ScoreScan {
  package struct Entry: Equatable {
    package var score: UInt64
    package var id: ProcessID

    /// The order of the leaders.
    func precedes(_ other: Entry) -> Bool { (score, id) > (other.score, other.id) }
  }

  /// The number of leaders asked for.
  let count: Int
  /// The highest scores: at least `count`, and with them all that equal the lowest of these.
  package private(set) var highest: [Entry] = []
  /// The number of processes at each score up to 2000, the highest of today's kernels.
  private var histogram = [UInt32](repeating: 0, count: 2001)
  /// The number of processes above 2000.
  private var beyondCount = 0
  package private(set) var positiveCount = 0
  package private(set) var zeroCount = 0
  /// True if the process that is left out has a score.
  private var hasBystander = false
  private(set) var hiddenCount = 0
  private(set) var first = Completeness.FirstProcess.absent
  package private(set) var malformed: [ProcessID] = []
  /// Processes whose score couldn't be read for another reason, and that of the first one.
  package private(set) var failedCount = 0
  package private(set) var firstFailure: (id: ProcessID, errno: Errno)?

  /// Scans all processes except one, such as this program.
  package init(
    count: Int, but bystander: ProcessID? = nil, in proc: borrowing ProcFS
  ) throws(Failure) {
    self.count = max(1, count)
    do {
      try readScores(but: bystander, in: proc)
    } catch {
      throw Failure(error)
    }
    prune()
  }

  private mutating func readScores(
    but bystander: ProcessID?, in proc: borrowing ProcFS
  ) throws(ProcFSError) {
    var next = max(1024, 2 * count)
    try proc.forEachProcess { id in
      do throws(Errno) {
        guard let score = try proc.oomScore(of: id) else { return malformed.append(id) }
        if id.rawValue == 1 { first = score == 0 ? .exempt : .killable }
        if id == bystander {
          hasBystander = true
          return
        }
        add(Entry(score: score, id: id))
      } catch {
        note(error, of: id)
      }
      if highest.count >= next {
        prune()
        next = max(next, 2 * highest.count)
      }
    }
  }

  private mutating func note(_ error: Errno, of id: ProcessID) {
    switch error.meaning {
    case .absent, .notEnabled: break
    case .hidden: hiddenCount += 1
    case .failure:
      failedCount += 1
      firstFailure = firstFailure ?? (id, error)
    }
  }

  private mutating func add(_ entry: Entry) {
    if entry.score > 0 { positiveCount += 1 } else { zeroCount += 1 }
    if entry.score <= 2000 { histogram[Int(entry.score)] += 1 } else { beyondCount += 1 }
    if highest.count < count || entry.score >= floor { highest.append(entry) }
  }

  /// The score below which nothing is kept.
  private var floor: UInt64 = 0

  /// Drops processes that can't be among the leaders any more.
  private mutating func prune() {
    highest.sort { $0.precedes($1) }
    guard highest.count > count else { return }
    floor = highest[count - 1].score
    let end = highest[count...].firstIndex { $0.score < floor } ?? highest.count
    highest.removeSubrange(end...)
  }
}

extension ScoreScan {
  /// True if there are no scores: to 2.6.10 there was no such file.
  package var isEmpty: Bool { positiveCount + zeroCount == 0 && !hasBystander }

  /// The number of processes with a higher score.
  package func countAbove(_ score: UInt64) -> Int {
    guard score < 2000 else { return highest.count { $0.score > score } }
    return histogram[(Int(score) + 1)...].reduce(beyondCount) { $0 + Int($1) }
  }

  /// The number of processes with exactly this score.
  package func countEqual(_ score: UInt64) -> Int {
    score <= 2000 ? Int(histogram[Int(score)]) : highest.count { $0.score == score }
  }
}
