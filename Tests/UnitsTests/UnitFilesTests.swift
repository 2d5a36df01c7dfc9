import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Units

@Suite("systemd's files of a unit")
struct UnitFilesTests {
  private func sets(_ value: Int) -> FixtureTree.Entry {
    .file(Array("[Service]\nOOMScoreAdjust=\(value)\n".utf8))
  }

  private func with<Result>(
    _ files: [String: FixtureTree.Entry], of unit: String = "a-b@x.service",
    _ body: (UnitFiles, borrowing World) throws -> Result
  ) throws -> Result {
    try FixtureTree(files.merging(["proc/version": ""]) { $1 }).withWorld { world in
      try body(UnitFiles(of: unit, in: world), world)
    }
  }

  @Test("say what the last drop-in sets, by name, else the unit's own file")
  func order() throws {
    let file = "etc/systemd/system/a-b@x.service"
    #expect(try with([:]) { found, _ in found.others?.adjustment } == nil)
    #expect(try with([file: sets(1)]) { found, _ in found.others?.adjustment } == 1)
    let dropIns: [String: FixtureTree.Entry] = [
      file: sets(1), "lib/systemd/system/a-b@x.service.d/20.conf": sets(3),
      "etc/systemd/system/a-b@x.service.d/10.conf": sets(2),
      "etc/systemd/system/a-b@x.service.d/99.txt": sets(4),
      "etc/systemd/system/a-b@x.service.d/50-oomctl.conf": sets(5),
    ]
    let found = try with(dropIns) { found, _ in found.others }
    #expect(found?.adjustment == 3)
    #expect(found?.path == "/lib/systemd/system/a-b@x.service.d/20.conf")
  }

  @Test(
    "of one name count once: the more specific folder, then the higher place",
    arguments: [
      (["lib/systemd/system/service.d", "lib/systemd/system/a-.service.d"], 1),
      (["lib/systemd/system/a-.service.d", "lib/systemd/system/a-b@.service.d"], 1),
      (["lib/systemd/system/a-b@.service.d", "lib/systemd/system/a-b@x.service.d"], 1),
      (["etc/systemd/system/a-b@.service.d", "lib/systemd/system/a-b@x.service.d"], 1),
      (["lib/systemd/system/a-b@x.service.d", "etc/systemd/system/a-b@x.service.d"], 1),
      (["etc/systemd/system/a-b@x.service.d", "run/systemd/system/a-b@x.service.d"], 0),
      (["etc/systemd/system/a-b@x.service.d", "etc/systemd/system/b@x.service.d"], 0),
    ])
  func precedence(folders: [String], winner: Int) throws {
    var files: [String: FixtureTree.Entry] = [:]
    for (index, folder) in folders.enumerated() { files["\(folder)/9.conf"] = sets(index) }
    #expect(try with(files) { found, _ in found.others?.adjustment } == winner)
  }

  @Test("may be those of a template, behind the instance's own")
  func template() throws {
    let template = "etc/systemd/system/a-b@.service"
    let own = "lib/systemd/system/a-b@x.service"
    #expect(try with([template: sets(1)]) { found, _ in found.others?.adjustment } == 1)
    #expect(
      try with([template: sets(1), own: sets(2)]) { found, _ in found.others?.adjustment } == 2)
    #expect(try with([template: sets(1)]) { found, _ in found.isKnown })
    #expect(try !with([:]) { found, _ in found.isKnown })
    // Not every at sign is a template's.
    #expect(
      try !with([template: sets(1)], of: "a-b.x@service") { found, _ in found.isKnown })
  }

  @Test("may take back what was said before")
  func reset() throws {
    let files: [String: FixtureTree.Entry] = [
      "etc/systemd/system/x.service": sets(1),
      "etc/systemd/system/x.service.d/1.conf": "[Service]\nOOMScoreAdjust=\n",
    ]
    #expect(try with(files, of: "x.service") { found, _ in found.others } == nil)
  }

  @Test("name what starts it, and what it starts")
  func others() throws {
    let files: [String: FixtureTree.Entry] = [
      "etc/systemd/system/x.service": """
      [Unit]
      Wants=b.service c.target
      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/bin/true

      """,
      "lib/systemd/system/x.timer": "", "lib/systemd/system/x.service.wants/d.service": "",
      "etc/systemd/system/x.service.requires/a.service": "",
      "run/systemd/system/x.service.upholds/b.service": "",
    ]
    let others = { (unit: String) throws in
      try with(files, of: unit) { found, world in
        (found.isUmbrella, found.hasTimer(in: world), found.pulledIn(in: world))
      }
    }
    #expect(try others("x.service") == (true, true, ["a.service", "b.service", "d.service"]))
    #expect(try others("y.service") == (false, false, []))
    #expect(try !others("x.servicex").1)
  }
}
