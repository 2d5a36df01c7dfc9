import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Beside a unit's other files a drop-in")
struct UnitFilesTests {
  private static let own = "etc/systemd/system/app.service.d/50-oomctl.conf"

  /// Protects a process of a unit that has these files; each value is what it sets.
  private func protect(
    _ files: [String: FixtureTree.Entry], unit: String = "app.service", _ words: [String] = []
  ) throws -> Run {
    var machine = FixtureMachine.server(1200) { $0.cgroup = "0::/system.slice/\(unit)\n" }
    for (path, entry) in files { machine.files[path] = entry }
    return try run(["protect", "java", "--persist", "--json"] + words, on: machine.tree())
  }

  private static func sets(_ value: Int) -> FixtureTree.Entry {
    "[Service]\nExecStart=/usr/bin/java\nOOMScoreAdjust=\(value)\n"
  }

  @Test(
    "isn't needed where they say as much",
    arguments: [
      ("etc/systemd/system/app.service", -1000), ("run/systemd/system/app.service", -900),
      ("usr/local/lib/systemd/system/app.service", -1000),
      ("usr/lib/systemd/system/app.service", -1000), ("lib/systemd/system/app.service", -950),
      ("etc/systemd/system/app.service.d/10-a.conf", -1000),
      ("run/systemd/system/app.service.d/99-a.conf", -1000),
      ("usr/lib/systemd/system/app.service.d/a.conf", -1000),
    ])
  func needless(path: String, value: Int) throws {
    let protect = try protect([path: Self.sets(value)])
    #expect(try protect.actions == ["java[1200] 0 -> -900 done"])
    #expect(try protect.hints == ["app.service needs no drop-in: /\(path) says \(value)."])
    #expect(protect.status == .done)
  }

  @Test(
    "isn't needed where a template's files say as much", arguments: ["db@.service", "db@a.service"])
  func template(name: String) throws {
    for path in ["lib/systemd/system/\(name)", "etc/systemd/system/\(name).d/9.conf"] {
      let protect = try protect([path: Self.sets(-1000)], unit: "db@a.service")
      #expect(try protect.actions.count == 1, "\(path)")
    }
  }

  @Test(
    "is needed where they don't",
    arguments: [
      ["usr/lib/systemd/system/app.service": sets(-899)],
      ["usr/lib/systemd/system/app.service": "[Unit]\nOOMScoreAdjust=-1000\n"],
      ["usr/lib/systemd/system/app.service": "[Service]\n#OOMScoreAdjust=-1000\n"],
      ["usr/lib/systemd/system/other.service": sets(-1000)],
      // What lies in /etc holds in place of the vendor's.
      [
        "usr/lib/systemd/system/app.service": sets(-1000),
        "etc/systemd/system/app.service": "[Service]\nNice=1\n",
      ],
      [
        "usr/lib/systemd/system/app.service.d/a.conf": sets(-1000),
        "etc/systemd/system/app.service.d/a.conf": "[Service]\nNice=1\n",
      ],
      // A link to /dev/null masks.
      [
        "usr/lib/systemd/system/app.service.d/a.conf": sets(-1000),
        "etc/systemd/system/app.service.d/a.conf": .link("/dev/null"),
      ],
      // The last one holds.
      [
        "usr/lib/systemd/system/app.service": sets(-1000),
        "run/systemd/system/app.service.d/10.conf": sets(0),
      ],
      // An empty value takes back what was said before.
      [
        "usr/lib/systemd/system/app.service": sets(-1000),
        "etc/systemd/system/app.service.d/10.conf": "[Service]\nOOMScoreAdjust=\n",
      ],
      // No drop-in.
      ["etc/systemd/system/app.service.d/10.conf~": sets(-1000)],
    ] as [[String: FixtureTree.Entry]])
  func needed(files: [String: FixtureTree.Entry]) throws {
    let protect = try protect(files)
    #expect(try protect.actions == ["java[1200] 0 -> -900 done", "/\(Self.own) done"])
    #expect(try protect.hints.isEmpty)
  }

  @Test("isn't enough where one is read later, which is named")
  func later() throws {
    for folder in ["etc", "run", "usr/lib"] {
      let path = "\(folder)/systemd/system/app.service.d/99-local.conf"
      let protect = try protect([path: Self.sets(0)])
      #expect(try protect.actions.count == 2)
      #expect(
        try protect.hints == ["/\(path) is read later and says 0: change it, or it wins."])
    }
  }

  @Test("isn't enough either where the one that is read later repeats what was said before")
  func repeated() throws {
    let path = "etc/systemd/system/app.service.d/99-local.conf"
    let files = [path: Self.sets(0), "lib/systemd/system/app.service": Self.sets(0)]
    let hints = try protect(files).hints
    #expect(hints == ["/\(path) is read later and says 0: change it, or it wins."])
  }

  @Test("for never is needed beside one of less")
  func never() throws {
    let protect = try protect(["lib/systemd/system/app.service": Self.sets(-900)], ["--never"])
    #expect(try protect.actions == ["java[1200] 0 -> -1000 done", "/\(Self.own) done"])
  }

  @Test("of oomctl's own doesn't count as another's")
  func ownDropIn() throws {
    let machine = FixtureMachine.server
    let tree = try machine.tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    let again = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(try again.actions.last == "/\(Self.own) unchanged")
    #expect(try again.hints.isEmpty)
  }
}
