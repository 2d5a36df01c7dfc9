import ProcFS

/// The processes that a changing command may change, and those that it was asked for but mustn't.
struct Targets {
  private(set) var subjects: [Subject] = []
  private(set) var refused: [(subject: Subject, refusal: Refusal)] = []
  /// Numbers of no process.
  let missing: [Remark]
  /// Processes that an error kept from being read: what they are isn't known.
  let unread: Set<ProcessID>
  /// All that was read, for relations between them.
  let population: [Subject]
  /// What couldn't be read, and who else bears a name that was given.
  private(set) var remarks: [Remark]

  /// Why something isn't done, and what would help.
  struct Refusal {
    var reason: String
    var advice: String?

    init(_ reason: String, advice: String? = nil) {
      self.reason = reason
      self.advice = advice
    }
  }

  /// Which of the selected ones are meant.
  typealias Choice = (_ selected: [Subject]) throws(Failure) -> [Subject]

  /// - Parameters:
  ///   - needs: Files to read beside those that the selection and a change need.
  ///   - readsAll: Whether others are of interest too where only numbers were given.
  ///   - request: What is to become of them: whom it would lower must be the system's, or be named.
  init(
    of scene: Scene, needs: Record.Needs = [], readsAll: Bool = false, _ options: ChangeOptions,
    for request: AdjustmentRequest, in world: borrowing World,
    choosing: Choice = { selected in selected }
  ) throws(Failure) {
    let selection = scene.selection
    var missing = try selection.missingNumbers(in: world)
    let numbers = Set(selection.numbers.map(\.id)).sorted()
    let population = try Population(
      of: selection.isNumbersOnly && !readsAll ? numbers : nil, on: scene.machine,
      needs: selection.needs.union(Self.needs).union(needs), isScored: false, in: world.proc)
    self.population = population.subjects
    remarks = population.survey.remarks + Self.remarks(onHidden: population.survey, in: world)
    if var remark = selection.remark(on: population.survey) {
      remark.isError = world.isRoots
      remarks.append(remark)
    }
    missing.addVanished(selection.numbers, from: population.subjects)
    self.missing = missing.remarks
    let wanted = selection.needs.union(needs).subtracting(.program)
    unread = Set(
      population.survey.unread.filter { $0.value == .failure || world.isRoots }.map(\.key)
        + population.subjects.filter { !$0.record.unknown.isDisjoint(with: wanted) }.map(\.id))
    let matching = selection.selected(from: population.subjects)
    let rights = LoweringRights(scene, matching, in: world)
    let isForeign = { (subject: Subject) in
      !options.isForced && request.lowers(subject.record, on: scene.machine)
        && !rights.cover(subject)
    }
    let foreign = matching.filter(isForeign)
    let foreignIDs = Set(foreign.map(\.id))
    let selected = try choosing(matching.filter { !foreignIDs.contains($0.id) })
    if !options.meansAll {
      try selection.refuseAmbiguity(among: selected.filter { $0.reasonToRefuse == nil })
    }
    for subject in selected { add(subject, isNamed: numbers.contains(subject.id), options) }
    addForeign(foreign, scene.context.users)
    // Where nothing else was meant, it was those.
    if subjects.isEmpty, refused.isEmpty {
      refused = selected.compactMap { subject in
        subject.reasonToRefuse.map { (subject, Refusal($0)) }
      }
    }
    if subjects.isEmpty, refused.isEmpty, missing.isEmpty, !remarks.contains(where: \.isError) {
      throw selection.absence(among: population.subjects, in: world)
    }
  }

  /// From root nothing should be hidden; from others what isn't theirs to change may be.
  private static func remarks(onHidden survey: Survey, in world: borrowing World) -> [Remark] {
    guard survey.hiddenCount > 0 else { return [] }
    let text = "\(Completeness.phrase(survey.hiddenCount)) hidden: one may have been meant"
    return [Remark(text: text, isError: world.isRoots)]
  }

  /// What every change of an adjustment needs.
  private static let needs: Record.Needs = [.stat, .status, .adjustment, .legacyAdjustment]

  /// Takes out those that another reason speaks against.
  mutating func refuse(_ isMeant: (Subject) -> Bool, _ reason: String) {
    refused += subjects.filter(isMeant).map { ($0, Refusal(reason)) }
    subjects.removeAll(where: isMeant)
  }

  /// Users' processes that a word means too: where it means others they are left out with a word, else
  /// they are refused.
  private mutating func addForeign(_ foreign: [Subject], _ users: Users) {
    let owners = { (subject: Subject) in users.owner(of: subject.record.status).names(users) }
    guard subjects.isEmpty, refused.isEmpty else {
      remarks += foreign.prefix(Self.mostForeign).map {
        .note("\($0.label) belongs to \(owners($0)): left alone")
      }
      return
    }
    for subject in foreign.prefix(Self.mostForeign) {
      let owner = owners(subject)
      refused.append(
        (
          subject,
          Refusal(
            "belongs to \(owner), and a word lowers only what is root's or the system's",
            advice: "Give its number, or add --user \(owner).")
        ))
    }
  }

  private static let mostForeign = 10

  /// Who was named by number is told why it's refused; others are left out.
  private mutating func add(_ subject: Subject, isNamed: Bool, _ options: ChangeOptions) {
    if let reason = subject.reasonToRefuse, !options.isForced {
      if isNamed { refused.append((subject, Refusal(reason))) }
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

/// Whose processes a command may lower: a name, a command line or a unit can be a user's choice, so by such
/// a word only root's and the system's are lowered; a user's by number, or with her name.
private struct LoweringRights {
  private let users: Users
  private let spoken: Set<UInt32>
  private let numbers: Set<ProcessID>
  /// Owners of processes that were named by number, whose descendants are meant with --tree.
  private let ofNumbered: Set<UInt32>
  /// Units that are named after their user.
  private let units: Set<String>

  init(_ scene: Scene, _ matching: [Subject], in world: borrowing World) {
    users = scene.context.users
    let selection = scene.selection
    spoken = selection.spokenUsers
    let numbers = Set(selection.numbers.map(\.id))
    self.numbers = numbers
    let users = users
    let numbered = matching.filter { selection.withDescendants && numbers.contains($0.id) }
    ofNumbered = Set(numbered.flatMap { users.owner(of: $0.record.status).ordinary ?? [] })
    units = Set(selection.unitNames.filter { $0.hasPrefix("user@") })
  }

  func cover(_ subject: Subject) -> Bool {
    if numbers.contains(subject.id) { return true }
    let owner = users.owner(of: subject.record.status)
    if owner.isSystem || owner.isAmong(spoken.union(ofNumbered)) { return true }
    guard let unit = subject.record.unit, unit.user == nil, let name = unit.system else {
      return false
    }
    return units.contains(name)
  }
}

extension World {
  /// Whether root calls the program.
  fileprivate var isRoots: Bool { environment.userID() == 0 }
}
