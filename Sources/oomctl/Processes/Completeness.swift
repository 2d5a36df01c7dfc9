import ProcFS

/// Whether all processes were seen, and if not, why.
struct Completeness {
  var isComplete: Bool
  /// What to tell the reader.
  var remarks: [Remark] = []

  /// - Parameters:
  ///   - hiddenCount: Processes whose files may not be read.
  ///   - sawFirst: Whether process 1 was there, as in every namespace it is unless it's hidden.
  init(hiddenCount: Int, sawFirst: Bool, in world: borrowing World) {
    if hiddenCount == 0 && sawFirst {
      isComplete = true
      return
    }
    let hiding = (try? world.proc.mounts)?.proc?.hiding
    isComplete = hiddenCount == 0 && hiding == nil && !world.proc.isLive
    guard !isComplete else { return }
    let cause = hiding.map { " (/proc is mounted with \($0))" } ?? ""
    let hidden =
      switch hiddenCount {
      case 0: "Some processes are"
      case 1: "1 process is"
      default: "\(hiddenCount) processes are"
      }
    remarks = [.note("\(hidden) hidden\(cause): what is shown is incomplete")]
  }

  init(of population: Population, in world: borrowing World) {
    self.init(
      hiddenCount: population.survey.hiddenCount,
      sawFirst: population.subjects.contains { $0.id.rawValue == 1 }, in: world)
  }
}

extension Survey {
  /// Files that hold nonsense, as errors.
  var remarks: [Remark] { problems.map { .error("\($0)") } }
}
