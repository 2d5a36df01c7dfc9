import Badness
import Configuration
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Changes
@testable import Core
@testable import Processes

@Suite("Files of oomctl's own")
struct OwnFilesTests {
  @Test(
    "are few, and known by their paths",
    arguments: [
      ("/etc/oomctl/rules.conf", true), ("/etc/sysctl.d/90-oomctl.conf", true),
      ("/etc/systemd/system/a.service.d/50-oomctl.conf", true),
      ("/etc/systemd/system/a.service.d/60-oomctl.conf", false),
      ("/etc/systemd/system/a.socket.d/50-oomctl.conf", false),
      ("/etc/systemd/system/a.service/50-oomctl.conf", false),
      ("/run/systemd/system/a.service.d/50-oomctl.conf", false),
      ("/etc/systemd/system/b/../a.service.d/50-oomctl.conf", false),
      ("/etc/systemd/system//a.service.d/50-oomctl.conf", false),
      ("/etc/sysctl.d/99-oomctl.conf", false), ("/etc/passwd", false), ("", false), ("/", false),
    ])
  func paths(path: String, isOurs: Bool) {
    #expect(FileWrite.isOurs(path) == isOurs)
  }

  @Test(
    "lie with the system's state, or the user's own",
    arguments: [
      (0, nil, nil, "/var/lib/oomctl"), (0, "/s", "/h", "/var/lib/oomctl"),
      (5, "/s", "/h", "/s/oomctl"), (5, nil, "/h", "/h/.local/state/oomctl"),
      (5, "s", "/h", "/h/.local/state/oomctl"), (5, "", "/h", "/h/.local/state/oomctl"),
      (5, nil, nil, nil), (5, nil, "h", nil), (5, nil, "", nil),
    ] as [(UInt32, String?, String?, String?)])
  func statePaths(user: UInt32, state: String?, home: String?, path: String?) throws {
    let environment = Environment {
      $0.userID = { user }
      var variables: [String: String] = [:]
      variables["XDG_STATE_HOME"] = state
      variables["HOME"] = home
      $0.variables = .listed(variables)
    }
    #expect(try World(root: nil, environment: environment).statePath == path)
    let tree = try FixtureMachine(processes: []).tree()
    #expect(try World(root: tree.path, environment: environment).statePath == "/var/lib/oomctl")
  }

  /// The bytes of a journal of so many calls.
  private func journal(calls: Int) -> [UInt8] {
    (1...calls).flatMap { call in
      Journal.line(
        for: Journal.Entry(
          call: call, index: 0, time: 0, command: "tune",
          change: .setting(.init(path: "sys/vm/x", old: "1", new: "2", boot: "b"))))
    }
  }

  @Test("that remember calls forget the oldest where they grow beyond a mebibyte")
  func largeJournal() throws {
    let machine = try ChangedMachine()
    var bytes = journal(calls: 30_000)
    let line = bytes.prefix(1 << 20).lastIndex(of: UInt8(ascii: "\n")) ?? 0
    bytes = Array(bytes[...line])
    // The rest up to a mebibyte is a line that is damaged.
    let rest = [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) - bytes.count)
    for (extra, isCut) in [(0, false), (1, true)] {
      let whole = bytes + rest + [UInt8](repeating: UInt8(ascii: "x"), count: extra)
      try machine.tree.add(.file(whole), at: "var/lib/oomctl/journal")
      let journal = try JournalStore(at: "/var/lib/oomctl", in: machine.world).journal
      let kept = try TestSupport.bytes(at: machine.tree.path + "/var/lib/oomctl/journal")
      #expect((kept.count < whole.count) == isCut)
      #expect(isCut ? kept.count <= 1 << 19 && kept.count > 500_000 : kept == whole)
      #expect(journal.nextCall > 10_000 && journal.calls.count > 5000)
    }
  }

  @Test("that were torn are mended by the next entry")
  func torn() throws {
    let machine = try ChangedMachine()
    let entry = Journal.Entry(
      call: 9, index: 0, time: 0, command: "x", change: .undone(call: 1, index: 0))
    for text in ["", "torn", "whole\n"] {
      try machine.tree.add(.file(Array(text.utf8)), at: "var/lib/oomctl/journal")
      let store = try JournalStore(at: "/var/lib/oomctl", in: machine.world)
      try store.append([], isDurable: false)
      #expect(try machine.text("var/lib/oomctl/journal") == text)
      try store.append([entry], isDurable: false)
      let lines = String(decoding: Journal.line(for: entry), as: UTF8.self)
      #expect(
        try machine.text("var/lib/oomctl/journal") == text + (text == "torn" ? "\n" : "") + lines)
    }
  }

  @Test(
    "say who called, through whom and where",
    arguments: [
      (0, nil, nil, "root"), (0, "alice", nil, "root (alice by sudo)"), (0, "root", nil, "root"),
      (0, nil, "pts/3", "root on pts/3"), (1000, "bob", "tty1", "alice (bob by sudo) on tty1"),
      (77, nil, nil, "77"),
    ] as [(UInt32, String?, String?, String)])
  func callers(user: UInt32, through: String?, terminal: String?, words: String) throws {
    let users = Users(in: try ChangedMachine().world)
    let caller = Journal.Caller(userID: user, throughUser: through, terminal: terminal)
    #expect(caller.words(users) == words)
  }

  @Test("tell processes of this boot and namespace from others")
  func identity() throws {
    let machine = try ChangedMachine(
      .server.with { $0.files["proc/sys/kernel/random/boot_id"] = "1-2-3\n" })
    let identity = try BootIdentity(in: machine.world)
    #expect(identity.upTicks == 35_100_000)
    func entry(_ boot: String, _ namespace: String) -> Journal.Adjustment {
      Journal.Adjustment(
        boot: boot, namespace: namespace, pid: 1, startTicks: 0, name: "", file: "", old: 0,
        new: 0, upTicks: 0)
    }
    #expect(identity.isThat(of: entry(identity.boot, identity.namespace)))
    #expect(!identity.isThat(of: entry("x", identity.namespace)))
    #expect(!identity.isThat(of: entry(identity.boot, "x")))
  }

  @Test(
    "say to where a value surely can be lowered",
    arguments: [
      ("6.1", 100, 0), ("6.1", 0, 0), ("6.1", -5, -5), ("2.6.39", 100, 0), ("2.6.38.8", 100, 100),
      ("2.6.38.8", -5, -5), ("odd", 100, 0),
    ])
  func floors(kernel: String, adjustment: Int, floor: Int) throws {
    let machine = try ChangedMachine(kernel: kernel)
    let known = machine.world.knownFloor(of: adjustment)
    #expect(known == floor)
  }

  @Test("can't be asked of a captured tree for what its capabilities allow")
  func capture() throws {
    #expect(try !ChangedMachine { $0.ownID = { 1200 } }.world.maySetFloors)
  }
}
