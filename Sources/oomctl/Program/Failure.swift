import ProcFS

/// Why a command couldn't do what it was asked: one line, and if it helps another one saying what to do.
struct Failure: Error, Equatable {
  var message: String
  var advice: String?
  var status = ExitStatus.failed

  init(_ message: String, advice: String? = nil, status: ExitStatus = .failed) {
    self.message = message
    self.advice = advice
    self.status = status
  }

  init(_ error: ProcFSError) {
    let isForbidden = error.errno?.meansForbidden ?? false
    self.init("\(error)", advice: isForbidden ? "Try again as root." : nil)
  }
}
