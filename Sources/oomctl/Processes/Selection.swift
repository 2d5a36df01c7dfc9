import ProcFS

/// Selectors made ready to be asked: users looked up, our own processes known.
struct Selection {
  private let options: SelectionOptions
  private let names: [String]
  private let users: [UInt32]
  /// Numbers asked for, with the inode where one was given.
  let numbers: [ProcessNumber]
  /// This program and what started it: they match only by number.
  private let own: [ProcessID]

  /// - Parameter own: This program and what started it, where that is known already.
  init(
    _ options: SelectionOptions, users: Users, own: [ProcessID]? = nil, in world: borrowing World
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
    var ids: [UInt32] = options.isMine ? [world.environment.userID()] : []
    for user in options.users {
      guard let id = users.id(of: user.text) else {
        throw Failure("no user is called '\(user.text)'")
      }
      ids.append(id)
    }
    self.users = ids
    let isByNumberOnly = names.isEmpty && ids.isEmpty && !options.hasOtherKinds
    self.own = isByNumberOnly ? [] : own ?? Self.ownProcesses(in: world)
  }

  /// Names that were given as bare words.
  var bareNames: [String] {
    options.operands.compactMap { if case .name(let name) = $0 { name } else { nil } }
  }

  /// Whether the descendants of all are meant too.
  var withDescendants: Bool { options.withDescendants }

  /// Whether anything was asked for at all.
  var isEmpty: Bool { numbers.isEmpty && names.isEmpty && !hasOtherKinds }

  /// Whether a bare list of numbers says it all, so that no other process needs to be read.
  var isNumbersOnly: Bool {
    !numbers.isEmpty && names.isEmpty && !hasOtherKinds && !options.withDescendants
  }

  private var hasOtherKinds: Bool { !users.isEmpty || options.hasOtherKinds }

  /// Files that tell whether a process is meant.
  var needs: Record.Needs {
    var needs: Record.Needs = []
    if !names.isEmpty { needs.formUnion([.status, .executable, .commandLine]) }
    if !options.patterns.isEmpty { needs.formUnion(.commandLine) }
    if !options.programs.isEmpty { needs.formUnion(.executable) }
    if !users.isEmpty { needs.formUnion(.status) }
    if !options.cgroups.isEmpty || !options.units.isEmpty { needs.formUnion(.cgroups) }
    if !options.parents.isEmpty || options.withDescendants { needs.formUnion(.stat) }
    return needs
  }

  /// Those of all processes that are meant, in their order.
  func selected(from subjects: [Subject]) -> [Subject] {
    guard !isEmpty else { return subjects }
    let matching = subjects.filter { means($0.record) }
    guard options.withDescendants else { return matching }
    let members = subjects.descendants(of: Set(matching.map(\.id)))
    return subjects.filter { members.contains($0.id) }
  }

  /// Whether a process is meant, whoever started it.
  func means(_ record: Record) -> Bool {
    let isNumbered = numbers.contains { $0.id == record.id }
    if !isNumbered, own.contains(record.id) { return false }
    if !(numbers.isEmpty && names.isEmpty), !isNumbered,
      !record.names.contains(where: names.contains)
    {
      return false
    }
    return matchesOtherKinds(record)
  }

  private func matchesOtherKinds(_ record: Record) -> Bool {
    // What wasn't asked about isn't put together.
    let line = options.patterns.isEmpty ? "" : record.commandLine?.text ?? ""
    let cgroup = options.cgroups.isEmpty ? "" : record.cgroups?.memory?.path ?? ""
    let unit = options.units.isEmpty ? nil : record.unit
    return holds(options.patterns) { $0.matches(line) }
      && holds(options.programs) { $0.text == record.program }
      && holds(users) { $0 == record.status?.effectiveUserID }
      && holds(options.cgroups) { $0.contains(cgroup) }
      && holds(options.units) { $0.name == unit?.system || $0.name == unit?.user }
      && holds(options.parents) { $0.id == record.parent }
  }

  /// Of a kind that wasn't given, anything holds.
  private func holds<Selector>(_ kind: [Selector], _ test: (Selector) -> Bool) -> Bool {
    kind.isEmpty || kind.contains(where: test)
  }

  static func ownProcesses(in world: borrowing World) -> [ProcessID] {
    var own: [ProcessID] = []
    guard world.proc.isLive, var id = world.environment.ownID().map({ ProcessID($0) }) else {
      return own
    }
    while id.rawValue > 0, !own.contains(id) {
      own.append(id)
      guard let parent = try? world.proc.process(id).stat.parent else { break }
      id = parent
    }
    return own
  }
}

extension SelectionOptions {
  /// Whether anything but numbers, names and users was given.
  fileprivate var hasOtherKinds: Bool {
    !patterns.isEmpty || !programs.isEmpty || !cgroups.isEmpty || !units.isEmpty || !parents.isEmpty
  }
}

extension [Subject] {
  /// Some processes and all that they started, directly or not.
  func descendants(of roots: Set<ProcessID>) -> Set<ProcessID> {
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
