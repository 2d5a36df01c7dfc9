import Rendering

/// One thing that is to be changed, or was: from what, to what, and what came of it.
///
/// It is planned as a value that can be shown; only `apply` writes, and reads back.
struct Change: Sendable {
  /// Whom or what it concerns, as `java[4211]` or `ssh.service`.
  let target: String
  /// The file that is written.
  let file: String
  let old: Value
  /// What is to be there; once it was written, what is there.
  var new: Value
  let deed: Deed
  var result = Result.planned
  /// Why it failed or was refused, and what would help.
  var error: String?
  var advice: String?

  /// What came of it; the raw values are JSON's words.
  enum Result: String, Sendable { case planned, done, unchanged, failed, refused }

  /// How it is carried out.
  enum Deed: Sendable {
    case adjustment(AdjustmentWrite)
    case file(FileWrite)
    case setting(SettingWrite)
    /// Comes about by another's deed: memory is shared with that one.
    case along(AdjustmentWrite)
    /// Comes about by another's deed: the kernel zeroes one setting when its counterpart is written.
    case zeroed(SettingWrite)
    /// Nothing to do: it is as it should be, or it mustn't be done.
    case none
  }
}

extension Change {
  /// The same, refused: a check found that it would do harm.
  func refused(_ reason: String, advice: String? = nil) -> Change {
    var copy = self
    copy.result = .refused
    copy.error = reason
    copy.advice = advice
    return copy
  }

  /// Carries it out, if it is still to be done.
  mutating func apply(in world: borrowing World) {
    guard result == .planned else { return }
    do throws(Failure) {
      result = .done
      switch deed {
      case .adjustment(let write): new = Value(try write.apply(in: world))
      case .along(let write):
        let found = try write.readBack(in: world)
        new = Value(found)
        // The other's write failed, or this one is about to run a program of its own (vfork(2)).
        if found == write.old { result = .unchanged }
      case .file(let write): try write.apply(in: world)
      case .setting(let write): new = .text(try write.apply(in: world))
      case .zeroed(let write): new = .text(try SettingWrite.value(of: write.path, in: world))
      case .none: break
      }
    } catch {
      result = .failed
      self.error = error.message
      advice = error.advice
    }
  }

  /// What went wrong, for the error stream.
  var remark: Remark? {
    guard result == .failed || result == .refused, let error else { return nil }
    return .error("\(error)", advice: advice)
  }
}
