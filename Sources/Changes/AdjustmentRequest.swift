package import Badness
package import Core
import ProcFS
package import Processes
import Rendering

/// A request for an adjustment, or for a change of one.
package struct AdjustmentRequest: Sendable {
  package enum Amount: Sendable {
    case absolute(Int)
    case relative(Int)
    /// That value, unless the present one is lower.
    case atMost(Int)
  }

  package var amount: Amount
  /// True where the amount is on the scale of `oom_adj`.
  package var isLegacy = false

  package init(amount: Amount, isLegacy: Bool = false) {
    self.amount = amount
    self.isLegacy = isLegacy
  }

  /// The change of one process that it comes to.
  package func change(of subject: ScoredProcess, on machine: Machine, in world: borrowing World)
    -> Change
  {
    let record = subject.record
    let file = machine.file(for: record, isLegacy: isLegacy)
    let path = world.proc.directory.path(of: "\(subject.id)/\(file.rawValue)")
    let unreadable = Change(
      target: subject.label, file: path, old: .absent, new: .absent, action: .none)
    guard let old = file.value(of: record), let process = record.identity else {
      return unreadable.failed(Failure("\(subject.label): \(path) can't be read"))
    }
    let value = self.value(from: old, in: file)
    let stored = machine.stored(value, in: file, of: world)
    var write = AdjustmentWrite(
      process: process, name: record.name ?? "?", file: file, old: old,
      value: value, expected: stored.shown)
    if let adjustment = record.adjustment, let kept = stored.kept {
      write.kept = AdjustmentWrite.Kept(old: adjustment, new: kept)
    }
    var change = Change(
      target: subject.label, file: path, old: Value(old), new: Value(stored.shown),
      action: .adjustment(write))
    // On the old scale several values look alike.
    if stored.kept.map({ $0 == record.adjustment }) ?? (value == old) {
      change.result = .unchanged
      change.new = Value(old)
    }
    return change
  }

  /// True where it would lower a process's value.
  package func lowers(_ record: ProcessSnapshot, on machine: Machine) -> Bool {
    let file = machine.file(for: record, isLegacy: isLegacy)
    // An unknown value may be any value.
    guard let old = file.value(of: record) else { return true }
    return value(from: old, in: file) < old
  }

  private func value(from old: Int, in file: AdjustmentFile) -> Int {
    let isConverted = file == .legacy && !isLegacy
    let scaled = { (number: Int) in isConverted ? OOMAdjustment.legacy(from: number) : number }
    let wanted =
      switch amount {
      case .absolute(let number): scaled(number)
      case .relative(let difference): old.addingSaturating(scaled(difference))
      case .atMost(let number): min(old, scaled(number))
      }
    return min(max(wanted, file.range.lowerBound), file.range.upperBound)
  }
}

extension Machine {
  /// The file that a kernel has; the old one also where it is asked for.
  func file(for record: ProcessSnapshot, isLegacy: Bool) -> AdjustmentFile {
    // A file that couldn't be read is none that this kernel lacks.
    let hasOnlyLegacy =
      record.adjustment == nil && record.legacyAdjustment != nil
      && !record.unknown.contains(.adjustment)
    return isLegacy || readsLegacyAdjustment || hasOnlyLegacy ? .legacy : .modern
  }

  /// The value that a file shows after a write, and the `oom_score_adj` that the kernel keeps then,
  /// if the old scale was written. A captured tree keeps what it is given.
  fileprivate func stored(
    _ value: Int, in file: AdjustmentFile, of world: borrowing World
  ) -> (shown: Int, kept: Int?) {
    guard file == .legacy, world.proc.isLive, let kernel,
      let stored = AdjustmentRule.inForce(in: kernel)?.storing(oomAdj: value)
    else { return (value, nil) }
    return (stored.oomAdj, stored.oomScoreAdj)
  }
}

extension OOMAdjustment {
  /// The nearest value of the old scale; only the exempting value becomes the exempting one.
  package static func legacy(from adjustment: Int) -> Int {
    if adjustment <= minimum { return disable }
    if adjustment >= maximum { return legacy.upperBound }
    let nearest = (abs(adjustment) * -disable + maximum / 2) / maximum
    return min(max(adjustment < 0 ? -nearest : nearest, legacy.lowerBound), legacy.upperBound)
  }
}
