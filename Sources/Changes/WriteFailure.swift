import Core
import ProcFS

/// The reason why a change isn't known to have come about.
struct WriteFailure: Error, Equatable {
  let failure: Failure
  /// True where it may have happened all the same: something was written, and couldn't be read
  /// back. Such a change stays in the journal, where undo finds it.
  let mayHaveHappened: Bool

  /// Nothing was written.
  init(_ failure: Failure) {
    self.init(failure, mayHaveHappened: false)
  }

  init(_ failure: Failure, mayHaveHappened: Bool) {
    self.failure = failure
    self.mayHaveHappened = mayHaveHappened
  }
}
