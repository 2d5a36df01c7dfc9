import Glibc
import ProcFS
import TestSupport
import Testing

@Suite("A process")
struct ProcessTests {
  @Test(
    "has the score its file says",
    arguments: [("0\n", 0), ("666\n", 666), ("1333\n", 1333), ("18446744073709551615\n", .max)]
      as [(String, UInt64)])
  func score(text: String, expected: UInt64) throws {
    let tree = try FixtureTree(["17/oom_score": .file(Array(text.utf8))])
    #expect(try tree.process().oomScore == expected)
  }

  @Test("has both adjustments", arguments: [(0, 0), (-1000, -17), (1000, 15), (500, 8)])
  func adjustments(adjustment: Int, legacy: Int) throws {
    let tree = try FixtureTree(["17/oom_score_adj": "\(adjustment)\n", "17/oom_adj": "\(legacy)\n"])
    let process = try tree.process()
    #expect(try process.adjustment == adjustment && process.legacyAdjustment == legacy)
  }

  @Test("has what its other files say")
  func files() throws {
    let tree = try FixtureTree([
      "17/status": "State:\tS\nTgid:\t17\nUid:\t5\t6\n", "17/statm": "765 406 0 0 0 0 0\n",
      "17/cgroup": "0::/x\n", "17/stat": "17 (a) S 3 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 9 0 5\n",
    ])
    let process = try tree.process()
    #expect(process.id == 17)
    #expect(try process.status.effectiveUserID == 6)
    #expect(try process.sizes.totalPages == 765)
    #expect(try process.cgroups.memory?.path == "/x")
    #expect(try process.stat.startTicks == 9)
  }

  @Test(
    "has any name",
    arguments: [
      ("sleep\n", "sleep"), ("a\nb\n", "a\nb"), ("\n\n", "\n"), ("\n", ""), ("", ""),
      ("cut", "cut"), ("\u{1b}[2J\n", "\u{1b}[2J"), (" a \n", " a "),
    ])
  func names(text: String, expected: String) throws {
    let tree = try FixtureTree(["17/comm": .file(Array(text.utf8))])
    #expect(try tree.process().name == expected)
  }

  @Test(
    "has the words it was started with",
    arguments: [
      ("", []), ("\0", [""]), ("sleep\0", ["sleep"]), ("sleep", ["sleep"]),
      ("sleep\u{0}10\0", ["sleep", "10"]), ("sleep\u{0}10", ["sleep", "10"]),
      ("\0\0a\0\0", ["", "", "a", ""]), ("nginx: worker process\0", ["nginx: worker process"]),
      ("a\nb\0c d\0", ["a\nb", "c d"]), ("\n", ["\n"]),
    ])
  func commandLine(text: String, expected: [String]) throws {
    let tree = try FixtureTree(["17/cmdline": .file(Array(text.utf8))])
    #expect(try tree.process().commandLine.words == expected)
  }

  @Test(
    "has the first 4096 bytes of its words, and knows of more",
    arguments: [
      (4095, false), (4096, false), (4097, true), (10_000, true), (3_000_000, true),
    ])
  func long(count: Int, isCut: Bool) throws {
    let word = String(repeating: "x", count: count - 7)
    let tree = try FixtureTree(["17/cmdline": "sleep\0\(word)\0"])
    let line = try tree.process().commandLine
    #expect(line.isCut == isCut && line.first == "sleep")
    #expect(line.words == ["sleep", String(word.prefix(4090))])
    #expect(line.text == "sleep " + word.prefix(4090))
  }

  @Test("is read no further than that, even where its words never end")
  func endless() throws {
    let tree = try FixtureTree(["17/cmdline": "sleep\010\0"])
    #expect(unsafe truncate("\(tree.path)/17/cmdline", 1 << 40) == 0)
    let line = try tree.process().commandLine
    #expect(line.isCut && line.words.count == 4096 - 7 && line.words.prefix(2) == ["sleep", "10"])
  }

  @Test(
    "has its words as one text",
    arguments: [
      ([], ""), ([""], ""), (["sleep", "10"], "sleep 10"), (["a", "", "b", ""], "a  b "),
    ])
  func text(words: [String], expected: String) {
    let line = ProcessCommandLine(words)
    #expect(line.words == words && line.text == expected && !line.isCut)
    #expect(line.isEmpty == words.isEmpty && line.first == words.first)
  }

  @Test("is repaired where it isn't UTF-8")
  func repairs() throws {
    let tree = try FixtureTree([
      "17/comm": .file([0x61, 0xff, 0x0a]), "17/cmdline": .file([0xc3, 0, 0xa9, 0]),
    ])
    let process = try tree.process()
    #expect(try process.name == "a\u{fffd}")
    #expect(try process.commandLine.words == ["\u{fffd}", "\u{fffd}"])
  }

  @Test(
    "has a program", arguments: ["/bin/sleep", "/tmp/x (deleted)", "/a b\n", "memfd:x (deleted)"])
  func executable(path: String) throws {
    let tree = try FixtureTree(["17/exe": .link(path)])
    #expect(try tree.process().executable == path)
  }

  @Test("has threads, which have the same files")
  func threads() throws {
    let tree = try FixtureTree([
      "17/task/17/oom_score": "1\n", "17/task/18/oom_score": "2\n", "17/task/19x/oom_score": "3\n",
    ])
    let process = try tree.process()
    #expect(try process.threads.sorted() == [17, 18])
    let thread = try process.thread(18)
    #expect(try thread.id == 18 && thread.oomScore == 2)
    let error = #expect(throws: ProcFSError.self) { _ = try process.thread(20) }
    #expect(error?.description == "\(tree.path)/17/task/20: No such file or directory")
  }

  @Test("lacks what isn't there")
  func missing() throws {
    let tree = try FixtureTree(["17/oom_score": ""])
    let process = try tree.process()
    let adjustment = #expect(throws: ProcFSError.self) { try process.adjustment }
    #expect(adjustment?.description == "\(tree.path)/17/oom_score_adj: No such file or directory")
    #expect(adjustment?.errno == .noSuchFile)
    let threads = #expect(throws: ProcFSError.self) { try process.threads }
    #expect(threads?.description == "\(tree.path)/17/task: No such file or directory")
    let executable = #expect(throws: ProcFSError.self) { try process.executable }
    #expect(executable?.description == "\(tree.path)/17/exe: No such file or directory")
  }
}
