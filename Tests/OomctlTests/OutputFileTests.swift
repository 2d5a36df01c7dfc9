import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A file for output")
struct OutputFileTests {
  private func write(to path: String, _ words: [String] = []) throws -> Run {
    try run(["metrics", "--output", path] + words, on: FixtureMachine.server.tree())
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test("holds what would be printed, for everybody to read, and nothing is printed")
  func content() throws {
    let folder = try FixtureTree()
    let path = "\(folder.path)/oomctl.prom"
    let result = try write(to: path)
    #expect(result.output.isEmpty && result.status == .done)
    let page = try run(["metrics"], on: FixtureMachine.server.tree()).output
    #expect(try text(at: path) == page)
    #expect(mode(path) == 0o644)
    #expect(try names(in: folder.path).filter { !$0.hasPrefix(".") } == ["oomctl.prom"])
  }

  @Test("that is there is replaced, and keeps its permissions")
  func replacement() throws {
    let folder = try FixtureTree(["a.prom": "old\n", "a.prom.oomctl-new": "half"])
    let path = "\(folder.path)/a.prom"
    unsafe chmod(path, 0o640)
    #expect(try write(to: path).status == .done)
    #expect(try text(at: path).hasPrefix("# HELP oomctl_build_info"))
    #expect(mode(path) == 0o640)
    #expect(try names(in: folder.path).filter { !$0.hasPrefix(".") } == ["a.prom"])
  }

  @Test(
    "that isn't an ordinary one stays as it is",
    arguments: ["folder.prom", "link.prom", "pipe.prom"])
  func strange(name: String) throws {
    let folder = try FixtureTree([
      "folder.prom": .folder, "link.prom": .link("target"), "target": "old\n",
    ])
    unsafe mkfifo("\(folder.path)/pipe.prom", 0o644)
    let path = "\(folder.path)/\(name)"
    let result = try write(to: path)
    #expect(
      result.errors == "oomctl: \(path): isn't an ordinary file\nName a file to write or replace.\n"
    )
    #expect(result.status == .failed && result.output.isEmpty)
    #expect(try text(at: "\(folder.path)/target") == "old\n")
  }

  @Test(
    "that node_exporter would never read is wrong, and isn't written",
    arguments: ["x.txt", "x.prom.old", "x.PROM", "prom", "x.prom/", "/dev/null", "/"])
  func unread(name: String) throws {
    let folder = try FixtureTree()
    let result = try write(to: name.hasPrefix("/") ? name : "\(folder.path)/\(name)")
    #expect(
      result.errors
        == "oomctl: the name for --output must end in .prom: node_exporter reads no other\n"
        + "Try 'oomctl metrics --help'.\n")
    #expect(result.status == .usage && result.output.isEmpty)
    #expect(try names(in: folder.path).filter { !$0.hasPrefix(".") }.isEmpty)
  }

  @Test("in a folder that isn't there is one clear line")
  func missing() throws {
    let folder = try FixtureTree()
    let result = try write(to: "\(folder.path)/none/a.prom")
    #expect(result.errors == "oomctl: \(folder.path)/none: No such file or directory\n")
    #expect(result.status == .failed)
  }

  @Test("is left alone where there is nothing to write")
  func nothing() throws {
    let folder = try FixtureTree(["a.prom": "old\n"])
    let result = run([
      "metrics", "--root", "\(folder.path)/none", "--output", "\(folder.path)/a.prom",
    ])
    #expect(result.status == .failed)
    #expect(try text(at: "\(folder.path)/a.prom") == "old\n")
  }
}
