package import Arguments
import ProcFS
import Rendering

/// The columns shown of processes, and the order of the rows.
package struct TableOptions: Sendable {
  package var columns: [ColumnChoice] = []
  package var sort: [SortKey] = []

  package init(columns: [ColumnChoice] = [], sort: [SortKey] = []) {
    self.columns = columns
    self.sort = sort
  }

  package static let parameters: [Parameter<Self>] = [
    .list(
      "columns", "o", appendsTo: \.columns, placeholder: "A,B", group: display,
      help: "Show these columns; +A,B adds them to those shown by default."),
    .list(
      "sort", appendsTo: \.sort, placeholder: "KEY,-KEY", group: display,
      help: "Sort by these columns; with a minus sign from the highest down."),
  ]

  private static let display = "Display"

  /// True where a column, or the order, is about containers or pods.
  var showsContainers: Bool {
    (columns.map(\.column) + sort.map(\.column)).contains { ["container", "pod"].contains($0.key) }
  }

  /// The columns to show, each once, where `standard` are shown by default. The first one decides
  /// whether all are added to those.
  package func columns(instead standard: [Column]) -> [Column] {
    let isAddition = columns.first?.isAddition ?? true
    let all = (isAddition ? standard : []) + columns.map(\.column)
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Sorts subjects; equal ones keep their order.
  package func sorted(_ subjects: [ScoredProcess], _ context: Column.Context) -> [ScoredProcess] {
    guard !sort.isEmpty else { return subjects }
    let keyed = subjects.enumerated().map { index, subject in
      (index, subject, sort.map { $0.column.value(subject, context) })
    }
    return keyed.sorted { left, right in
      for (key, (one, other)) in zip(sort, zip(left.2, right.2)) where one != other {
        return key.isDescending ? one > other : one < other
      }
      return left.0 < right.0
    }.map(\.1)
  }
}

/// A column by its name, as `rss_bytes` or `+cgroup`.
package struct ColumnChoice: ArgumentValue {
  let column: Column
  let isAddition: Bool

  package static let placeholder = "COLUMN"
  package static var expectation: String { "a column: " + names.joined(separator: ", ") }
  package static var completion: Completion { .choices(names) }

  fileprivate static var names: [String] { Column.all.map(\.key) }

  package init?(argument: String) {
    isAddition = argument.hasPrefix("+")
    guard let column = Column.named(isAddition ? String(argument.dropFirst()) : argument) else {
      return nil
    }
    self.column = column
  }
}

/// A column to sort by, as `name` or `-oom_score`.
package struct SortKey: ArgumentValue {
  package let column: Column
  let isDescending: Bool

  package static let placeholder = "KEY"
  package static var expectation: String { ColumnChoice.expectation }
  package static var completion: Completion { .choices(ColumnChoice.names) }

  package init?(argument: String) {
    isDescending = argument.hasPrefix("-")
    let hasSign = isDescending || argument.hasPrefix("+")
    guard let column = Column.named(hasSign ? String(argument.dropFirst()) : argument) else {
      return nil
    }
    self.column = column
  }
}
