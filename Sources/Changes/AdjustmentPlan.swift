import Badness
package import Core
import ProcFS
package import Processes
import Rendering

/// Changes of adjustments: those asked for, those that come along, and those that are refused.
package struct AdjustmentPlan {
  let request: AdjustmentRequest
  let machine: Machine
  package var changes: [Change] = []
  package var notes: [Remark]
  private var known: Set<ProcessID> = []

  package init(
    _ request: AdjustmentRequest, _ targets: Targets, on machine: Machine,
    in world: borrowing World
  ) {
    self.request = request
    self.machine = machine
    notes = targets.remarks
    for (subject, refusal) in targets.refused {
      let change = request.change(of: subject, on: machine, in: world)
      changes.append(
        change.refused("\(subject.label): \(refusal.reason)", advice: refusal.advice))
    }
    add(targets.subjects, in: world)
    changes += targets.absentees.map(\.change)
  }

  package var report: ChangeReport {
    let writes = changes.compactMap { change in
      if case .adjustment(let write) = change.action { write } else { nil }
    }
    return ChangeReport(
      changes: changes, notes: notes, hints: writes.compactMap(\.rounding) + cuts(writes))
  }

  /// Sentences on additions that would have led beyond the limit.
  private func cuts(_ writes: [AdjustmentWrite]) -> [String] {
    guard case .relative(let difference) = request.amount else { return [] }
    return writes.filter { $0.file == .modern }.compactMap { write in
      let wanted = write.old.addingSaturating(difference)
      return wanted == write.value
        ? nil : "\(write.label): \(wanted) would be beyond the limit: it is \(write.value)."
    }
  }

  /// Parents first, so that what they start meanwhile inherits the new value.
  mutating func add(_ subjects: [ScoredProcess], in world: borrowing World) {
    let sharing = sharedMemory(of: subjects, in: world)
    known.formUnion(subjects.map(\.id))
    for subject in subjects.sorted(by: { $0.startsBefore($1) }) {
      let change = request.change(of: subject, on: machine, in: world)
      changes.append(change)
      guard change.result == .planned, case .adjustment(let write) = change.action else { continue }
      for other in sharing.sharers(of: subject.id) where known.insert(other).inserted {
        if let along = write.change(along: other, in: world) { changes.append(along) }
      }
    }
  }

  private func sharedMemory(of subjects: [ScoredProcess], in world: borrowing World) -> SharedMemory
  {
    guard world.isThisMachine, machine.adjustsSharers else { return SharedMemory() }
    return SharedMemory(with: subjects, in: world)
  }

  /// Children that were born while the changes were made, and still have the old value.
  mutating func lookAgain(
    _ context: ProcessContext, _ options: ChangeOptions, _ session: inout ChangeSession,
    in world: borrowing World
  ) {
    // The meaning of the request is settled: a child that still has its parent's name is no second
    // meaning.
    var options = options
    options.meansAll = true
    // Each round can only find children that were born since the last one; a tree that grows faster
    // than that is no tree.
    for _ in 0..<100 {
      let targets: Targets
      do throws(Failure) {
        targets = try Targets(of: context, options, for: request, in: world)
      } catch {
        // All may have ended: then nobody was born.
        if !error.meansAbsence { notes.append(error.remark) }
        return
      }
      if let problem = targets.remarks.first(where: \.isError) {
        notes.append(problem)
        return
      }
      let inherited = Set(changes.filter { $0.result == .done }.compactMap(\.newValue))
      let fresh = targets.subjects.filter { subject in
        guard !known.contains(subject.id) else { return false }
        let value = machine.file(for: subject.record, isLegacy: request.isLegacy)
          .value(of: subject.record)
        return value.map { !inherited.contains($0) } ?? false
      }
      guard !fresh.isEmpty else { return }
      var more = AdjustmentPlan(request, on: machine)
      more.known = known
      more.add(fresh, in: world)
      session.carryOut(&more.changes, in: world)
      changes += more.changes
      known = more.known
    }
  }

  private init(_ request: AdjustmentRequest, on machine: Machine) {
    self.request = request
    self.machine = machine
    notes = []
  }

  /// A privileged write moves the floor along (fs/proc/base.c `__set_oom_adj`).
  package mutating func noteFloor(in world: borrowing World) {
    let raised = changes.filter { change in
      guard change.result == .done, case .adjustment(let write) = change.action else {
        return false
      }
      return write.file == .modern && write.value > write.old
    }
    guard let first = raised.first, world.maySetFloors else { return }
    let whom = raised.count == 1 ? "\(first.target) itself" : "Those that were raised"
    notes.append(
      .note("\(whom) can't go below the new value now: written with privilege, it is the floor"))
  }
}

extension Change {
  fileprivate var newValue: Int? {
    if case .adjustment(let write) = action { write.expected } else { nil }
  }
}

extension ScoredProcess {
  /// Older ones first, which parents are.
  package func startsBefore(_ other: ScoredProcess) -> Bool {
    (record.stat?.startTicks ?? 0, id) < (other.record.stat?.startTicks ?? 0, other.id)
  }
}

extension AdjustmentWrite {
  /// The change that another process undergoes with this one, whose memory it shares.
  fileprivate func change(along other: ProcessID, in world: borrowing World) -> Change? {
    // One that can't be read is noted among the gaps.
    guard let process = world.known(try world.proc.process(other)),
      let stat = world.known(try process.stat), let old = world.known(try file.value(of: process))
    else { return nil }
    let write = AdjustmentWrite(
      process: ProcessIdentity(id: other, startTicks: stat.startTicks), name: stat.name, file: file,
      old: old, value: value, expected: expected)
    return Change(
      target: write.label, file: world.proc.directory.path(of: "\(other)/\(file.rawValue)"),
      old: Value(old), new: Value(expected), action: .along(write))
  }
}
