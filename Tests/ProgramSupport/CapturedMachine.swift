package import TestSupport
import Testing

/// A machine captured while its memory was short, and what its kernel said of its processes.
package struct CapturedMachine: CustomTestStringConvertible, Sendable {
  package let name: String
  private let folder: String
  private let isArchive: Bool

  var testDescription: String { name }

  /// Those in the folder that `OOMCTL_FIXTURES` names, else the archives beside the tests.
  package static var all: [CapturedMachine] {
    get throws {
      let isArchive = environment("OOMCTL_FIXTURES") == nil
      let folder = environment("OOMCTL_FIXTURES") ?? archives
      let found = try names(in: folder).sorted().filter { name in
        isArchive ? name.hasSuffix(".txt") : hasExpectation("\(folder)/\(name)")
      }
      return found.map { name in
        CapturedMachine(
          name: isArchive ? String(name.dropLast(4)) : name, folder: folder, isArchive: isArchive)
      }
    }
  }

  private static var archives: String {
    let tests = #filePath.split(separator: "/").dropLast(1).joined(separator: "/")
    return "/\(tests)/Machines"
  }

  private static func hasExpectation(_ folder: String) -> Bool {
    (try? names(in: folder).contains("expected.json")) ?? false
  }

  /// Its files, as long as `body` runs.
  package func withRoot<Result>(_ body: (String) throws -> Result) throws -> Result {
    guard isArchive else { return try body("\(folder)/\(name)") }
    let tree = try FixtureTree(TreeArchive(at: "\(folder)/\(name).txt").entries)
    return try withExtendedLifetime(tree) { try body(tree.path) }
  }

  package var expected: JSON {
    get throws {
      try JSON(at: isArchive ? "\(folder)/\(name).json" : "\(folder)/\(name)/expected.json")
    }
  }
}
