import ProcFS

/// The processes that a changing command may change, and those that it was asked for but mustn't.
struct Targets {
  private(set) var subjects: [Subject] = []
  /// With the reason.
  private(set) var refused: [(subject: Subject, reason: String)] = []
  /// Numbers of no process.
  let missing: [Remark]
  /// All that was read, for relations between them.
  let population: [Subject]
  /// What couldn't be read.
  let remarks: [Remark]

  /// Which of the selected ones are meant.
  typealias Choice = (_ selected: [Subject]) throws(Failure) -> [Subject]

  /// - Parameters:
  ///   - needs: Files to read beside those that the selection and a change need.
  ///   - readsAll: Whether others are of interest too where only numbers were given.
  init(
    of scene: Scene, needs: Record.Needs = [], readsAll: Bool = false, _ options: ChangeOptions,
    in world: borrowing World, choosing: Choice = { selected in selected }
  ) throws(Failure) {
    let selection = scene.selection
    missing = try selection.missingNumbers(in: world)
    let numbers = Set(selection.numbers.map(\.id)).sorted()
    let population = try Population(
      of: selection.isNumbersOnly && !readsAll ? numbers : nil, on: scene.machine,
      needs: selection.needs.union(Self.needs).union(needs), isScored: false, in: world.proc)
    self.population = population.subjects
    remarks = population.survey.remarks
    let selected = try choosing(selection.selected(from: population.subjects))
    if !options.meansAll {
      try selection.refuseAmbiguity(among: selected.filter { $0.reasonToRefuse == nil })
    }
    for subject in selected { add(subject, isNamed: numbers.contains(subject.id), options) }
    // Where nothing else was meant, it was those.
    if subjects.isEmpty, refused.isEmpty {
      refused = selected.compactMap { subject in
        subject.reasonToRefuse.map { (subject, $0) }
      }
    }
    if subjects.isEmpty, refused.isEmpty, missing.isEmpty {
      throw Failure("no process matches")
    }
  }

  /// What every change of an adjustment needs.
  private static let needs: Record.Needs = [.stat, .status, .adjustment, .legacyAdjustment]

  /// Takes out those that another reason speaks against.
  mutating func refuse(_ isMeant: (Subject) -> Bool, _ reason: String) {
    refused += subjects.filter(isMeant).map { ($0, reason) }
    subjects.removeAll(where: isMeant)
  }

  /// Who was named by number is told why it's refused; others are left out.
  private mutating func add(_ subject: Subject, isNamed: Bool, _ options: ChangeOptions) {
    if let reason = subject.reasonToRefuse, !options.isForced {
      if isNamed { refused.append((subject, reason)) }
    } else {
      subjects.append(subject)
    }
  }
}

extension Subject {
  /// Why nobody should change its adjustment.
  fileprivate var reasonToRefuse: String? {
    if id.rawValue == 1 {
      return "is process 1: the kernel spares the system's, and all that it starts would inherit"
    }
    if record.isKernelThread { return "is a thread of the kernel, which is never killed" }
    return nil
  }
}

extension Selection {
  /// A bare word that means several processes may mean more than its writer thought of.
  fileprivate func refuseAmbiguity(among selected: [Subject]) throws(Failure) {
    for word in bareNames {
      var meant = selected.filter { $0.record.names.contains(word) }
      // A whole family was asked for: who belongs to it by birth is no second meaning.
      if withDescendants { meant = MainProcesses.roots(of: meant) }
      guard meant.count > 1 else { continue }
      let shown = meant.prefix(10).map(\.label).joined(separator: ", ")
      let more = meant.count > 10 ? " and \(meant.count - 10) more" : ""
      throw Failure(
        "'\(word)' means \(meant.count) processes: \(shown)\(more)",
        advice: "Name one by its number, or add --all.", status: .refused)
    }
  }
}
