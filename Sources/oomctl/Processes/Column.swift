import Badness
import ProcFS
import Rendering

/// One thing that can be shown of a process: a column of a table, and a member in JSON.
struct Column: Sendable {
  /// The key in JSON, by which the column is selected too.
  let key: String
  /// Other names by which it can be selected, such as those of ps(1).
  let aliases: [String]
  let title: String
  let alignment: Table.Alignment
  /// The files that it comes from; with `isScored` also those that the rule in force needs.
  let needs: Record.Needs
  let isScored: Bool
  let value: @Sendable (Subject, Context) -> Value

  /// What else a value may depend on.
  struct Context: Sendable {
    var machine: Machine
    var users: Users
  }

  init(
    _ key: String, _ title: String, _ alignment: Table.Alignment = .left,
    aliases: [String] = [], needs: Record.Needs = [], isScored: Bool = false,
    _ value: @escaping @Sendable (Subject, Context) -> Value
  ) {
    self.key = key
    self.aliases = aliases
    self.title = title
    self.alignment = alignment
    self.needs = needs
    self.isScored = isScored
    self.value = value
  }

  /// The files to read on this machine.
  func needs(on machine: Machine) -> Record.Needs {
    isScored ? needs.union(machine.badnessNeeds) : needs
  }
}

extension Column {
  /// The one called so.
  static func named(_ name: String) -> Column? {
    all.first { $0.key == name || $0.aliases.contains(name) }
  }
}

extension Column: Equatable {
  static func == (left: Column, right: Column) -> Bool { left.key == right.key }
}
