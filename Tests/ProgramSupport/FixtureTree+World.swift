package import TestSupport

@testable package import Core

extension FixtureTree {
  /// The tree as commands read it; it must live on meanwhile.
  package func world(user: UInt32 = 0) throws -> World {
    try World(root: path, environment: Environment(userID: { user }))
  }

  /// The same for what is told of it at once.
  package func withWorld<Result>(
    user: UInt32 = 0, _ body: (borrowing World) throws -> Result
  ) throws -> Result {
    try withExtendedLifetime(self) {
      let world = try World(root: path, environment: Environment(userID: { user }))
      return try body(world)
    }
  }
}
