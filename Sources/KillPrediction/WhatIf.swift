import Badness
package import Core
import ProcFS
import Processes

/// The processes as they would be if the suppositions were true.
package struct WhatIf {
  private var adjustments: [ProcessID: Int] = [:]
  private var growths: [ProcessID: Int] = [:]
  private var absences: Set<ProcessID> = []

  package init(
    _ suppositions: Suppositions, among field: PredictionInput, users: Users,
    in world: borrowing World
  ) throws(Failure) {
    let subjects = field.subjects
    for selector in suppositions.absences {
      absences.formUnion(try selector.meant(among: subjects, users: users, in: world))
    }
    for supposed in suppositions.adjustments {
      let assignment = supposed.assignment
      for id in try assignment.selector.meant(among: subjects, users: users, in: world) {
        try set(id, to: assignment.value, field.relations)
      }
    }
    for supposed in suppositions.growths {
      let assignment = supposed.assignment
      for id in try assignment.selector.meant(among: subjects, users: users, in: world) {
        // Memory that several share grows for all of them.
        for sharer in field.relations.sharers(of: id) {
          growths[sharer] = ProcessStatus.sum(growths[sharer] ?? 0, assignment.value)
        }
      }
    }
    let dead = absences.sorted().first { adjustments[$0] != nil || growths[$0] != nil }
    if let dead {
      throw Failure("\(dead) can't be gone and changed as well", status: .usage)
    }
  }

  /// From 4.8 on a write changes all that share the memory.
  private mutating func set(
    _ id: ProcessID, to adjustment: Int, _ relations: Relations
  ) throws(Failure) {
    let changed = relations.adjustsSharers ? relations.sharers(of: id) : [id]
    for sharer in changed {
      if let other = adjustments.updateValue(adjustment, forKey: sharer), other != adjustment {
        throw Failure(
          "\(sharer) can't have both adjustments, \(other) and \(adjustment)", status: .usage)
      }
    }
  }

  /// A process as it would be; `nil` if it would be gone.
  func changed(_ subject: ScoredProcess, on machine: Machine) -> ScoredProcess? {
    if absences.contains(subject.id) { return nil }
    let adjustment = adjustments[subject.id]
    let growth = growths[subject.id] ?? 0
    guard adjustment != nil || growth > 0 else { return subject }
    var record = subject.record
    if let adjustment { record.adjust(to: adjustment) }
    record.grow(by: growth, pageSize: machine.pageSize ?? 4096)
    guard var candidate = machine.candidate(for: record) else { return subject }
    // Its history and the kernel's marks on it stay as they are.
    if let own = subject.candidate {
      candidate.history = own.history
      candidate.marks = own.marks
    }
    return ScoredProcess(record, as: candidate, on: machine) ?? subject
  }
}

extension ProcessSnapshot {
  fileprivate mutating func adjust(to value: Int) {
    adjustment = value
    // On the old scale, where that is what counts.
    legacyAdjustment = max(
      OOMAdjustment.disable, value * -OOMAdjustment.disable / OOMAdjustment.maximum)
  }

  fileprivate mutating func grow(by bytes: Int, pageSize: Int) {
    let pages = bytes / pageSize
    let grown = { (size: Kibibytes?) in size?.grown(by: bytes) }
    if var stat {
      stat.residentPages = ProcessStatus.sum(stat.residentPages, pages)
      self.stat = stat
    }
    if var sizes {
      sizes.totalPages = ProcessStatus.sum(sizes.totalPages, pages)
      sizes.residentPages = ProcessStatus.sum(sizes.residentPages, pages)
      self.sizes = sizes
    }
    guard var status else { return }
    status.resident = grown(status.resident)
    status.anonymous = grown(status.anonymous)
    status.virtualSize = grown(status.virtualSize)
    self.status = status
  }
}

extension Kibibytes {
  /// The size after growth, at most what a number of bytes can hold.
  fileprivate func grown(by bytes: Int) -> Kibibytes {
    Kibibytes(min(ProcessStatus.sum(count, bytes / 1024), .max >> 10))
  }
}

extension Selector {
  /// The processes that it means. If there are none, that is an error that ends the command, unlike
  /// one of several values elsewhere: otherwise the answer would be about another question.
  func meant(
    among subjects: [ScoredProcess], users: Users, in world: borrowing World
  ) throws(Failure) -> [ProcessID] {
    let selection = try ProcessSelection(options, users: users, in: world)
    if let missing = try selection.missingNumbers(in: world).absentees.first {
      throw missing.failure
    }
    let meant = selection.selected(from: subjects).map(\.id)
    if meant.isEmpty {
      let absence = selection.absence(among: subjects, in: world)
      throw Failure("no process matches '\(text)'", advice: absence.advice).asAbsence
    }
    return meant
  }
}
