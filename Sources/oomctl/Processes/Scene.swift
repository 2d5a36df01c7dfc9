import ProcFS
import Rendering

/// What a command about processes works with: the machine, its users, and the processes that are meant.
struct Scene {
  let machine: Machine
  let context: Column.Context
  let selection: Selection

  init(
    _ common: CommonOptions, selection: SelectionOptions = SelectionOptions(),
    in world: borrowing World
  ) throws(Failure) {
    machine = Machine(world, options: common.machine)
    let users = Users(in: world)
    context = Column.Context(machine: machine, users: users)
    self.selection = try Selection(selection, users: users, in: world)
  }
}

extension JSONWriter {
  /// A process as an object, in the order of the columns.
  mutating func process(
    _ subject: Subject, columns: [Column] = Column.all, _ context: Column.Context,
    and others: (inout JSONWriter) -> Void = { _ in }
  ) {
    object { json in
      for column in columns { json.member(column.key, column.value(subject, context)) }
      others(&json)
    }
  }
}
