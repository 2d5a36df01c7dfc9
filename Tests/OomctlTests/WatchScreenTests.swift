import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

/// The real program on a terminal of the test's own, with a made machine to look at.
@Suite(
  "On a real terminal, watch", .serialized,
  .enabled(if: Executable.path != nil, "needs the program"))
struct WatchScreenTests {
  private let tree: FixtureTree
  private let program: String

  init() throws {
    tree = try FixtureMachine.server.tree()
    program = try #require(Executable.path)
  }

  private func watch(
    _ words: [String] = [], width: Int = 80, height: Int = 24, variables: [String] = []
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      [program, "watch", "--root", tree.path, "--interval", "0.2"] + words, width: width,
      height: height, variables: variables + ["TERM=xterm", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"])
  }

  /// Whether all is as it was before.
  private func isRestored(_ terminal: PseudoTerminal) -> Bool {
    terminal.readAll()
    let screen = terminal.screen
    return !screen.isAlternate && screen.isCursorVisible && screen.wrapsLines && screen.isPlain
      && terminal.takesLines
  }

  @Test("draws the screen, and leaves nothing behind")
  func wholeLife() throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300], 266 MiB ahead of java[1200]"))
    #expect(terminal.shows { $0.lines.last?.hasPrefix("q Quit  h Help") == true })
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.screen.isCursorVisible)
    #expect(!terminal.takesLines)
    let drawn = terminal.screen.lines
    let expected = try text(
      at: folder(of: #filePath) + "/../WatchScreenTests/Expected/watch-80x24.txt"
    )
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // The clock, the histories and the kernel's log differ.
    #expect(drawn.dropFirst(10) == expected.dropFirst(10).dropLast())
    terminal.type("q")
    #expect(terminal.wait() == 0)
    #expect(isRestored(terminal))
  }

  @Test("does what keys ask for")
  func keys() throws {
    let terminal = try watch()
    #expect(terminal.shows("\n>!  1"))
    terminal.type("\u{1B}[B")
    #expect(terminal.shows("\n>   2"))
    terminal.type("\r")
    #expect(terminal.shows("java[1200]   rank 2 of 6   user app   app.service"))
    terminal.type("\u{1B}")
    #expect(terminal.shows("\n>   2"))
    terminal.type("/fox")
    #expect(terminal.shows("Name contains: fox_"))
    #expect(terminal.shows { !$0.text.contains("postgres") && $0.text.contains(" firefox") })
    terminal.type("\u{1B}")
    #expect(terminal.shows("postgres"))
    terminal.type("t")
    #expect(terminal.shows("     Web Content"))
    terminal.type("h")
    #expect(terminal.shows("suspend; fg goes on"))
    terminal.type("qq")
    #expect(terminal.wait() == 0)
  }

  @Test("adjusts after two answers, and undo takes it back")
  func adjustment() throws {
    let terminal = try watch()
    #expect(terminal.shows("\n>!  1"))
    terminal.type("ja")
    #expect(terminal.shows("oom_score_adj of java[1200] (now 0): _"))
    terminal.type("250\r")
    #expect(terminal.shows("Set java[1200] 0 -> 250?"))
    #expect(try tree.file("proc/1200/oom_score_adj") == "0\n")
    terminal.type("y")
    #expect(terminal.shows("java[1200] 0 -> 250. oomctl undo takes it back."))
    #expect(try tree.file("proc/1200/oom_score_adj") == "250")
    terminal.type("q")
    #expect(terminal.wait() == 0)
    let undo = run(["undo"], on: tree)
    #expect(undo.status == .done)
    #expect(try tree.file("proc/1200/oom_score_adj") == "0")
  }

  @Test("follows the size of its terminal, down to 20 columns and fewer")
  func resizing() throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.resize(width: 20, height: 12)
    #expect(terminal.shows("Next fluentd[1300]"))
    #expect(
      terminal.shows { $0.text.contains(">!  1") && $0.lines.last?.hasPrefix("q Quit") == true })
    terminal.resize(width: 5, height: 2)
    terminal.resize(width: 1, height: 1)
    terminal.resize(width: 120, height: 40)
    #expect(terminal.shows("e Explain  a Adjust"))
    #expect(terminal.shows("Next      fluentd[1300], 266 MiB ahead of java[1200]"))
    terminal.type("q")
    #expect(terminal.wait() == 0)
  }

  @Test("begins on 20 columns")
  func narrow() throws {
    let terminal = try watch(width: 20, height: 12)
    let expected = try text(
      at: folder(of: #filePath) + "/../WatchScreenTests/Expected/watch-20x12.txt")
    #expect(terminal.shows { $0.text + "\n" == expected })
    terminal.type("q")
    #expect(terminal.wait() == 0)
  }

  @Test("prints lines where no screen can be drawn", arguments: ["TERM=dumb", "TERM="])
  func dumb(variable: String) throws {
    let terminal = try watch(["-n", "2"], variables: [variable])
    #expect(terminal.wait() == 0)
    #expect(!terminal.written.contains(0x1B))
    #expect(terminal.screen.lines.filter { $0.hasSuffix("fluentd") }.count == 2)
    #expect(terminal.screen.lines[0].hasPrefix("TIME "))
  }

  @Test("keeps to ASCII where the locale does", arguments: ["LANG=C", "LC_ALL=POSIX"])
  func ascii(variable: String) throws {
    let terminal = try watch(variables: [variable])
    #expect(terminal.shows("##"))
    #expect(terminal.written.allSatisfy { $0 < 0x80 })
  }

  @Test("draws without colour where there is none", arguments: ["TERM=vt220", "NO_COLOR=1"])
  func monochrome(variable: String) throws {
    let terminal = try watch(variables: [variable])
    #expect(terminal.shows("Next      fluentd[1300]"))
    #expect(!String(decoding: terminal.written, as: UTF8.self).contains("\u{1B}[0;31m"))
  }

  @Test("draws only what has changed")
  func economy() throws {
    let terminal = try watch()
    #expect(terminal.shows("e Explain  a Adjust"))
    let first = terminal.written.count
    try tree.add("oom_kill 3\n", at: "proc/vmstat")
    #expect(terminal.shows("1 process"))
    #expect(terminal.written.count - first < first)
  }

  @Test(
    "gives the terminal back when it is told to end", arguments: [SIGTERM, SIGINT, SIGHUP])
  func end(signal: CInt) throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.send(signal)
    #expect(terminal.wait() == 0)
    #expect(isRestored(terminal))
  }

  @Test("gives it back in the middle of drawing", arguments: 0..<8)
  func endWhileDrawing(delay: Int) throws {
    let terminal = try watch(["--interval", "0.1"], width: 300, height: 100)
    #expect(terminal.shows { $0.isAlternate })
    for _ in 0..<20 { terminal.type("\u{C}") }
    usleep(UInt32(delay * 1500))
    terminal.send(SIGTERM)
    #expect(terminal.wait() == 0)
    #expect(isRestored(terminal))
  }

  @Test(
    "gives it back when it crashes, and the crash shows",
    arguments: [SIGSEGV, SIGILL, SIGABRT, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT, SIGUSR1])
  func crash(signal: CInt) throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.send(signal)
    #expect(terminal.wait() == 128 + Int(signal))
    #expect(isRestored(terminal))
  }

  @Test("ends on its interrupt key")
  func interrupt() throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.type("\u{3}")
    #expect(terminal.wait() == 0)
    #expect(isRestored(terminal))
  }

  @Test("stops on its key, with the terminal given back, and goes on")
  func suspension() throws {
    let script = """
      set -m
      '\(program)' watch --root '\(tree.path)' --interval 0.2
      echo it stopped
      read answer
      fg
      echo it ended $?
      """
    let terminal = try PseudoTerminal(["/bin/sh", "-c", script])
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.type("\u{1A}")
    #expect(terminal.shows("it stopped"))
    #expect(isRestored(terminal))
    terminal.type("\r")
    #expect(terminal.shows { $0.isAlternate && $0.text.contains("e Explain  a Adjust") })
    #expect(!terminal.takesLines)
    terminal.type("jq")
    #expect(terminal.shows("it ended 0"))
    #expect(isRestored(terminal))
  }

  @Test("takes the terminal anew when it was stopped and goes on")
  func continuation() throws {
    let terminal = try watch()
    #expect(terminal.shows("Next      fluentd[1300]"))
    terminal.send(SIGSTOP)
    terminal.send(SIGCONT)
    terminal.type("h")
    #expect(terminal.shows("suspend; fg goes on"))
    terminal.type("qq")
    #expect(terminal.wait() == 0)
  }

  @Test("ends by itself after as many looks as asked for")
  func count() throws {
    let terminal = try watch(["-n", "2"])
    #expect(terminal.wait() == 0)
    #expect(isRestored(terminal))
  }

  @Test("ends when its terminal goes away")
  func hangUp() throws {
    let id: pid_t
    do {
      let terminal = try watch()
      #expect(terminal.shows("Next      fluentd[1300]"))
      id = terminal.id
    }
    #expect(kill(id, 0) != 0)
  }

  @Test("locks all its memory with --lock", .enabled(if: geteuid() == 0, "needs root"))
  func lock() throws {
    let terminal = try watch(["--lock"])
    #expect(terminal.shows("Next      fluentd[1300]"))
    let lines = try text(at: "/proc/\(terminal.id)/status").split(separator: "\n")
    let kibibytes = { (key: String) in
      lines.first { $0.hasPrefix(key) }?.split(separator: "\t").last?.split(separator: " ").first
        .flatMap { Int($0) } ?? 0
    }
    #expect(kibibytes("VmLck:") > kibibytes("VmSize:") / 2)
    #expect(kibibytes("VmSwap:") == 0)
    terminal.type("q")
    #expect(terminal.wait() == 0)
  }
}
