import ProcFS
import Rendering

/// Writes kills as they are found, so that a thousand of them need no more memory than one.
struct HistoryStream {
  private let history: History
  private let sources: LogSources
  private let zone: ZoneRules

  /// Ends the reading without a word.
  private static let readerLeft = Failure("the reader left", status: .done)

  /// So much is written at once.
  private static let portion = 64 << 10

  init(_ history: History, _ sources: LogSources, in world: borrowing World) {
    self.history = history
    self.sources = sources
    zone = world.zone
  }

  func run(by program: Program, in world: borrowing World) throws(Failure) -> ExitStatus {
    var search = try history.search(sources, in: world)
    var reading = LogReading(sources, in: world)
    reading.command = try history.options.journalCommand(in: world)
    var json = JSONWriter()
    if !history.isLines { begin(&json) }
    var count = 0
    do throws(Failure) {
      for source in sources.all {
        try reading.events(from: source, in: world) { finding throws(Failure) in
          guard let entry = search.take(finding, from: source) else { return }
          count += 1
          write(entry, to: &json)
          if json.text.bytes.count >= Self.portion { try flush(&json, by: program) }
        }
      }
    } catch {
      guard error == Self.readerLeft else { throw error }
      return .done
    }
    for remark in reading.remarks where remark.isError || !history.common.isQuiet {
      program.console.complain(remark.text, advice: remark.advice, as: program.environment.baseName)
    }
    if !history.isLines { end(&json, search, reading, in: world) }
    let hasFailed =
      reading.remarks.contains(where: \.isError) || reading.coverage.isBlind
      || (history.isCheck && count > 0)
    return program.show(json.text.bytes, otherwise: hasFailed ? .failed : .done)
  }

  private func begin(_ json: inout JSONWriter) {
    json.beginObject()
    json.writeHead(of: History.name, kernel: nil)
    json.beginArray("kills")
  }

  private func write(_ entry: HistoryEntry, to json: inout JSONWriter) {
    guard !history.isLines else {
      return json.text.append(entry.line(rows: history.withRows, zone: zone))
    }
    json.element { json in
      json.object { entry.writeMembers(to: &$0, rows: history.withRows, zone: zone) }
    }
  }

  private func end(
    _ json: inout JSONWriter, _ search: HistorySearch, _ reading: LogReading,
    in world: borrowing World
  ) {
    json.endArray()
    let report = HistoryReport(
      findings: search.findings, coverage: reading.coverage,
      counted: history.counted(search, sources, in: world), zone: zone,
      now: world.environment.now(), isOfThisMachine: !sources.areNamed)
    json.member("complete", .flag(report.isComplete))
    report.writeRest(to: &json)
    json.endObject()
    json.text.line()
  }

  private func flush(_ json: inout JSONWriter, by program: Program) throws(Failure) {
    let errno = program.console.write(.output, json.text.bytes)
    json.text = Text()
    guard let errno else { return }
    throw errno == .brokenPipe ? Self.readerLeft : Failure("standard output: \(errno)")
  }
}
