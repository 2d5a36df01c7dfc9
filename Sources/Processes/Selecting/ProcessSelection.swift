package import Core
package import ProcFS

/// Selectors made ready for use: users looked up, programs found, our own process known.
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
  private let containers: ContainerNames
  /// Users whose processes are meant though they aren't the system's: those that are named, and the
  /// caller if ordinary.
  package let spokenUsers: Set<UInt32>

  package init(
    _ options: SelectionOptions, users: Users, containers: ContainerNames = ContainerNames(),
    in world: borrowing World
  ) throws(Failure) {
    self.options = options
    self.containers = containers
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
    containers = whole.containers
  }

  /// Each given value by itself, except numbers, which are looked up one by one.
  package var values: [ProcessSelection] { options.values.map { ProcessSelection($0, of: self) } }

  /// Each value and each number by itself; none where only one was given, which is the whole.
  package var parts: [ProcessSelection] {
    let ofNumbers = options.numbers.map { number in SelectionOptions { $0.ids = [number] } }
    let parts = values + ofNumbers.map { ProcessSelection($0, of: self) }
    return parts.count > 1 ? parts : []
  }

  /// The request in the user's words.
  package var words: String { options.words }

  /// Names that were given as bare words.
  package var bareNames: [String] { options.bareNames }

  /// Paths of programs that were given.
  var programPaths: [String] { options.programs.map(\.text) }

  /// True if nothing was asked for except these units.
  package func meansOnly(units: [String]) -> Bool {
    var others = options
    others.units = []
    return others.isEmpty && unitNames.allSatisfy(units.contains)
  }

  /// Names of units that were given.
  package var unitNames: [String] { options.units.map(\.name) }

  /// True if the descendants of all are meant too.
  package var withDescendants: Bool { options.withDescendants }

  /// True if nothing was asked for at all.
  package var isEmpty: Bool { numbers.isEmpty && names.isEmpty && !hasOtherKinds }

  /// True if only numbers were given, so that no other process needs to be read.
  package var isNumbersOnly: Bool {
    !numbers.isEmpty && names.isEmpty && !hasOtherKinds && !options.withDescendants
  }

  private var hasOtherKinds: Bool { !users.isEmpty || options.hasOtherKinds }

  /// Files that show whether a process is meant.
  package var needs: ProcessSnapshot.Fields {
    var needs: ProcessSnapshot.Fields = []
    if !names.isEmpty { needs.formUnion([.status, .executable, .commandLine]) }
    if !options.patterns.isEmpty { needs.formUnion(.commandLine) }
    if !programs.isEmpty { needs.formUnion(.program) }
    if !users.isEmpty { needs.formUnion(.status) }
    if !options.cgroups.isEmpty { needs.formUnion(.cgroups) }
    if options.meansContainers { needs.formUnion(.cgroups) }
    if !options.units.isEmpty { needs.formUnion([.cgroups, .status]) }
    if !options.parents.isEmpty || options.withDescendants { needs.formUnion(.stat) }
    return needs
  }

  /// The processes that are meant, in their order.
  package func selected(from subjects: [ScoredProcess]) -> [ScoredProcess] {
    guard !isEmpty else { return subjects }
    let matching = subjects.filter { means($0.record) }
    guard options.withDescendants else { return matching }
    let members = subjects.descendants(of: Set(matching.map(\.id)))
    return subjects.filter { members.contains($0.id) && ($0.id != own || isNumbered($0.id)) }
  }

  /// True if a process is meant by itself, and not as a descendant.
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
    // Texts that no option asks about aren't built.
    let line = options.patterns.isEmpty ? "" : record.commandLine?.text ?? ""
    let cgroup = options.cgroups.isEmpty ? "" : record.cgroups?.memory?.path ?? ""
    let unit = options.units.isEmpty ? nil : record.unit
    return holds(options.patterns) { $0.matches(line) }
      && holds(programs) { $0.isRun(by: record) || $0.wasRun(by: record) }
      && holds(users) { $0 == record.status?.effectiveUserID }
      && holds(options.cgroups) { $0.contains(cgroup) }
      && holds(options.units) { means($0, unit, of: record) }
      && holds(options.parents) { $0.id == record.parent } && isContained(record)
  }

  /// True if a process is in the container and the pod that are meant.
  private func isContained(_ record: ProcessSnapshot) -> Bool {
    guard options.meansContainers else { return true }
    guard let path = record.cgroups?.memory?.path else { return false }
    let owner = CgroupOwner(path: path, named: containers)
    return holds(options.containers) { owner.isContainer($0.text) }
      && holds(options.pods) { owner.isOfPod($0.text) }
  }

  /// True if a value of the kind passes the test, or none was given.
  private func holds<Selector>(_ kind: [Selector], _ test: (Selector) -> Bool) -> Bool {
    kind.isEmpty || kind.contains(where: test)
  }

  /// True if a process is in the unit. A name means the system's unit; a user's own of that name is
  /// meant only together with the user.
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

  /// Each value by itself, except numbers.
  fileprivate var values: [SelectionOptions] {
    let words = bareNames.map { name in Self { $0.operands = [.name(name)] } }
    return words + names.map { name in Self { $0.names = [name] } }
      + patterns.map { pattern in Self { $0.patterns = [pattern] } }
      + programs.map { program in Self { $0.programs = [program] } }
      + users.map { user in Self { $0.users = [user] } }
      + cgroups.map { cgroup in Self { $0.cgroups = [cgroup] } }
      + units.map { unit in Self { $0.units = [unit] } }
      + containers.map { container in Self { $0.containers = [container] } }
      + pods.map { pod in Self { $0.pods = [pod] } }
      + parents.map { parent in Self { $0.parents = [parent] } }
  }

  fileprivate init(_ give: (inout Self) -> Void) { give(&self) }

  /// True if anything except numbers, names and users was given.
  fileprivate var hasOtherKinds: Bool {
    !patterns.isEmpty || !programs.isEmpty || !cgroups.isEmpty || !units.isEmpty || !parents.isEmpty
      || meansContainers
  }

  /// Everything that was given, as in `--unit ssh`; a number, a name and a bare word come without
  /// an option.
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
    words += containers.map { "--container \($0.text)" } + pods.map { "--pod \($0.text)" }
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
