import Configuration
import ProcFS
import ProgramSupport
import Rendering
import TestSupport

@testable import Changes
@testable import Core
@testable import Processes

/// A made machine on which things are changed.
struct ChangedMachine: ~Copyable {
  let tree: FixtureTree
  let world: World
  let machine: Machine

  init(
    _ machine: FixtureMachine = .server, kernel: String? = nil,
    _ change: (inout Environment) -> Void = { _ in }
  ) throws {
    var made = machine
    made.files["proc/sys/vm/swappiness"] = made.files["proc/sys/vm/swappiness"] ?? "60\n"
    if let kernel { made.kernel = kernel }
    let tree = try made.tree()
    let world = try World(
      root: tree.path,
      environment: Environment {
        $0.userID = { 0 }
        $0.now = { 1_700_000_000 }
        change(&$0)
      })
    self.machine = Machine(world, options: MachineOptions())
    self.tree = tree
    self.world = world
  }

  /// A process as a command reads it.
  func subject(_ id: Int32) throws -> ScoredProcess {
    let all = try ProcessList(
      of: [ProcessID(id)], on: machine,
      needs: [.stat, .status, .adjustment, .legacyAdjustment], isScored: false, in: world.proc)
    guard let subject = all.subjects.first else { throw DataError("\(id)", "isn't there") }
    return subject
  }

  func text(_ path: String) throws -> String { try TestSupport.text(at: "\(tree.path)/\(path)") }

  var journal: Journal {
    get throws { try world.journal() }
  }
}

extension Change {
  /// A planned write of a setting.
  static func swappiness(from old: String, to new: String) -> Change {
    setting("vm/swappiness", from: old, to: new)
  }

  static func setting(_ path: String, from old: String, to new: String) -> Change {
    Change(
      target: SettingWrite.key(of: path), file: "/proc/sys/\(path)", old: .text(old),
      new: .text(new), action: .setting(SettingWrite(path: path, old: old, new: new)))
  }

  /// A planned write of a file.
  static func file(_ path: String, from old: String?, to new: String?) -> Change {
    Change(
      target: path, file: path, old: Value(old), new: Value(new),
      action: .file(FileWrite(path: path, old: old, new: new)))
  }
}

extension CommandReport {
  /// As people see it.
  func shown(width: Int? = nil, _ change: (inout CommonOptions) -> Void = { _ in }) -> String {
    var options = CommonOptions()
    change(&options)
    var text = Text()
    writeText(to: &text, on: Page(options, in: Environment { $0.terminalWidth = width }))
    return text.string
  }
}
