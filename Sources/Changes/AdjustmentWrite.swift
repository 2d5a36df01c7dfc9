import Badness
import Core
import ProcFS
import Processes

/// One write to the adjustment of one process.
package struct AdjustmentWrite: Sendable, Equatable {
  let process: ProcessIdentity
  let name: String
  let file: AdjustmentFile
  let old: Int
  /// The value that is written.
  let value: Int
  /// The value that is read back: the old scale is rounded.
  let expected: Int
  /// The values that the kernel keeps for a write on the old scale: it can be undone exactly only
  /// on the new one.
  var kept: Kept?

  /// A sentence on the value that the kernel makes of it, where that isn't plain.
  var rounding: String? {
    guard let kept,
      value != expected || kept.new * -OOMAdjustment.disable / OOMAdjustment.maximum != value
    else { return nil }
    return
      "\(label): the kernel keeps oom_score_adj \(kept.new), which reads as oom_adj \(expected)."
  }

  /// Both on the scale of `oom_score_adj`.
  struct Kept: Sendable, Equatable {
    let old: Int
    let new: Int
  }

  var label: String { "\(name)[\(process.id)]" }

  /// Writes through a handle on the process, so that a later one of that number can't be hit, and reads
  /// back through it.
  func apply(in world: borrowing World) throws(WriteFailure) -> Int {
    var isWritten = false
    let present: Int
    let found: Int
    do throws(ProcFSError) {
      let process = try world.proc.process(process)
      present = try file.value(of: process)
      if present == old {
        try write(to: process)
        isWritten = true
      }
      found = try file.value(of: process)
    } catch {
      let failure = failure(error, in: world)
      // A process that has ended took the value along.
      throw WriteFailure(failure, mayHaveHappened: isWritten && error.meaning != .absent)
    }
    // One whose memory it shares may have brought it there already.
    guard present == old || found == expected else {
      throw WriteFailure(
        Failure("\(label): \(file.rawValue) is \(present) now, set by someone else meanwhile"))
    }
    guard found == expected else {
      throw WriteFailure(
        Failure("\(label): \(file.rawValue) reads \(found), though \(value) was written"),
        mayHaveHappened: found != old)
    }
    return found
  }

  private func write(to process: borrowing Process) throws(ProcFSError) {
    switch file {
    case .modern: try process.setAdjustment(value)
    case .legacy: try process.setLegacyAdjustment(value)
    }
  }

  /// The value that the file of the process holds now.
  func readBack(in world: borrowing World) throws(Failure) -> Int {
    do throws(ProcFSError) {
      return try file.value(of: try world.proc.process(process))
    } catch {
      throw failure(error, in: world)
    }
  }

  /// The failure for an error, in words that say what would help.
  private func failure(_ error: ProcFSError, in world: borrowing World) -> Failure {
    guard let errno = error.errno else { return Failure("\(label): \(error)") }
    switch errno {
    case _ where errno.meansGone:
      return Failure("\(label): has ended meanwhile")
    case .readOnlyFileSystem:
      return Failure(
        "\(label): \(error)",
        advice: "/proc is mounted for reading only, as in some containers: do it from outside.")
    case .invalidArgument:
      return Failure("\(label): \(error): this kernel doesn't take \(value)")
    // A dead process that isn't reaped yet belongs to root.
    case _ where errno.meansForbidden && isDead(in: world):
      return Failure("\(label): has ended meanwhile")
    case _ where errno.meansForbidden:
      return Failure("\(label): \(error)", advice: adviceIfForbidden(in: world))
    default:
      return Failure("\(label): \(error)")
    }
  }

  private func isDead(in world: borrowing World) -> Bool {
    world.known(try world.proc.isAlive(process)) == false
  }

  private func adviceIfForbidden(in world: borrowing World) -> String {
    guard world.environment.userID() == 0 else { return "Try again as root." }
    if file == .legacy, kept.map({ $0.new < $0.old }) ?? (value < old) {
      return
        "On the old scale nothing goes down without CAP_SYS_RESOURCE, which this root lacks, as in "
        + "most containers; without --legacy it goes down to its floor."
    }
    return value < old
      ? "\(value) lies below its floor, the lowest value that was set with CAP_SYS_RESOURCE; to go "
        + "lower takes that capability, which this root lacks, as in most containers."
      : "This root may not write it, as in a container with a kernel that guards it."
  }
}
