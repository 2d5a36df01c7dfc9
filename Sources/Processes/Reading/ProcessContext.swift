package import Core
import ProcFS
package import Rendering

/// The context of a command about processes: the machine, its users, and the selection.
package struct ProcessContext {
  package let machine: Machine
  package let columnContext: Column.Context
  package let selection: ProcessSelection

  /// - Parameters:
  ///   - common: The options of every command.
  ///   - selection: The processes that are meant.
  ///   - table: The columns, where it shows a table of them.
  ///   - showsNames: True where it tells which container a process is in, whatever the columns are.
  ///   - world: The world.
  package init(
    _ common: CommonOptions, selection: SelectionOptions = SelectionOptions(),
    table: TableOptions? = nil, showsNames: Bool = false, in world: borrowing World
  ) throws(Failure) {
    machine = Machine(world, options: common.machine)
    let users = Users(in: world)
    // They are in a dozen folders, which a glance at the first victims doesn't wait for.
    let isNamed =
      showsNames || common.format == .json || selection.meansContainers
      || table?.showsContainers == true
    let containers = isNamed ? ContainerNames(of: world) : ContainerNames()
    columnContext = Column.Context(machine: machine, users: users, containers: containers)
    self.selection = try ProcessSelection(
      selection, users: users, containers: containers, in: world)
  }
}

extension JSONWriter {
  /// A process as an object, in the order of the columns.
  package mutating func process(
    _ subject: ScoredProcess, columns: [Column] = Column.all, _ context: Column.Context,
    and others: (inout JSONWriter) -> Void = { _ in }
  ) {
    object { json in
      for column in columns {
        switch column.key {
        case "container":
          json.writeContainer(of: context.owner(of: subject))
        case "pod": json.writePod(of: context.owner(of: subject), named: context.containers)
        default: json.member(column.key, column.value(subject, context))
        }
      }
      others(&json)
    }
  }
}
