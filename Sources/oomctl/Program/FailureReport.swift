import Rendering

/// A command that takes the options that all share.
protocol CommonCommand: ProgramCommand {
  var common: CommonOptions { get }
}

/// The object of a call that failed: whoever asked for JSON gets one, and finds the reason in it.
struct FailureReport: Report {
  let failure: Failure

  var isComplete: Bool { false }
  /// The error stream has its words already.
  var remarks: [Remark] { [] }
  var status: ExitStatus { failure.status }

  func writeText(to text: inout Text, on page: Page) {}

  func writeMembers(to json: inout JSONWriter) {
    json.member("error") { json in
      json.member("text", .text(failure.message))
      json.member("advice", Value(failure.advice))
      json.member("status", .integer(Int128(failure.status.rawValue)))
    }
  }
}
