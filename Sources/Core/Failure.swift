package import ProcFS

/// The reason why a command couldn't do what it was asked: one line, and if it helps another one
/// saying what to do.
package struct Failure: Error, Equatable {
  package var message: String
  package var advice: String?
  package var status = ExitStatus.failed
  /// True where something asked for isn't there; false where that couldn't be learned.
  package var meansAbsence = false

  package init(_ message: String, advice: String? = nil, status: ExitStatus = .failed) {
    self.message = message
    self.advice = advice
    self.status = status
  }

  /// This failure, as absence.
  package var asAbsence: Failure {
    var copy = self
    copy.meansAbsence = true
    return copy
  }

  /// This failure on the error stream of a report that has more to say.
  package var remark: Remark { .error(message, advice: advice) }

  package init(_ error: ProcFSError) {
    let isForbidden = error.errno?.meansForbidden ?? false
    self.init("\(error)", advice: isForbidden ? "Try again as root." : nil)
  }
}
