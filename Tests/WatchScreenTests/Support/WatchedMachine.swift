import ProgramSupport
import Rendering
import TestSupport

@testable import CivilTime
@testable import Core
@testable import Processes
@testable import WatchScreen

/// A made machine that is watched, without a terminal.
final class WatchedMachine {
  let tree: FixtureTree
  private let world: World
  private var sampler: Sampler
  private let options = CommonOptions()
  var context: WatchContext
  var state = WatchState()
  var width = 80
  var height = 24

  /// As a clock shows it in all screens.
  static let clock = "12:34:56"
  private static let time = 1_700_000_000

  init(_ machine: FixtureMachine = .server, utf8: Bool = true) throws {
    tree = try machine.tree()
    let environment = Environment(
      variables: ["LANG": utf8 ? "C.UTF-8" : "C"], now: { WatchedMachine.time })
    let world = try World(root: tree.path, environment: environment)
    let context = try ProcessContext(options, in: world)
    var view = WatchContext(options, users: context.columnContext.users, in: world)
    view.namesKills = false
    self.context = view
    sampler = Sampler(options.machine, on: context.machine, context.selection, in: world)
    self.world = world
    try look()
  }

  /// Looks once more.
  func look() throws {
    state.pageSize = view.pageSize
    state.take(try sampler.sample(state.look, in: world))
  }

  /// Presses keys, and looks again where they ask for more.
  func press(_ keys: Key...) throws {
    for key in keys {
      let before = state.look
      _ = state.press(key)
      if state.look != before { try look() }
    }
  }

  func type(_ text: String) throws {
    for character in text { try press(.character(character)) }
  }

  private var view: WatchView {
    WatchView(state: state, context: context, width: width, height: height, text: text)
  }

  private var text: [StyledLine]? {
    switch state.mode {
    case .help: WatchHelp.lines(usesBlocks: context.usesBlocks)
    case .explanation(let process):
      WatchExplanation(
        process: process, common: options, machine: sampler.machine, users: context.users
      ).lines(state.sample, width: width, in: world)
    case .list, .filter, .value, .confirmation: nil
    }
  }

  /// The screen as lines.
  var screen: [String] {
    state.pageSize = view.pageSize
    let rows = Screen(view.lines, width: width, height: height, isASCII: !context.usesBlocks).rows
    let now = String(Moment(Self.time).local.suffix(8))
    return rows.map {
      $0.split(separator: now, omittingEmptySubsequences: false).joined(separator: Self.clock)
    }
  }

  /// Names in the list, from the top.
  var names: [String] {
    state.rows.map {
      switch $0 {
      case .process(let processRow, let depth):
        String(repeating: " ", count: depth) + processRow.name
      case .group(let group): group.path
      }
    }
  }
}
