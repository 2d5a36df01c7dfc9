import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("The identity of a file")
struct FileIdentityTests {
  @Test("is the same under all names, and another's is another")
  func identity() throws {
    let tree = try FixtureTree(["a": "x", "b": "x", "link": .link("a")])
    let one = try #require(FileIdentity(of: "\(tree.path)/a"))
    #expect(FileIdentity(of: "\(tree.path)/link") == one)
    #expect(FileIdentity(of: "\(tree.path)/b") != one)
    #expect(FileIdentity(of: "\(tree.path)/none") == nil)
  }

  @Test("is that of a process's program")
  func executable() throws {
    let process = try ProcFS().process(ProcessID(getpid()))
    #expect(try process.executableFile == FileIdentity(of: "/proc/self/exe"))
    #expect(try process.mountNamespace == ProcFS().mountNamespace)
  }

  @Test(
    "tells whether a program acts as its owner",
    arguments: [(0o755, false), (0o4755, true), (0o2755, false), (0o6711, true)] as [(mode_t, Bool)]
  )
  func setUserID(mode: mode_t, acts: Bool) throws {
    let tree = try FixtureTree(["a": "x"])
    unsafe chmod("\(tree.path)/a", mode)
    #expect(FileIdentity.isSetUserID("\(tree.path)/a") == acts)
    #expect(!FileIdentity.isSetUserID("\(tree.path)/none"))
  }
}
