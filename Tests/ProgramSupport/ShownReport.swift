package import Core
import Rendering
package import TestSupport

extension WorldCommand {
  /// The words of a command on a made machine: its remarks, and then its report.
  package func shown(on machine: FixtureMachine, width: Int? = nil) throws -> String {
    try shown(in: machine.tree(), width: width)
  }

  /// The same in a tree of files.
  package func shown(in tree: FixtureTree, width: Int? = nil) throws -> String {
    let environment = Environment {
      $0.terminalWidth = width
      $0.variables = ["NO_COLOR": "1"]
      $0.userID = { 0 }
      $0.now = { 1_700_000_000 }
    }
    let world = try World(root: tree.path, environment: environment)
    let report = try run(in: world)
    var text = Text()
    report.writeText(to: &text, on: Page(common, in: environment))
    let remarks = report.remarks.map { remark in
      (remark.isError ? "error: " : "note: ") + remark.text
        + (remark.advice.map { " / \($0)" } ?? "") + "\n"
    }
    let whole = report.isComplete ? "" : "(incomplete)\n"
    return (remarks.joined() + whole + text.string).without(root: tree.path)
  }
}

extension String {
  /// Without the folder of a test; where it was, the layout depends on its length, and is taken out too: lines
  /// that hang from others are joined to them, and blanks are single.
  fileprivate func without(root: String) -> String {
    let parts = split(separator: root, omittingEmptySubsequences: false)
    guard parts.count > 1 else { return self }
    let text = parts.joined()
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") {
      page, line in
      let words = line.split(separator: " ").joined(separator: " ")
      page += (page.isEmpty ? "" : line.hasPrefix(" ") ? " " : "\n") + words
    }
  }
}
