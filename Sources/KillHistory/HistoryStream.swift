import Core
import KernelLog
import LogSources
import ProcFS
import Rendering

/// Writes kills as they are found, so that a thousand of them need no more memory than one.
struct HistoryStream {
  let history: History
  let scope: LogScope
  let program: Program

  /// Ends the reading without a word.
  private static let readerLeft = Failure("the reader left", status: .done)

  /// So much is written at once.
  private static let portion = 64 << 10

  func run(in world: borrowing World) throws(Failure) -> ExitStatus {
    var json = JSONWriter()
    if !history.isLines { begin(&json) }
    do throws(Failure) {
      let report = try history.report(on: scope, in: world) { entry throws(Failure) in
        // Only the end tells which are the latest.
        guard history.count == nil else { return false }
        try write(entry, to: &json)
        return true
      }
      for entry in report.findings.entries { try write(entry, to: &json) }
      program.say(report.remarks, history.common)
      if history.isLines { warn(of: report) } else { end(&json, report) }
      try flush(&json)
      return report.status
    } catch {
      guard error == Self.readerLeft else { throw error }
      return error.status
    }
  }

  private func begin(_ json: inout JSONWriter) {
    json.beginObject()
    json.writeHead(of: History.name, kernel: nil)
    json.beginArray("kills")
  }

  private func write(_ entry: HistoryEntry, to json: inout JSONWriter) throws(Failure) {
    if history.isLines {
      json.text.append(entry.line(rows: history.withRows, zone: scope.zone))
    } else {
      json.element { json in
        json.object { entry.writeMembers(to: &$0, rows: history.withRows, zone: scope.zone) }
      }
    }
    if json.text.bytes.count >= Self.portion { try flush(&json) }
  }

  /// No line at all must not look as if nobody had been killed.
  private func warn(of report: HistoryReport) {
    guard report.coverage.isBlind, !report.remarks.contains(where: \.isError) else { return }
    let blindness = "no log could be read, so kills are unknown"
    program.say([.error(blindness)], history.common)
  }

  private func end(_ json: inout JSONWriter, _ report: HistoryReport) {
    json.endArray()
    json.member("complete", .flag(report.isComplete))
    report.writeRest(to: &json)
    json.endObject()
    json.text.line()
  }

  private func flush(_ json: inout JSONWriter) throws(Failure) {
    let bytes = json.text.bytes
    json.text = Text()
    guard try program.console.show(bytes) else { throw Self.readerLeft }
  }
}
