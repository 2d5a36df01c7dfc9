import Arguments
package import Core
import ProcFS
import Units

extension ProcessSelection {
  /// The requests that match nothing: the whole selection, if nothing at all is selected; else each
  /// value that selects nothing by itself, such as a mistyped word beside others.
  ///
  /// - Parameter isVoid: True if nothing is selected, and no missing number explains it.
  package func unmatched(from subjects: [ScoredProcess], isVoid: Bool) -> [ProcessSelection] {
    if isVoid { return [self] }
    var matches = ValueMatches(of: self)
    for subject in subjects { matches.note(subject.record) }
    return matches.open
  }

  /// The reason why nothing matched, with the request and what comes near it.
  package func absence(among subjects: [ScoredProcess], in world: borrowing World) -> Failure {
    let others = subjects.without(world.ownProcess)
    return Failure(
      isEmpty ? "no process can be seen" : "no process matches \(words)",
      advice: nameMiss(among: others) ?? unitMiss(among: others, in: world)
        ?? programMiss(among: others, in: world)
    ).asAbsence
  }

  /// A process whose name is nearly one that was given, as `redis-server` for `redis`.
  private func nameMiss(among subjects: [ScoredProcess]) -> String? {
    let running = Set(subjects.flatMap(\.record.names)).sorted()
    for name in names {
      guard let near = name.closest(among: running),
        let subject = subjects.first(where: { $0.record.names.contains(near) })
      else { continue }
      let shown = subject.record.name == near ? subject.label : "\(near), \(subject.label),"
      return "\(shown) is running."
    }
    let path = names.first { $0.utf8.contains(UInt8(ascii: "/")) }
    return path.map { "A name has no slash: try --exe \($0)." }
  }

  private func unitMiss(among subjects: [ScoredProcess], in world: borrowing World) -> String? {
    guard let wanted = unitNames.first else { return nil }
    let units = subjects.compactMap(\.record.unit)
    if wanted.hasSuffix(".slice") { return sliceMiss(wanted, among: subjects) }
    if let owner = subjects.first(where: { $0.record.unit?.user == wanted }) {
      let user = owner.record.status?.effectiveUserID.map { Users(in: world).name(of: $0) } ?? "?"
      return "\(wanted) is a unit of \(user)'s own: add --user \(user)."
    }
    if units.allSatisfy({ $0.system == nil }) {
      return "No process here is in a unit: systemd doesn't run this machine."
    }
    let files = UnitFiles(of: wanted, in: world)
    if let advice = files.advice(
      on: wanted, running: Set(units.compactMap(\.system)), in: world)
    {
      return advice
    }
    let running = Set(units.compactMap(\.system)).sorted()
    let stem = wanted.hasSuffix(".service") ? String(wanted.dropLast(8)) : wanted
    let near =
      wanted.closest(among: running) ?? stem.closest(among: running)
      ?? running.first { $0.utf8.starts(with: "\(stem)@".utf8) }
    return near.map { "\($0) is running." }
  }

  /// The advice on a slice, which has no processes itself, but holds units.
  private func sliceMiss(_ slice: String, among subjects: [ScoredProcess]) -> String {
    for subject in subjects {
      let components = subject.record.cgroups?.memory?.path.split(separator: "/") ?? []
      guard let end = components.firstIndex(where: { $0 == slice }) else { continue }
      let path = "/" + components[...end].joined(separator: "/")
      return "A slice holds units: try --cgroup \(path)."
    }
    return "A slice holds units, and nothing runs in this one."
  }

  /// The advice on a program: one of its name may run from elsewhere, and a script is run by its
  /// interpreter, which is another file.
  private func programMiss(among subjects: [ScoredProcess], in world: borrowing World) -> String? {
    guard let program = programs.first else { return nil }
    if let subject = subjects.first(where: { program.bearsName(of: $0.record) }),
      let path = subject.record.program
    {
      return "\(subject.label) runs \(path)."
    }
    let path = program.path
    do throws(ProcFSError) {
      return try world.beginning(of: path).starts(with: "#!".utf8)
        ? "\(path) is a script, which its interpreter runs: try --match." : nil
    } catch {
      if error.errno == .isADirectory { return "\(path) is a folder, and no program." }
      if error.meaning == .absent { return "\(path): there is no such file." }
      world.gaps.note(error)
      return nil
    }
  }
}

/// Values of a selection that mean no process seen so far. A value that was given alone isn't
/// looked at: it is the whole selection.
package struct ValueMatches {
  package private(set) var open: [ProcessSelection] = []

  package init(of selection: ProcessSelection) {
    let values = selection.values
    guard values.count + selection.numbers.count > 1 else { return }
    var told: Set<String> = []
    open = values.filter { told.insert($0.words).inserted }
  }

  package mutating func note(_ record: ProcessSnapshot) {
    if !open.isEmpty { open.removeAll { $0.means(record) } }
  }
}

extension World {
  /// The first bytes of a file.
  fileprivate func beginning(of path: String) throws(ProcFSError) -> [UInt8] {
    let file = try file(at: path)
    var bytes = [UInt8](repeating: 0, count: 2)
    do throws(Errno) {
      var span = bytes.mutableSpan
      let count = try file.read(into: &span)
      return Array(bytes.prefix(count))
    } catch {
      throw ProcFSError(path: path, reason: .system(error))
    }
  }
}

extension UnitFiles {
  /// The reason why a unit that systemd knows has no process.
  fileprivate func advice(
    on unit: String, running: Set<String>, in world: borrowing World
  ) -> String? {
    if unit.hasSuffix(".timer") {
      return "A timer has no process: \(unit.dropLast(6)).service is what it starts."
    }
    guard isKnown else { return nil }
    let pulled = pulledIn(in: world).filter(running.contains)
    if !pulled.isEmpty { return "\(unit) starts \(pulled.joined(separator: ", "))." }
    return hasTimer(in: world)
      ? "\(unit) isn't running now: a timer starts it." : "\(unit) isn't running."
  }
}
