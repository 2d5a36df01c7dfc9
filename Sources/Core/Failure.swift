package import ProcFS

/// Why a command couldn't do what it was asked: one line, and if it helps another one saying what to do.
package struct Failure: Error, Equatable {
  package var message: String
  package var advice: String?
  package var status = ExitStatus.failed
  /// Whether it says that what was asked for isn't there, and not that it couldn't be learned.
  package var meansAbsence = false

  package init(_ message: String, advice: String? = nil, status: ExitStatus = .failed) {
    self.message = message
    self.advice = advice
    self.status = status
  }

  /// The same, as absence.
  package var asAbsence: Failure {
    var copy = self
    copy.meansAbsence = true
    return copy
  }

  /// The same on the error stream of a report that has more to say.
  package var remark: Remark { .error(message, advice: advice) }

  package init(_ error: ProcFSError) {
    let isForbidden = error.errno?.meansForbidden ?? false
    self.init("\(error)", advice: isForbidden ? "Try again as root." : nil)
  }
}
