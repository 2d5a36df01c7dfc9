import Glibc
import ProcFS
import ProgramSupport
import TestSupport

@testable import Core
@testable import oomctl

/// The kernel lab's helper, which does what its words say: `Tests/KernelLab/hog.c`.
final class Hog {
  private let folder: FixtureTree
  private let process: Spawned
  /// The adjustment that it inherited.
  let start: Int

  var id: Int { Int(process.id) }

  /// Whether it can be built, and whether the kernel tells who shares memory.
  static let isPossible: Bool = {
    let own = ProcessID(getpid())
    return Executable.tool("cc") != nil && own.memoryOrder(to: own) == .same
  }()

  /// The last of the words must be `ready`: then it has done what comes before.
  init(_ words: [String]) throws {
    guard let compiler = Executable.tool("cc") else { throw DataError("cc", "is missing") }
    let source = "\(TestSupport.folder(of: #filePath))/../../KernelLab/hog.c"
    folder = try FixtureTree(["words": ""])
    let program = "\(folder.path)/hog"
    let build = try Executable.run(compiler, ["-o", program, source])
    guard build.status == 0 else { throw DataError(source, build.errors) }
    process = try Spawned(program, words, hasOwnGroup: true)
    start = try ProcFS().process(ProcessID(process.id)).adjustment
  }

  /// Its only child, once it sleeps.
  var child: Int {
    get throws {
      for _ in 0..<2000 {
        let found = run(["list", "--parent", "\(id)", "--name", "inner", "--json"])
        if found.status == .done, let child = try found.numbers.first { return child }
        usleep(5000)
      }
      throw DataError("hog", "has no child")
    }
  }

  /// Ends it and its children.
  func stop() { process.stop() }
}
