package import Rendering

/// A command that takes the options that all share.
package protocol CommonCommand: ProgramCommand {
  var common: CommonOptions { get }
}

/// The object of a call that failed: programs that asked for JSON get one, with the reason in it.
package struct FailureReport: CommandReport {
  package let failure: Failure

  package init(failure: Failure) {
    self.failure = failure
  }

  package var isComplete: Bool { false }
  /// The error stream has its words already.
  package var remarks: [Remark] { [] }
  package var status: ExitStatus { failure.status }

  package func writeText(to text: inout Text, on page: Page) {}

  package func writeMembers(to json: inout JSONWriter) {
    json.member("error") { json in
      json.member("text", .text(failure.message))
      json.member("advice", Value(failure.advice))
      json.member("status", .integer(Int128(failure.status.rawValue)))
    }
  }
}
