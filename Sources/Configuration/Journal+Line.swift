extension Journal {
  /// The kind of a line that holds nothing but the number of a call: the last that was given.
  static let lastCallKind = "last"

  /// An entry as a line with its end: fields between tabs, the last of which is a checksum.
  ///
  /// The first five are those of every kind, those of a later oomctl too.
  package static func line(for entry: Entry) -> [UInt8] {
    var line = JournalLine()
    line.add(entry.change.kind)
    line.add(entry.call)
    line.add(entry.index)
    line.add(entry.time)
    line.add(entry.command)
    switch entry.change {
    case .adjustment(let change):
      line.add(change.boot)
      line.add(change.namespace)
      line.add(change.pid)
      line.add(change.startTicks)
      line.add(change.name)
      line.add(change.file)
      line.add(change.old)
      line.add(change.new)
      line.add(change.upTicks)
    case .file(let change):
      line.add(change.path)
      line.add(change.old)
      line.add(change.new)
    case .setting(let change):
      line.add(change.path)
      line.add(change.old)
      line.add(change.new)
      line.add(change.boot)
    case .undone(let call, let index), .failed(let call, let index):
      line.add(call)
      line.add(index)
    case .caller(let caller):
      line.add(caller.userID)
      line.add(caller.throughUser)
      line.add(caller.terminal)
    }
    return line.finished()
  }

  /// The line that keeps `nextCall` when the calls themselves are gone.
  var lastCallLine: [UInt8] {
    var line = JournalLine()
    line.add(Self.lastCallKind)
    line.add(nextCall - 1)
    return line.finished()
  }
}

extension Journal.Change {
  fileprivate var kind: String {
    switch self {
    case .adjustment: "adjustment"
    case .file: "file"
    case .setting: "setting"
    case .undone: "undone"
    case .failed: "failed"
    case .caller: "caller"
    }
  }
}

extension Journal.Entry {
  /// Reads what `line` wrote after the call's number.
  init(kind: String, call: Int, fields: inout JournalFields) throws(JournalFields.Malformed) {
    self.call = call
    index = try fields.index()
    time = try fields.number()
    command = try fields.text()
    switch kind {
    case "adjustment":
      change = .adjustment(
        Journal.Adjustment(
          boot: try fields.text(), namespace: try fields.text(), pid: try fields.number(),
          startTicks: try fields.number(), name: try fields.text(), file: try fields.text(),
          old: try fields.number(), new: try fields.number(), upTicks: try fields.number()))
    case "file":
      change = .file(
        Journal.FileChange(
          path: try fields.text(), old: try fields.optionalText(), new: try fields.optionalText()))
    case "setting":
      change = .setting(
        Journal.SettingChange(
          path: try fields.text(), old: try fields.text(), new: try fields.text(),
          boot: try fields.text()))
    case "undone":
      change = .undone(call: try fields.callNumber(), index: try fields.index())
    case "failed":
      change = .failed(call: try fields.callNumber(), index: try fields.index())
    case "caller":
      change = .caller(
        Journal.Caller(
          userID: try fields.number(), throughUser: try fields.optionalText(),
          terminal: try fields.optionalText()))
    default:
      throw JournalFields.Malformed()
    }
    guard fields.isAtEnd else { throw JournalFields.Malformed() }
  }
}
