import Badness
package import Core
import ProcFS
package import Rendering

/// One thing that can be shown of a process: a column of a table, and a member in JSON.
package struct Column: Sendable {
  /// The key in JSON, by which the column is selected too.
  package let key: String
  /// Other names by which it can be selected, such as those of ps(1).
  let aliases: [String]
  package let title: String
  package let alignment: Table.Alignment
  /// The files that it comes from; with `isScored` also those that the rule in force needs.
  package let needs: ProcessSnapshot.Fields
  package let isScored: Bool
  package let value: @Sendable (ScoredProcess, Context) -> Value

  /// Other data that a value may depend on.
  package struct Context: Sendable {
    package var machine: Machine
    package var users: Users
    package var containers: ContainerNames

    package init(
      machine: Machine, users: Users, containers: ContainerNames = ContainerNames()
    ) {
      self.machine = machine
      self.users = users
      self.containers = containers
    }

    /// The container or pod that a process is in; `nil` where it is in none.
    func owner(of subject: ScoredProcess) -> CgroupOwner? {
      CgroupOwner(contained: subject.record.cgroups?.memory?.path, named: containers)
    }
  }

  init(
    _ key: String, _ title: String, _ alignment: Table.Alignment = .left,
    aliases: [String] = [], needs: ProcessSnapshot.Fields = [], isScored: Bool = false,
    _ value: @escaping @Sendable (ScoredProcess, Context) -> Value
  ) {
    self.key = key
    self.aliases = aliases
    self.title = title
    self.alignment = alignment
    self.needs = needs
    self.isScored = isScored
    self.value = value
  }
}

extension Column {
  /// The column with that name or alias.
  package static func named(_ name: String) -> Column? {
    all.first { $0.key == name || $0.aliases.contains(name) }
  }
}

extension Column: Equatable {
  package static func == (left: Column, right: Column) -> Bool { left.key == right.key }
}
