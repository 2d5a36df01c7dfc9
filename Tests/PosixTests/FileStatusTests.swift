import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Posix

@Suite("The status of a file")
struct FileStatusTests {
  @Test("is its kind, with links followed or not")
  func kinds() throws {
    let tree = try FixtureTree([
      "file": "12345", "folder": .folder, "pipe": .pipe, "link": .link("file"),
      "loop": .link("loop"),
    ])
    let kind = { (name: String) throws in try FileStatus(at: "\(tree.path)/\(name)").kind }
    #expect(try kind("file") == .ordinary && kind("folder") == .folder && kind("pipe") == .pipe)
    #expect(try kind("link") == .ordinary)
    #expect(try FileStatus(ofLink: "\(tree.path)/link").kind == .other)
    #expect(try FileStatus(at: "/dev/null").kind == .other)
    #expect(throws: Errno.noSuchFile) { try kind("none") }
    #expect(throws: Errno.symbolicLink) { try kind("loop") }
    #expect(throws: Errno.noSuchFile) { _ = try FileStatus(ofLink: "\(tree.path)/none") }
  }

  @Test("is its size, its time and its identity")
  func values() throws {
    let tree = try FixtureTree(["file": "12345", "same": "12345", "link": .link("file")])
    var times = timespec(tv_sec: 1234, tv_nsec: 999_999_999)
    let both = [times, times]
    times.tv_sec = 0
    #expect(unsafe utimensat(AT_FDCWD, "\(tree.path)/file", both, 0) == 0)
    let one = try FileStatus(at: "\(tree.path)/file")
    #expect(one.size == 5 && one.modified == 1234)
    #expect(try one.isSameFile(as: FileStatus(at: "\(tree.path)/link")))
    #expect(try !one.isSameFile(as: FileStatus(at: "\(tree.path)/same")))
    let open = try Directory(path: tree.path).fileForReading("file").status
    #expect(open.isSameFile(as: one) && open.kind == .ordinary && open.size == 5)
  }
}

@Suite("A program that is looked for")
struct FoundProgramTests {
  @Test("is an ordinary file that can be run, by whatever name")
  func found() throws {
    let tree = try FixtureTree([
      "run": "#!/bin/sh\n", "link": .link("run"), "text": "x", "folder": .folder,
    ])
    unsafe chmod("\(tree.path)/run", 0o755)
    let program = try #require(FoundProgram("\(tree.path)/run"))
    let link = try #require(FoundProgram("\(tree.path)/link"))
    #expect(program.path == "\(tree.path)/run" && link.path == "\(tree.path)/link")
    #expect(link.realPath == program.realPath && link.identity == program.identity)
    #expect(program.realPath.hasSuffix("/run"))
    for name in ["text", "folder", "none"] { #expect(FoundProgram("\(tree.path)/\(name)") == nil) }
  }
}

@Suite("The position in a file")
struct PositionTests {
  private func text(_ file: borrowing FileDescriptor, at offset: Int) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 3)
    var span = buffer.mutableSpan
    let count = try file.read(into: &span, at: offset)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  @Test("stays where something is read elsewhere, and goes to both ends")
  func positions() throws {
    let tree = try FixtureTree(["file": "abcdef"])
    let file = try Directory(path: tree.path).fileForReading("file")
    #expect(file.position == 0)
    #expect(try text(file, at: 0) == "abc" && text(file, at: 4) == "ef" && text(file, at: 6) == "")
    #expect(file.position == 0)
    try file.skipToEnd()
    #expect(file.position == 6)
    try file.rewind()
    #expect(file.position == 0)
    let copy = try FileDescriptor(duplicating: file.number)
    #expect(copy.number > 2 && copy.number != file.number)
    try copy.skipToEnd()
    #expect(file.position == 6)
  }

  @Test("isn't there in a pipe")
  func pipes() throws {
    let pipe = try Pipe()
    let writer = try FileDescriptor(duplicating: pipe.writer.number)
    #expect(writer.position == nil)
    #expect(throws: Errno.notSeekable) { try writer.rewind() }
    #expect(throws: Errno.notSeekable) { try writer.skipToEnd() }
    #expect(throws: Errno.badDescriptor) { _ = try FileDescriptor(duplicating: 1 << 20) }
  }
}
