import ProcFS
import ProgramSupport
import Rendering
import Synchronization
import TestSupport
import Testing

@testable import Core

@Suite("The program's surroundings")
struct SurroundingsTests {
  private func environment(_ variables: [String: String], width: Int? = 80) -> Environment {
    Environment {
      $0.variables = .listed(variables)
      $0.terminalWidth = width
    }
  }

  @Test(
    "show block characters where the locale is UTF-8: the first variable that isn't empty counts",
    arguments: [
      (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
      (["LANG": "UTF-8.C"], false), ([:], false), (["LC_ALL": "C", "LANG": "C.UTF-8"], false),
      (["LC_ALL": "", "LANG": "C.UTF-8"], true), (["LC_CTYPE": "C.UTF-8", "LANG": "C"], true),
      (["LC_ALL": "C.UTF-8", "LC_CTYPE": "C"], true),
      (["LC_CTYPE": "C", "LANG": "C.UTF-8"], false),
    ] as [([String: String], Bool)])
  func blocks(variables: [String: String], hasBlocks: Bool) {
    #expect(environment(variables).usesBlocks == hasBlocks)
  }

  @Test(
    "show colour on a terminal that knows it, unless somebody is against it",
    arguments: [
      ([:], 80, true), ([:], nil, false), (["NO_COLOR": "1"], 80, false),
      (["NO_COLOR": ""], 80, true),
      (["TERM": "dumb"], 80, false), (["TERM": "xterm"], 80, true), (["TERM": "xterm"], nil, false),
    ] as [([String: String], Int?, Bool)])
  func colors(variables: [String: String], width: Int?, hasColors: Bool) {
    let environment = environment(variables, width: width)
    #expect(environment.wantsColor == hasColors)
    #expect(environment.isTerminal == (width != nil))
    var options = CommonOptions()
    #expect(options.emphasis(in: environment) == (hasColors ? .ansi : .none))
    options.color = .always
    #expect(options.emphasis(in: environment) == .ansi)
    options.color = .never
    #expect(options.emphasis(in: environment) == .none)
  }

  @Test(
    "give a page its width",
    arguments: [(nil, 80), (20, 20), (100, 100), (101, 100)] as [(Int?, Int)])
  func pages(width: Int?, textWidth: Int) {
    var options = CommonOptions()
    let page = Page(options, in: environment([:], width: width))
    #expect(page.textWidth == textWidth && page.width == width && page.hasRemarks)
    options.hasHeadings = false
    #expect(!Page(options, in: environment([:])).hasRemarks)
    options = CommonOptions()
    options.isQuiet = true
    #expect(!Page(options, in: environment([:])).hasRemarks)
  }

  @Test(
    "have places for a program's name",
    arguments: [
      (nil, "a", ["/usr/sbin/a", "/usr/bin/a", "/sbin/a", "/bin/a"]),
      ("/x:/y", "a", ["/x/a", "/y/a"]),
      ("/x::.", "a", ["/x/a", "./a"]), ("", "a", []), ("/x", "./a", ["./a"]),
      ("/x", "/b/a", ["/b/a"]), ("/x", "", []),
    ] as [(String?, String, [String])])
  func places(path: String?, name: String, places: [String]) {
    let environment = Environment {
      $0.systemFolders = Environment.systemFolders
      if let path { $0.variables = .listed(["PATH": path]) }
    }
    #expect(environment.places(of: name) == places)
  }

  @Test(
    "have folders that systemd made",
    arguments: [
      (nil, nil), ("/run/a", "/run/a"), ("/run/a:/run/b", "/run/a"), ("a:/run/b", nil), ("", nil),
    ] as [(String?, String?)])
  func serviceFolders(value: String?, folder: String?) {
    #expect(environment(value.map { ["X": $0] } ?? [:]).serviceFolder("X") == folder)
  }

  private func error(_ number: Int, _ errno: Errno = .inputOutput) -> ProcFSError {
    ProcFSError(path: "/\(number)", reason: .system(errno))
  }

  @Test(
    "have gaps: sixteen failures are kept, and the others counted", arguments: [0, 1, 16, 17, 19])
  func gaps(count: Int) {
    let gaps = Gaps()
    for number in 0..<count {
      gaps.note(error(number))
      gaps.note(error(0))
    }
    #expect(gaps.failures.count == min(count, 16))
    #expect(gaps.isEmpty == (count == 0))
    #expect(gaps.remarks.count == min(count, 17))
    #expect(gaps.remarks.filter { !$0.isError }.isEmpty)
    if count > 16 { #expect(gaps.remarks.last == .error("\(count - 16) more reads failed")) }
  }

  @Test("have gaps where something is hidden, but not where it is absent")
  func hidden() {
    let gaps = Gaps()
    gaps.note(error(1, .noSuchFile))
    #expect(gaps.isEmpty)
    gaps.note(error(1, .accessDenied))
    #expect(!gaps.isEmpty && gaps.failures.isEmpty)
    #expect(gaps.remarks.map(\.isError) == [false])
    #expect(gaps.remarks[0].text.hasSuffix(": the result is incomplete"))
  }

  @Test(
    "take output, or say why not",
    arguments: [
      (nil, false, true, nil), (.brokenPipe, false, false, nil), (.brokenPipe, true, false, nil),
      (.inputOutput, true, false, nil),
      (.inputOutput, false, nil, "standard output: Input/output error"),
      (.noSpace, true, nil, "standard output: No space left on device"),
    ] as [(Errno?, Bool, Bool?, String?)])
  func output(errno: Errno?, onScreen: Bool, isTaken: Bool?, problem: String?) {
    let console = Console { _, _ in errno }
    do throws(Failure) {
      let result = try console.show([65], onScreen: onScreen)
      #expect(result == isTaken)
    } catch {
      #expect(error.message == problem)
    }
  }

  @Test("are marked once there is output")
  func marks() throws {
    let mark = OutputMark()
    let console = Console { _, _ in nil }.marking(mark)
    _ = console.write(.errors, [65])
    _ = console.write(.output, [])
    #expect(!mark.isSet)
    _ = console.write(.output, [65])
    #expect(mark.isSet)
  }
}

@Suite("Files of a world")
struct WorldFilesTests {
  @Test("are made with all folders above them, and found again")
  func making() throws {
    let tree = try FixtureTree(["proc/x": ""])
    let world = try World(root: tree.path, environment: Environment())
    let contents = try world.ownContents(of: "/a/b/c")
    #expect(contents == nil)
    #expect(throws: ProcFSError.self) { _ = try world.folder(above: "/a/b/c") }
    _ = try world.folder(above: "/a/b/c", making: true).replace("c", with: [65])
    let found = try world.ownContents(of: "/a/b/c")
    #expect(found == [65])
    _ = try world.folder(above: "/d", making: true).replace("d", with: [66])
    #expect(try text(at: tree.path + "/d") == "B")
  }

  @Test("go with their folder where it is one of drop-ins, and empty")
  func removal() throws {
    let tree = try FixtureTree(["proc/x": "", "etc/a.d/x": "", "etc/b/x": ""])
    let world = try World(root: tree.path, environment: Environment())
    for path in ["/etc/a.d/x", "/etc/b/x"] { try world.removeEmptyFolder(above: path) }
    #expect(try Set(names(in: tree.path + "/etc")).isSuperset(of: ["a.d", "b"]))
    tree.remove("etc/a.d/x")
    tree.remove("etc/b/x")
    for path in ["/etc/a.d/x", "/etc/b/x"] { try world.removeEmptyFolder(above: path) }
    #expect(try names(in: tree.path + "/etc").filter { !$0.hasPrefix(".") } == ["b"])
  }

  @Test(
    "tell whether a kernel for crash dumps is loaded",
    arguments: [("1\n", true), ("0\n", false), ("", nil), (nil, nil)] as [(String?, Bool?)])
  func crashKernel(content: String?, isLoaded: Bool?) throws {
    let tree = try FixtureTree(["proc/x": ""])
    if let content { try tree.add(.file(Array(content.utf8)), at: "sys/kernel/kexec_crash_loaded") }
    let world = try World(root: tree.path, environment: Environment())
    #expect(world.hasCrashKernel == isLoaded)
  }

  @Test("are written as a whole where that is asked for, and nothing else is replaced")
  func outputFiles() throws {
    let tree = try FixtureTree(["a": "old", "folder/x": "", "link": .link("a")])
    func write(_ name: String) -> Bool {
      (try? OutputFile(path: "\(tree.path)/\(name)").replace(with: [65])) != nil
    }
    #expect(write("a") && write("folder/new"))
    #expect(!write("folder") && !write("folder/") && !write("link") && !write("none/x"))
    #expect(try text(at: tree.path + "/a") == "A")
    #expect(throws: Failure.self) { try OutputFile(path: "").replace(with: []) }
  }
}
