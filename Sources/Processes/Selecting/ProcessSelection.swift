package import Core
package import ProcFS

/// Selectors made ready to be asked: users looked up, programs found, our own process known.
package struct ProcessSelection {
  package let options: SelectionOptions
  /// Names asked for, bare ones among them.
  package let names: [String]
  let programs: [ProgramFile]
  private let users: [UInt32]
  /// Numbers asked for, with the inode where one was given.
  package let numbers: [ProcessNumber]
  /// This program: it matches only by number.
  private let own: ProcessID?
  /// Users whose processes are meant though they are no system's: those that are named, and the ordinary one
  /// who asks.
  package let spokenUsers: Set<UInt32>

  package init(
    _ options: SelectionOptions, users: Users, in world: borrowing World
  ) throws(Failure) {
    self.options = options
    var numbers = options.ids
    var names = options.names.map(\.text)
    for operand in options.operands {
      switch operand {
      case .number(let number): numbers.append(number)
      case .name(let name): names.append(name)
      }
    }
    self.numbers = numbers
    self.names = names
    var programs: [ProgramFile] = []
    for program in options.programs { programs.append(ProgramFile(program.text, in: world)) }
    self.programs = programs
    let caller = world.environment.userID()
    var ids: [UInt32] = options.isMine ? [caller] : []
    for user in options.users {
      guard let id = users.id(of: user.text) else {
        throw Failure("no user is called '\(user.text)'")
      }
      ids.append(id)
    }
    self.users = ids
    spokenUsers = Set(caller == 0 ? ids : ids + [caller])
    own = world.ownProcess
  }

  /// One value of another selection, as if it had been given alone.
  private init(_ options: SelectionOptions, of whole: ProcessSelection) {
    self.options = options
    numbers = options.numbers
    names = options.names.map(\.text) + options.bareNames
    programs = whole.programs.filter { file in options.programs.contains { $0.text == file.path } }
    users = zip(whole.options.users, whole.users.suffix(whole.options.users.count))
      .filter { user, _ in options.users.contains { $0.text == user.text } }.map(\.1)
    spokenUsers = whole.spokenUsers
    own = whole.own
  }

  /// Each value that was given, by itself; but for numbers, of which each is known to be there or not.
  package var values: [ProcessSelection] { options.values.map { ProcessSelection($0, of: self) } }

  /// Each value and each number by itself; none where only one was given, which is the whole.
  package var parts: [ProcessSelection] {
    let ofNumbers = options.numbers.map { number in SelectionOptions { $0.ids = [number] } }
    let parts = values + ofNumbers.map { ProcessSelection($0, of: self) }
    return parts.count > 1 ? parts : []
  }

  /// What was asked for, in the user's words.
  package var words: String { options.words }

  /// Names that were given as bare words.
  package var bareNames: [String] { options.bareNames }

  /// Paths of programs that were given.
  var programPaths: [String] { options.programs.map(\.text) }

  /// Whether nothing was asked for but these units.
  package func meansOnly(units: [String]) -> Bool {
    var others = options
    others.units = []
    return others.isEmpty && unitNames.allSatisfy(units.contains)
  }

  /// Names of units that were given.
  package var unitNames: [String] { options.units.map(\.name) }

  /// Whether the descendants of all are meant too.
  package var withDescendants: Bool { options.withDescendants }

  /// Whether anything was asked for at all.
  package var isEmpty: Bool { numbers.isEmpty && names.isEmpty && !hasOtherKinds }

  /// Whether a bare list of numbers says it all, so that no other process needs to be read.
  package var isNumbersOnly: Bool {
    !numbers.isEmpty && names.isEmpty && !hasOtherKinds && !options.withDescendants
  }

  private var hasOtherKinds: Bool { !users.isEmpty || options.hasOtherKinds }

  /// Files that tell whether a process is meant.
  package var needs: ProcessSnapshot.Fields {
    var needs: ProcessSnapshot.Fields = []
    if !names.isEmpty { needs.formUnion([.status, .executable, .commandLine]) }
    if !options.patterns.isEmpty { needs.formUnion(.commandLine) }
    if !programs.isEmpty { needs.formUnion(.program) }
    if !users.isEmpty { needs.formUnion(.status) }
    if !options.cgroups.isEmpty { needs.formUnion(.cgroups) }
    if !options.units.isEmpty { needs.formUnion([.cgroups, .status]) }
    if !options.parents.isEmpty || options.withDescendants { needs.formUnion(.stat) }
    return needs
  }

  /// Those of all processes that are meant, in their order.
  package func selected(from subjects: [ScoredProcess]) -> [ScoredProcess] {
    guard !isEmpty else { return subjects }
    let matching = subjects.filter { means($0.record) }
    guard options.withDescendants else { return matching }
    let members = subjects.descendants(of: Set(matching.map(\.id)))
    return subjects.filter { members.contains($0.id) && ($0.id != own || isNumbered($0.id)) }
  }

  /// Whether a process is meant, whoever started it.
  package func means(_ record: ProcessSnapshot) -> Bool {
    let isNumbered = isNumbered(record.id)
    if !isNumbered, record.id == own { return false }
    if !(numbers.isEmpty && names.isEmpty), !isNumbered,
      !record.names.contains(where: names.contains)
    {
      return false
    }
    return matchesOtherKinds(record)
  }

  private func isNumbered(_ id: ProcessID) -> Bool { numbers.contains { $0.id == id } }

  private func matchesOtherKinds(_ record: ProcessSnapshot) -> Bool {
    // What wasn't asked about isn't put together.
    let line = options.patterns.isEmpty ? "" : record.commandLine?.text ?? ""
    let cgroup = options.cgroups.isEmpty ? "" : record.cgroups?.memory?.path ?? ""
    let unit = options.units.isEmpty ? nil : record.unit
    return holds(options.patterns) { $0.matches(line) }
      && holds(programs) { $0.isRun(by: record) || $0.wasRun(by: record) }
      && holds(users) { $0 == record.status?.effectiveUserID }
      && holds(options.cgroups) { $0.contains(cgroup) }
      && holds(options.units) { means($0, unit, of: record) }
      && holds(options.parents) { $0.id == record.parent }
  }

  /// Of a kind that wasn't given, anything holds.
  private func holds<Selector>(_ kind: [Selector], _ test: (Selector) -> Bool) -> Bool {
    kind.isEmpty || kind.contains(where: test)
  }

  /// A unit's name means the system's. A user may call hers so too: that is meant only together with her.
  private func means(_ wanted: UnitName, _ unit: Unit?, of record: ProcessSnapshot) -> Bool {
    if wanted.name == unit?.system { return true }
    return wanted.name == unit?.user
      && record.status?.effectiveUserID.map(spokenUsers.contains) ?? false
  }
}

extension SelectionOptions {
  fileprivate var bareNames: [String] {
    operands.compactMap { if case .name(let name) = $0 { name } else { nil } }
  }

  fileprivate var numbers: [ProcessNumber] {
    ids + operands.compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  /// Each value by itself, but for numbers.
  fileprivate var values: [SelectionOptions] {
    let words = bareNames.map { name in Self { $0.operands = [.name(name)] } }
    return words + names.map { name in Self { $0.names = [name] } }
      + patterns.map { pattern in Self { $0.patterns = [pattern] } }
      + programs.map { program in Self { $0.programs = [program] } }
      + users.map { user in Self { $0.users = [user] } }
      + cgroups.map { cgroup in Self { $0.cgroups = [cgroup] } }
      + units.map { unit in Self { $0.units = [unit] } }
      + parents.map { parent in Self { $0.parents = [parent] } }
  }

  fileprivate init(_ give: (inout Self) -> Void) { give(&self) }

  /// Whether anything but numbers, names and users was given.
  fileprivate var hasOtherKinds: Bool {
    !patterns.isEmpty || !programs.isEmpty || !cgroups.isEmpty || !units.isEmpty || !parents.isEmpty
  }

  /// All that was given, as in `--unit ssh`; a number, a name and a bare word stand for themselves.
  fileprivate var words: String {
    var words: [String] = []
    for operand in operands {
      switch operand {
      case .number(let number): words.append("\(number.id)")
      case .name(let name): words.append("'\(name)'")
      }
    }
    words += ids.map { "\($0.id)" } + names.map { "'\($0.text)'" }
    words += patterns.map { "--match '\($0.text)'" }
    words += programs.map { "--exe \($0.text)" }
    words += users.map { "--user \($0.text)" } + (isMine ? ["--mine"] : [])
    words += cgroups.map { "--cgroup \($0.path)" } + units.map { "--unit \($0.name)" }
    words += parents.map { "--parent \($0.id)" }
    return words.joined(separator: " ")
  }
}

extension [ScoredProcess] {
  /// Some processes and all that they started, directly or not.
  package func descendants(of roots: Set<ProcessID>) -> Set<ProcessID> {
    let children = Dictionary(grouping: self, by: \.record.parent)
    var members = roots
    var pending = [ProcessID](roots)
    while let id = pending.popLast() {
      for child in children[id] ?? [] where members.insert(child.id).inserted {
        pending.append(child.id)
      }
    }
    return members
  }
}
