package import Core
package import ProcFS
package import Processes

/// The processes that a changing command may change, and those that it was asked for but mustn't.
package struct Targets {
  package private(set) var subjects: [ScoredProcess] = []
  package private(set) var refused: [(subject: ScoredProcess, refusal: Refusal)] = []
  /// Numbers of no process, and values that mean nobody where others mean somebody.
  package private(set) var absentees: [Absentee]
  /// All that is meant, before any choice.
  package let matching: [ScoredProcess]
  /// Processes that an error kept from being read: what they are isn't known.
  package let unread: Set<ProcessID>
  /// All that was read, for relations between them, but for this program.
  package let processes: [ScoredProcess]
  /// Files that couldn't be read.
  package private(set) var remarks: [Remark]

  /// The reason why something isn't done, and advice.
  package struct Refusal {
    var reason: String
    var advice: String?

    init(_ reason: String, advice: String? = nil) {
      self.reason = reason
      self.advice = advice
    }
  }

  /// A function that picks those that are meant from the selected ones.
  package typealias Choice = (_ selected: [ScoredProcess]) throws(Failure) -> [ScoredProcess]

  /// - Parameters:
  ///   - needs: Files to read beside those that the selection and a change need.
  ///   - readsAll: Whether others are of interest too where only numbers were given.
  ///   - stopped: Units that were named and needn't run.
  ///   - request: The new adjustment; it lowers only the system's processes, or named ones.
  package init(
    of context: ProcessContext, needs: ProcessSnapshot.Fields = [], readsAll: Bool = false,
    stopped: [String] = [],
    _ options: ChangeOptions, for request: AdjustmentRequest, in world: borrowing World,
    choosing: Choice = { selected in selected }
  ) throws(Failure) {
    let selection = context.selection
    var missing = try selection.missingNumbers(in: world)
    let numbers = Set(selection.numbers.map(\.id)).sorted()
    let processes = try ProcessList(
      of: selection.isNumbersOnly && !readsAll ? numbers : nil, on: context.machine,
      needs: selection.needs.union(Self.needs).union(needs), isScored: false, in: world.proc)
    let own = world.ownProcess
    self.processes = processes.subjects.without(own.flatMap { numbers.contains($0) ? nil : $0 })
    remarks = processes.reader.remarks + Self.remarks(onHidden: processes.reader, in: world)
    if var remark = selection.remark(on: processes.reader) {
      remark.isError = world.isRoots
      remarks.append(remark)
    }
    missing.addVanished(selection.numbers, from: processes.subjects)
    let wanted = selection.needs.union(needs).subtracting(.program)
    unread = Set(
      processes.reader.unread.filter { $0.value == .failure || world.isRoots }.map(\.key)
        + processes.subjects.filter { !$0.record.unknown.isDisjoint(with: wanted) }.map(\.id))
    let matching = selection.selected(from: processes.subjects)
    self.matching = matching
    let needsNone = !stopped.isEmpty && selection.meansOnly(units: selection.unitNames)
    let isVoid = matching.isEmpty && missing.isEmpty && !needsNone
    absentees = missing.absentees
    if !isVoid {
      absentees += selection.unmatched(from: processes.subjects, isVoid: false)
        .filter { !$0.meansOnly(units: stopped) }
        .map { Absentee(of: $0, $0.absence(among: processes.subjects, in: world)) }
    }
    let rights = LoweringRights(context, matching, in: world)
    let isForeign = { (subject: ScoredProcess) in
      !options.isForced && request.lowers(subject.record, on: context.machine)
        && !rights.cover(subject)
    }
    let foreign = matching.filter(isForeign)
    let foreignIDs = Set(foreign.map(\.id))
    let selected = try choosing(matching.filter { !foreignIDs.contains($0.id) })
    if !options.meansAll {
      try selection.refuseAmbiguity(among: selected.filter { $0.reasonToRefuse == nil })
    }
    for subject in selected { add(subject, isNamed: numbers.contains(subject.id), options) }
    refuse(
      Self.choice(of: foreign, among: matching, choosing), by: selection,
      context.columnContext.users)
    refuseThoseOfValues(selection, among: selected)
    let hasNone = subjects.isEmpty && refused.isEmpty && absentees.isEmpty
    if hasNone, !needsNone, !remarks.contains(where: \.isError) {
      throw selection.absence(among: processes.subjects, in: world)
    }
  }

  /// Those users' processes that would be changed if they were the system's: of a daemon's workers, and of
  /// sshd's sessions, nobody would be.
  private static func choice(
    of foreign: [ScoredProcess], among matching: [ScoredProcess], _ choosing: Choice
  ) -> [ScoredProcess] {
    guard !foreign.isEmpty else { return [] }
    do throws(Failure) {
      let chosen = Set(try choosing(matching).map(\.id))
      return foreign.filter { chosen.contains($0.id) }
    } catch {
      // Nothing can be chosen because they are all that there is.
      return foreign
    }
  }

  /// From root nothing should be hidden; from others what isn't theirs to change may be.
  private static func remarks(onHidden reader: ProcessReader, in world: borrowing World) -> [Remark]
  {
    guard reader.hiddenCount > 0 else { return [] }
    let text = "\(Completeness.phrase(reader.hiddenCount)) hidden: one may have been meant"
    return [Remark(text: text, isError: world.isRoots)]
  }

  /// Files that every change of an adjustment needs.
  private static let needs: ProcessSnapshot.Fields = [
    .stat, .status, .adjustment, .legacyAdjustment,
  ]

  /// Takes out those that another reason speaks against.
  package mutating func refuse(_ isMeant: (ScoredProcess) -> Bool, _ reason: String) {
    refused += subjects.filter(isMeant).map { ($0, Refusal(reason)) }
    subjects.removeAll(where: isMeant)
  }

  /// Users' processes that a word means, or that descend from what is the system's.
  private mutating func refuse(
    _ foreign: [ScoredProcess], by selection: ProcessSelection, _ users: Users
  ) {
    for subject in foreign {
      let owner = users.owner(of: subject.record.status).names(users)
      guard selection.means(subject.record) else {
        refused.append((subject, Self.refusal(ofDescendantOf: owner)))
        continue
      }
      let refusal = Refusal(
        "belongs to \(owner), and a word lowers only what is root's or the system's",
        advice: "Give its number, or add --user \(owner).")
      refused.append((subject, refusal))
    }
  }

  /// A number means a tree by its root: who hangs there is a user's choice, by crontab(1), su(1) or a login.
  private static func refusal(ofDescendantOf owner: String) -> Refusal {
    Refusal(
      "belongs to \(owner), and --tree lowers only what is the system's or the root's own user's",
      advice: "Give its number, too.")
  }

  /// A value that means only what mustn't be changed was about just that, whatever others mean.
  private mutating func refuseThoseOfValues(
    _ selection: ProcessSelection, among selected: [ScoredProcess]
  ) {
    let known = Set((subjects + refused.map(\.subject)).map(\.id))
    var told: Set<ProcessID> = []
    for value in selection.values + [selection] {
      let meant = selected.filter { value.means($0.record) }
      guard !meant.contains(where: { known.contains($0.id) }) else { continue }
      for subject in meant {
        guard let reason = subject.reasonToRefuse, told.insert(subject.id).inserted else {
          continue
        }
        refused.append((subject, Refusal(reason)))
      }
    }
  }

  /// Takes note that a value means only what isn't there to be changed.
  package mutating func note(_ absentee: Absentee) { absentees.append(absentee) }

  /// A process that was named by number gets a reason why it's refused; others are left out.
  private mutating func add(_ subject: ScoredProcess, isNamed: Bool, _ options: ChangeOptions) {
    if let reason = subject.reasonToRefuse, !options.isForced {
      if isNamed { refused.append((subject, Refusal(reason))) }
    } else {
      subjects.append(subject)
    }
  }
}

extension ScoredProcess {
  /// The reason why nobody should change its adjustment.
  fileprivate var reasonToRefuse: String? {
    if id.rawValue == 1 {
      return "is process 1: the kernel spares the system's, and all that it starts would inherit"
    }
    if record.isKernelThread { return "is a thread of the kernel, which is never killed" }
    return nil
  }
}

extension ProcessSelection {
  /// A bare word that means several processes may mean more than its writer thought of.
  fileprivate func refuseAmbiguity(among selected: [ScoredProcess]) throws(Failure) {
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

/// Owners whose processes a command may lower: a name, a command line or a unit can be a user's
/// choice, so by such a word only root's and the system's are lowered; a user's by number, or with
/// her name.
private struct LoweringRights {
  private let users: Users
  private let spoken: Set<UInt32>
  private let numbers: Set<ProcessID>
  /// Owners of processes that were named by number, whose descendants are meant with --tree.
  private let ofNumbered: Set<UInt32>
  /// Units that are named after their user.
  private let units: Set<String>

  init(_ context: ProcessContext, _ matching: [ScoredProcess], in world: borrowing World) {
    users = context.columnContext.users
    let selection = context.selection
    spoken = selection.spokenUsers
    let numbers = Set(selection.numbers.map(\.id))
    self.numbers = numbers
    let users = users
    let numbered = matching.filter { selection.withDescendants && numbers.contains($0.id) }
    ofNumbered = Set(numbered.flatMap { users.owner(of: $0.record.status).ordinary ?? [] })
    units = Set(selection.unitNames.filter { $0.hasPrefix("user@") })
  }

  func cover(_ subject: ScoredProcess) -> Bool {
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
  /// True where root calls the program.
  fileprivate var isRoots: Bool { environment.userID() == 0 }
}
