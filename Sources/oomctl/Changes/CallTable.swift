import Configuration
import Rendering

/// The journal's calls, the latest first.
struct CallTable: Report {
  let calls: [Journal.Call]

  func writeText(to text: inout Text, on page: Page) {
    guard !calls.isEmpty else { return }
    var table = Table(
      [
        .init("CALL", .right), .init("WHEN"), .init("COMMAND"), .init("UNDONE"), .init("CHANGES"),
      ], hasHeadings: page.hasHeadings)
    for call in calls.reversed() {
      let shown = call.changes.prefix(3).map { Self.words(for: $0.change) }
      let more = call.changes.count > 3 ? " and \(call.changes.count - 3) more" : ""
      table.append([
        "\(call.id)", Moment(call.time).local, call.command, call.isUndone ? "yes" : "no",
        shown.joined(separator: ", ") + more,
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("calls", array: calls.reversed()) { json, call in
      json.object { json in
        json.member("id", Value(call.id))
        json.member("time", .text(Moment(call.time).iso))
        json.member("command", .text(call.command))
        json.member("undone", .flag(call.isUndone))
        json.member("changes", array: call.changes) { json, recorded in
          Self.write(recorded, to: &json)
        }
      }
    }
  }

  private static func words(for change: Journal.Change) -> String {
    switch change {
    case .adjustment(let entry): "\(entry.label) \(entry.old) -> \(entry.new)"
    case .file(let entry): entry.path + (entry.new == nil ? " removed" : " written")
    case .setting(let entry): "\(entry.path) \(entry.old) -> \(entry.new)"
    case .undone: ""
    }
  }

  private static func write(_ recorded: Journal.RecordedChange, to json: inout JSONWriter) {
    json.object { json in
      switch recorded.change {
      case .adjustment(let entry):
        json.member("target", .text(entry.label))
        json.member("file", .text(entry.file))
        json.member("old", Value(entry.old))
        json.member("new", Value(entry.new))
      case .file(let entry):
        json.member("target", .text(entry.path))
        json.member("file", .text(entry.path))
        json.member("old", Value(entry.old))
        json.member("new", Value(entry.new))
      case .setting(let entry):
        json.member("target", .text(entry.path))
        json.member("file", .text(entry.path))
        json.member("old", .text(entry.old))
        json.member("new", .text(entry.new))
      case .undone: break
      }
      json.member("undone", .flag(recorded.isUndone))
    }
  }
}
