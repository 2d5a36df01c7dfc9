package import Core
package import Rendering

/// One thing that is to be changed, or was: from what, to what, and what came of it.
///
/// It is planned as a value that can be shown; only `apply` writes, and reads back.
package struct Change: Sendable {
  /// The process, unit or setting that it concerns, as `java[4211]` or `ssh.service`.
  package var target: String
  /// The file that is written.
  package let file: String
  package let old: Value
  /// The value that is to be there; after the write, the value that is there.
  package var new: Value
  package let action: Action
  package var result = Result.planned
  /// The reason why it failed or was refused, with advice.
  package var error: String?
  package var advice: String?
  /// True where it may have happened though it failed: it was written, and not read back.
  var mayHaveHappened = false
  /// True where it was refused because it can't come about, and not by a check that `--force`
  /// overrides.
  package var isImpossible = false

  package init(
    target: String, file: String, old: Value, new: Value, action: Action,
    result: Result = Result.planned, error: String? = nil, advice: String? = nil,
    mayHaveHappened: Bool = false, isImpossible: Bool = false
  ) {
    self.target = target
    self.file = file
    self.old = old
    self.new = new
    self.action = action
    self.result = result
    self.error = error
    self.advice = advice
    self.mayHaveHappened = mayHaveHappened
    self.isImpossible = isImpossible
  }

  /// The outcome; the raw values are JSON's words.
  package enum Result: String, Sendable { case planned, done, unchanged, failed, refused }

  /// The way in which it is carried out.
  package enum Action: Sendable {
    case adjustment(AdjustmentWrite)
    case file(FileWrite)
    case setting(SettingWrite)
    /// Comes about by another's action: memory is shared with that one.
    case along(AdjustmentWrite)
    /// Comes about by another's action: the kernel zeroes one setting when its counterpart is written.
    case zeroed(SettingWrite)
    /// Nothing to do: it is as it should be, or it mustn't be done.
    case none
  }
}

extension Change {
  /// This change, refused: a check found that it would do harm.
  package func refused(_ reason: String, advice: String? = nil) -> Change {
    var copy = self
    copy.result = .refused
    copy.error = reason
    copy.advice = advice
    return copy
  }

  /// This change, failed before it was begun.
  package func failed(_ failure: Failure) -> Change {
    var copy = self
    copy.result = .failed
    copy.error = failure.message
    copy.advice = failure.advice
    return copy
  }

  /// Carries it out, if it is still to be done.
  package mutating func apply(in world: borrowing World) {
    guard result == .planned else { return }
    do throws(WriteFailure) {
      result = .done
      switch action {
      case .adjustment(let write): new = Value(try write.apply(in: world))
      case .along(let write):
        let found = try Self.found { () throws(Failure) in try write.readBack(in: world) }
        new = Value(found)
        // The other's write failed, or this one is about to run a program of its own (vfork(2)).
        if found == write.old { result = .unchanged }
      case .file(let write): try write.apply(in: world)
      case .setting(let write): new = .text(try write.apply(in: world))
      case .zeroed(let write):
        new = .text(
          try Self.found { () throws(Failure) in
            try SettingWrite.value(of: write.path, in: world)
          })
      case .none: break
      }
    } catch {
      self = failed(error.failure)
      mayHaveHappened = error.mayHaveHappened
    }
  }

  /// A value that another change's action has brought about. Where it can't be read it isn't known.
  private static func found<Value>(
    _ read: () throws(Failure) -> Value
  ) throws(WriteFailure) -> Value {
    do {
      return try read()
    } catch {
      throw WriteFailure(error, mayHaveHappened: true)
    }
  }

  /// Brings back what was there before, as another change of the same call has failed.
  ///
  /// - Returns: Whether it is as it was.
  mutating func takeBack(in world: borrowing World) -> Bool {
    var back = self
    back.result = .planned
    switch action {
    case .setting(let write), .zeroed(let write):
      // Of two that zero each other the one that isn't 0 brings the other along.
      let isBack = world.known(try SettingWrite.read(write.path, in: world)) == write.old
      back = Change(
        target: target, file: file, old: new, new: old,
        action: isBack
          ? .none
          : .setting(SettingWrite(path: write.path, old: write.new, new: write.old)))
    case .file(let write):
      back = Change(
        target: target, file: file, old: new, new: old,
        action: .file(FileWrite(path: write.path, old: write.new, new: write.old)))
    case .along, .adjustment, .none: back.result = .done
    }
    back.apply(in: world)
    result = .failed
    new = back.result == .done ? old : new
    error =
      back.result == .done
      ? "\(target): taken back, as another one failed"
      : "\(target): can't be taken back: \(back.error ?? "")"
    return back.result == .done
  }

  /// A write that failed may have changed something: the kernel may keep another value than it was given.
  ///
  /// - Returns: Whether it is as it was.
  func takeBackRest(in world: borrowing World) -> Bool {
    guard case .setting(let write) = action else { return !mayHaveHappened }
    guard let present = world.known(try SettingWrite.read(write.path, in: world)) else {
      return !mayHaveHappened
    }
    guard present != write.old else { return true }
    do throws(WriteFailure) {
      _ = try SettingWrite(path: write.path, old: present, new: write.old).apply(in: world)
      return true
    } catch {
      return false
    }
  }

  /// The error or refusal, for the error stream.
  var remark: Remark? {
    guard result == .failed || result == .refused, let error else { return nil }
    return .error("\(error)", advice: advice)
  }
}
