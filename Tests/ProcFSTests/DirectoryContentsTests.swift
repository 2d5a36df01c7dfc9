import TestSupport
import Testing

@testable import ProcFS

@Suite("The content of a file")
struct DirectoryContentsTests {
  @Test(
    "is whole, whatever its size", arguments: [1, 4095, 4096, 4097, 8192, 10_000], [false, true])
  func whole(size: Int, isLong: Bool) throws {
    let tree = try FixtureTree(["file": .file([UInt8](repeating: 7, count: size))])
    let bytes = try Directory(path: tree.path).contents(of: "file", isLong: isLong)
    #expect(bytes == [UInt8](repeating: 7, count: size))
  }

  @Test(
    "is refused where it is longer than it may be, by blocks",
    arguments: [(4096, 4096, true), (8192, 8192, true), (8193, 8192, false), (12_288, 4097, false)])
  func longest(size: Int, longest: Int, isTaken: Bool) throws {
    let tree = try FixtureTree(["file": .file([UInt8](repeating: 7, count: size))])
    let path = "\(tree.path)/file"
    let directory = try Directory(path: tree.path)
    let bytes = try? directory.contents(of: "file", longest: longest)
    #expect((bytes?.count == size) == isTaken)
    #expect((try? Directory.contents(of: path, longest: longest))?.count == bytes?.count)
    if !isTaken {
      let error = #expect(throws: ProcFSError.self) {
        try directory.contents(of: "file", longest: longest)
      }
      #expect(error?.errno == .fileTooLarge)
    }
  }

  @Test(
    "has a start, and perhaps more",
    arguments: [
      (0, 5, 0, false), (4, 5, 4, false), (5, 5, 5, false), (6, 5, 5, true),
      (2000, 1024, 1024, true),
      (1024, 1024, 1024, false), (1025, 1024, 1024, true), (3000, 3000, 3000, false),
      (9000, 3000, 3000, true),
    ])
  func start(size: Int, longest: Int, count: Int, isCut: Bool) throws {
    let tree = try FixtureTree(["file": .file([UInt8](repeating: 7, count: size))])
    let found = try Directory(path: tree.path).withStart(of: "file", longest: longest) {
      ($0.count, $1)
    }
    #expect(found.0 == count && found.1 == isCut)
  }

  private func lines(_ text: String, longest: Int = 100) throws -> [String] {
    let tree = try FixtureTree(["file": .file(Array(text.utf8))])
    var lines: [String] = []
    try Directory(path: tree.path).forEachLine(of: "file", longest: longest) {
      lines.append($0.text)
    }
    return lines
  }

  @Test(
    "has lines, of which the long ones are cut",
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
      ("\n\na\n", ["", "", "a"]), ("abcdef\nabcde\nabcd", ["abcde", "abcde", "abcd"]),
    ])
  func lines(text: String, expected: [String]) throws {
    #expect(try lines(text, longest: 5) == expected)
  }

  @Test("has the same lines wherever a piece of the file ends", arguments: 4090...4100)
  func pieces(length: Int) throws {
    let long = String(repeating: "a", count: length)
    #expect(try lines("\(long)\nb\n\(long)\n", longest: 5000) == [long, "b", long])
    #expect(
      try lines("\(long)\nb\n", longest: 4093) == [String(long.prefix(4093)), "b"])
    let short = String(repeating: "x\n", count: length)
    #expect(try lines(short).count == length)
  }

  @Test(
    "is a number of less than 32 bytes",
    arguments: [(1, true), (19, true), (30, true), (31, true), (32, false), (40, false)])
  func numbers(blanks: Int, isTaken: Bool) throws {
    let text = String(repeating: " ", count: blanks - 1) + "7"
    let tree = try FixtureTree(["file": .file(Array(text.utf8))])
    let directory = try Directory(path: tree.path)
    #expect((try? directory.number(in: "file", as: Int.self)) == (isTaken ? 7 : nil))
  }

  @Test("is nothing of a pipe without a writer, which is no empty file")
  func pipes() throws {
    let tree = try FixtureTree(["pipe": .pipe, "empty": ""])
    let directory = try Directory(path: tree.path)
    #expect(try directory.contents(of: "empty").isEmpty)
    try directory.forEachLine(of: "empty") { _ in }
    #expect(throws: ProcFSError.self) { try directory.contents(of: "pipe") }
    #expect(throws: ProcFSError.self) { try directory.forEachLine(of: "pipe") { _ in } }
    #expect(throws: ProcFSError.self) {
      try directory.withStart(of: "pipe", longest: 5) { _, _ in }
    }
    #expect(throws: ProcFSError.self) { try directory.number(in: "pipe", as: Int.self) }
    #expect(
      ProcFSError(reading: "x", .notSeekable).reason == .notOrdinary
        && ProcFSError(reading: "x", .again).reason == .system(.again))
    #expect(
      ProcFSError(opening: "x", .again).reason == .leased
        && ProcFSError(opening: "x", .notSeekable).reason == .system(.notSeekable))
  }
}

@Suite("A name of a draft")
struct DraftNameTests {
  @Test(
    "begins with that of its file, and ends with a lot of eight or none",
    arguments: [
      ("a.oomctl-new", true), ("a.oomctl-new-01234567", true), ("a.oomctl-new-0123456", false),
      ("a.oomctl-new-012345678", false), ("a.oomctl-new_01234567", false), ("a.oomctl-ne", false),
      ("b.oomctl-new", false), ("a", false), ("", false), ("xa.oomctl-new", false),
    ])
  func names(name: String, isDraft: Bool) {
    let beginning = Array(Draft.beginning(of: "a").utf8)
    #expect(Draft.isName(Array(name.utf8).span, beginning: beginning) == isDraft)
  }

  @Test("is the one that a draft gets")
  func own() throws {
    let tree = try FixtureTree(["a": "x"])
    let folder = try Directory(path: tree.path)
    let likeness = try Likeness(of: "a", in: folder.descriptor.number, otherwise: 0o644)
    for _ in 0..<40 {
      let draft = try Draft(of: "a", as: likeness, in: folder)
      let name = Array(draft.name.utf8)
      let isDraft = Draft.isName(name.span, beginning: Array(Draft.beginning(of: "a").utf8))
      #expect(isDraft && name.count == "a.oomctl-new-01234567".utf8.count)
      folder.unlink(draft.name)
    }
  }
}

@Suite("Bytes as text")
struct SpanTextTests {
  @Test("hold a word, or begin with it somewhere")
  func words() {
    let bytes = Array("one two".utf8)
    for (offset, isThere) in [(0, false), (4, true), (5, false), (7, false), (99, false)] {
      let starts = bytes.span.starts(with: "two", at: offset)
      #expect(starts == isThere)
    }
    for (range, isThere) in [(0..<3, true), (0..<2, false), (0..<4, false), (4..<7, false)] {
      let holds = bytes.span.holds("one", in: range)
      #expect(holds == isThere)
    }
  }

  @Test("have a next and a last byte of a kind")
  func offsets() {
    let bytes = Array("a,b,c".utf8)
    for (start, found) in [(0, 1), (1, 1), (2, 3), (4, 5), (5, 5), (9, 5)] {
      let offset = bytes.span.offset(of: UInt8(ascii: ","), from: start)
      #expect(offset == found)
    }
    for (byte, found) in [("a", 0), (",", 3), ("c", 4), ("x", nil)] as [(Unicode.Scalar, Int?)] {
      let offset = bytes.span.lastOffset(of: UInt8(ascii: byte))
      #expect(offset == found)
    }
  }
}
