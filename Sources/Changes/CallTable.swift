import CivilTime
import Configuration
import Core
import Processes
import Rendering

/// The journal's calls, the latest first.
struct CallTable: CommandReport {
  let calls: [Journal.Call]
  let users: Users
  /// Lines of the journal that tell nothing any more.
  let damagedLineCount: Int

  var remarks: [Remark] {
    guard damagedLineCount > 0 else { return [] }
    let lines = damagedLineCount == 1 ? "1 line is" : "\(damagedLineCount) lines are"
    return [.note("\(lines) damaged in the journal: changes that stood there can't be undone")]
  }

  func writeText(to text: inout Text, on page: Page) {
    guard !calls.isEmpty else {
      if page.hasRemarks { text.line("No changes are recorded.") }
      return
    }
    var table = Table(
      [
        .init("CALL", .right), .init("WHEN"), .init("BY"), .init("COMMAND"), .init("STATE"),
        .init("CHANGES"),
      ], hasHeadings: page.hasHeadings)
    for call in calls.reversed() {
      let shown = call.changes.prefix(3).map { recorded in
        let isOdd = recorded.state.rawValue != call.state.rawValue
        return Self.words(for: recorded.change) + (isOdd ? " (\(recorded.state.rawValue))" : "")
      }
      let more = call.changes.count > 3 ? " and \(call.changes.count - 3) more" : ""
      table.append([
        "\(call.id)", Moment(call.time).local, call.caller?.words(users) ?? "-", call.command,
        call.state.rawValue,
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
        json.member("undone", .flag(call.state == .undone))
        json.member("state", .text(call.state.rawValue))
        json.member("user", Value(call.caller.map { users.name(of: $0.userID) }))
        json.member("through_user", Value(call.caller?.throughUser))
        json.member("terminal", Value(call.caller?.terminal))
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
    case .undone, .failed, .caller: ""
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
      case .undone, .failed, .caller: break
      }
      json.member("undone", .flag(recorded.state == .undone))
      json.member("state", .text(recorded.state.rawValue))
    }
  }
}

extension Journal.Call {
  /// The outcome of the call as a whole; the raw values are JSON's words.
  enum State: String {
    case done, undone, failed
    /// Of some of its changes something else became than of the others.
    case partly
  }

  /// The outcome of the call as a whole.
  var state: State {
    let states = Set(changes.map(\.state))
    guard states.count == 1, let only = states.first else { return .partly }
    return switch only {
    case .done: .done
    case .undone: .undone
    case .failed: .failed
    }
  }
}
