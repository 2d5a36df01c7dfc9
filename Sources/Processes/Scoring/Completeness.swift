package import Core
import ProcFS

/// The completeness of a view: all processes were seen, or the reasons why not.
package struct Completeness {
  package var isComplete: Bool
  /// True if all processes were seen, though files of theirs may be lacking.
  package private(set) var seesAll = false
  /// True if all in this PID namespace were seen, but not those outside.
  package private(set) var isOnlyOutside = false
  /// Remarks for the reader.
  package var remarks: [Remark] = []

  /// - Parameters:
  ///   - hiddenCount: Processes whose files may not be read.
  ///   - failedCount: Failed reads; they are reported separately.
  ///   - first: The kind of process 1; it is there in every namespace unless it's hidden.
  private init(
    hiddenCount: Int, failedCount: Int, first: FirstProcess, in world: borrowing World
  ) {
    if failedCount > 0, hiddenCount == 0 {
      isComplete = false
      return
    }
    // The system's own process 1 is never killable, so this is another's; without asking again. Captures of
    // old kernels may lack what tells the two apart.
    let isElsewhere =
      switch first {
      case .exempt: false
      case .killable: world.isThisMachine || world.showsInitialNamespace == false
      case .absent: world.showsInitialNamespace == false
      }
    if hiddenCount == 0, isElsewhere {
      isComplete = false
      isOnlyOutside = world.hiding == nil
      remarks = [
        .note(
          "Processes outside this PID namespace can't be seen: the kernel may choose one of them")
      ]
      return
    }
    if hiddenCount == 0 && first != .absent {
      (isComplete, seesAll) = (true, true)
      return
    }
    let hiding = world.hiding
    isComplete = hiddenCount == 0 && hiding == nil && !world.proc.isLive
    seesAll = isComplete
    guard !isComplete else { return }
    let cause = hiding.map { " (/proc is mounted with \($0))" } ?? ""
    let hidden =
      hiddenCount == 0 ? "Some processes are" : Completeness.phrase(hiddenCount)
    remarks = [.note("\(hidden) hidden\(cause): the result is incomplete")]
  }

  /// The completeness of processes that were read one by one.
  package init(of reader: ProcessReader, first: FirstProcess, in world: borrowing World) {
    self.init(
      hiddenCount: reader.hiddenCount, failedCount: reader.problemCount, first: first, in: world)
  }

  package init(of firstVictims: FirstVictims, in world: borrowing World) {
    self.init(
      hiddenCount: firstVictims.scan.hiddenCount + firstVictims.reader.hiddenCount,
      failedCount: firstVictims.scan.failedCount + firstVictims.reader.problemCount,
      first: firstVictims.scan.first, in: world)
    note([firstVictims.reader.lackRemark])
  }

  /// The completeness of a list, and with a selection that of everything it asks about.
  package init(
    of processes: ProcessList, for selection: ProcessSelection? = nil, in world: borrowing World
  ) {
    let first = processes.subjects.first { $0.id.rawValue == 1 }
    self.init(
      hiddenCount: processes.reader.hiddenCount, failedCount: processes.reader.problemCount,
      first: first.map { $0.record.isInit ? .exempt : .killable } ?? .absent, in: world)
    note([selection?.remark(on: processes.reader), processes.reader.lackRemark])
  }

  private mutating func note(_ more: [Remark?]) {
    let more = more.compactMap { $0 }
    guard !more.isEmpty else { return }
    isComplete = false
    remarks += more
  }

  /// The count with its noun and verb.
  package static func phrase(_ count: Int) -> String {
    count == 1 ? "1 process is" : "\(count) processes are"
  }

  /// Only the system's own process 1 is beyond the kernel's reach by itself.
  package enum FirstProcess { case absent, exempt, killable }
}

extension ProcessSelection {
  /// The remark where programs were asked for, and those of some processes may not be read.
  package func remark(on reader: ProcessReader) -> Remark? {
    guard !programPaths.isEmpty, reader.hiddenProgramCount > 0 else { return nil }
    let count = reader.hiddenProgramCount
    return .note(
      count == 1
        ? "1 process doesn't show what it runs: it may match"
        : "\(count) processes don't show what they run: some may match"
    )
  }
}

extension ProcessReader {
  /// True if everything asked of existing processes could be read.
  package var isWhole: Bool { problemCount + hiddenCount == 0 }

  /// What a copied tree lacks: that isn't known, once for all.
  fileprivate var lackRemark: Remark? {
    guard lackingCount > 0 else { return nil }
    return .note(
      "Of \(copiedCount) processes \(lackingCount) lack stat, which wasn't captured: their threads and start times aren't "
        + "known, and badness is computed from status alone")
  }

  /// Reads that failed, and files that hold nonsense, as errors.
  package var remarks: [Remark] {
    var remarks = problems.map { Remark.error("\($0)") }
    let more = problemCount - problems.count
    if more > 0 { remarks.append(.error("\(more) more files of processes can't be read")) }
    return remarks
  }
}

extension World {
  /// True if the PID namespace is the first one; `nil` where the kernel doesn't show it.
  package var showsInitialNamespace: Bool? { known(try proc.showsInitialNamespace) ?? nil }

  /// The option by which `/proc` hides processes.
  fileprivate var hiding: String? { known(try proc.mounts)?.proc?.hiding }
}
