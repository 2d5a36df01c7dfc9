package import Core
import ProcFS
package import Rendering

/// The context of a command about processes: the machine, its users, and the selection.
package struct ProcessContext {
  package let machine: Machine
  package let columnContext: Column.Context
  package let selection: ProcessSelection

  package init(
    _ common: CommonOptions, selection: SelectionOptions = SelectionOptions(),
    in world: borrowing World
  ) throws(Failure) {
    machine = Machine(world, options: common.machine)
    let users = Users(in: world)
    columnContext = Column.Context(machine: machine, users: users)
    self.selection = try ProcessSelection(selection, users: users, in: world)
  }
}

extension JSONWriter {
  /// A process as an object, in the order of the columns.
  package mutating func process(
    _ subject: ScoredProcess, columns: [Column] = Column.all, _ context: Column.Context,
    and others: (inout JSONWriter) -> Void = { _ in }
  ) {
    object { json in
      for column in columns { json.member(column.key, column.value(subject, context)) }
      others(&json)
    }
  }
}
