import TestSupport

/// A table of what kernels computed: text in columns between tabs, with a line of headings.
struct VectorFile {
  let path: String
  let columns: [String]
  let rows: [Row]

  struct Row {
    /// Where to find it, for messages.
    let place: String
    let values: [String: String]
  }

  /// The folder that `OOMCTL_VECTORS` names, else the copy beside the tests.
  static var folder: String {
    if let folder = environment("OOMCTL_VECTORS") { return folder }
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(tests)/Vectors"
  }

  init(_ name: String) throws {
    path = "\(Self.folder)/\(name)"
    let lines = try text(at: path).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let columns = lines.first, lines.count > 1 else { throw DataError(path, "has no rows") }
    guard Set(columns).count == columns.count else { throw DataError(path, "repeats a column") }
    var rows: [Row] = []
    for (number, values) in zip(2..., lines.dropFirst()) {
      let place = "\(path):\(number)"
      guard values.count == columns.count else { throw DataError(place, "has a ragged row") }
      let named = Dictionary(uniqueKeysWithValues: zip(columns, values))
      rows.append(Row(place: place, values: named))
    }
    self.columns = columns
    self.rows = rows
  }
}

extension VectorFile.Row {
  subscript(column: String) -> String {
    get throws {
      guard let value = values[column] else { throw DataError(place, "has no column \(column)") }
      return value
    }
  }

  func number(_ column: String) throws -> Int128 {
    guard let number = Int128(try self[column]) else { throw DataError(place, "\(column)?") }
    return number
  }
}
