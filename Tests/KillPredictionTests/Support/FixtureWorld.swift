import TestSupport

@testable import Core

/// A world with next to nothing in it.
enum FixtureWorld {
  static func with<Result>(
    _ files: [String: FixtureTree.Entry] = [:], _ body: (borrowing World) throws -> Result
  ) throws -> Result {
    let tree = try FixtureTree(files.merging(["proc/version": ""]) { $1 })
    return try withExtendedLifetime(tree) {
      try body(try World(root: tree.path, environment: Environment()))
    }
  }
}
