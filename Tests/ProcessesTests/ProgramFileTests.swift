import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A program by its path")
struct ProgramFileTests {
  private let files: [String: FixtureTree.Entry] = [
    "proc/version": "", "usr/bin/java": .link("/etc/alternatives/java"),
    "etc/alternatives/java": .link("../../opt/jdk/bin/java"), "opt/jdk/bin/java": "x",
    "bin": .link("usr/bin"), "loop": .link("loop"), "file": "x",
  ]

  @Test(
    "means the file behind its links",
    arguments: [
      ("/usr/bin/java", "/opt/jdk/bin/java"), ("/bin/java", "/opt/jdk/bin/java"),
      ("/bin/./../bin/other", "/usr/bin/other"), ("/opt/jdk/../none", "/opt/none"),
      ("/../file", "/file"), ("/file/x", "/file/x"), ("/", "/"), ("/loop", "/loop"),
    ])
  func links(path: String, real: String) throws {
    let tree = try FixtureTree(files)
    let world = try tree.world()
    let program = ProgramFile(path, in: world)
    if path != "/loop" { #expect(try world.realPath(of: path) == real) }
    var record = ProcessSnapshot.named("x", executable: real)
    #expect(program.isRun(by: record) && program.bearsName(of: record) || path == "/")
    record.executable = path
    #expect(program.isRun(by: record))
    record.executable = "/elsewhere/other-name"
    #expect(!program.isRun(by: record) && !program.bearsName(of: record))
    record.executable = nil
    #expect(!program.isRun(by: record) && !program.bearsName(of: record))
  }

  @Test("follows forty links and no more")
  func manyLinks() throws {
    var files: [String: FixtureTree.Entry] = ["proc/version": ""]
    for index in 0..<41 { files["l\(index)"] = .link("l\(index + 1)") }
    let tree = try FixtureTree(files)
    let world = try tree.world()
    #expect(try world.realPath(of: "/l1") == "/l41")
    #expect(throws: ProcFSError.self) { try world.realPath(of: "/l0") }
  }

  @Test("was run before it was replaced, in the same mounts")
  func replaced() throws {
    let tree = try FixtureTree(files)
    let world = try tree.world()
    let program = ProgramFile("/usr/bin/java", in: world)
    var record = ProcessSnapshot.named("x", executable: "/opt/jdk/bin/java (deleted)")
    #expect(!program.wasRun(by: record))
    record.isInOwnMounts = true
    #expect(program.wasRun(by: record))
    record.executable = "/opt/jdk/bin/java"
    #expect(!program.wasRun(by: record))
    record.executable = "/opt/jdk/bin/other (deleted)"
    #expect(!program.wasRun(by: record) && !program.bearsName(of: record))
  }
}
