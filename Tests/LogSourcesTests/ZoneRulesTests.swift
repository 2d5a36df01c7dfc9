import ProgramSupport
import TestSupport
import Testing

@testable import CivilTime
@testable import Core
@testable import LogSources

@Suite("A zone's clocks")
struct ZoneRulesTests {
  private static let berlin = "CET-1CEST,M3.5.0,M10.5.0/3"

  @Test("differ from Greenwich's by summer and winter")
  func rule() {
    let berlin = ZoneRules(yearly: YearlyRule(Self.berlin))
    #expect(berlin.offset(at: 1_795_262_400) == 3600)
    #expect(berlin.offset(at: 1_782_000_000) == 7200)
    // Put forward on 2026-03-29 and back on 2026-10-25, both at 01:00 UTC.
    for (moment, offset) in [
      (1_774_745_999, 3600), (1_774_746_000, 7200), (1_792_889_999, 7200), (1_792_890_000, 3600),
    ] {
      #expect(berlin.offset(at: moment) == offset)
    }
  }

  @Test("show each time once, but for an hour that comes twice and one that is left out")
  func local() {
    let berlin = ZoneRules(yearly: YearlyRule(Self.berlin))
    func moment(_ day: CivilDate, _ hour: Int, _ minute: Int) -> String {
      let shown = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60
      return berlin.iso(
        LogTime(microseconds: berlin.moment(showing: shown) * 1_000_000, basis: .local))
    }
    let spring = CivilDate(year: 2026, month: 3, day: 29)
    let autumn = CivilDate(year: 2026, month: 10, day: 25)
    #expect(moment(spring, 1, 59) == "2026-03-29T01:59:00+01:00")
    #expect(moment(spring, 2, 30) == "2026-03-29T03:30:00+02:00")
    #expect(moment(spring, 3, 0) == "2026-03-29T03:00:00+02:00")
    #expect(moment(autumn, 1, 59) == "2026-10-25T01:59:00+02:00")
    #expect(moment(autumn, 2, 30) == "2026-10-25T02:30:00+02:00")
    #expect(moment(autumn, 3, 0) == "2026-10-25T03:00:00+01:00")
  }

  @Test(
    "are told as the C library tells them",
    arguments: [
      "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
      "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Apia", "Europe/Dublin",
      berlin, "EST5EDT", "<+0330>-3:30", "NZST-12NZDT,M9.5.0,M4.1.0/3", "XXX3YYY,J60/0,300/-2",
    ])
  func library(name: String) throws {
    let date = try #require(Executable.tool("date"))
    let env = try #require(Executable.tool("env"))
    let tree = try FixtureTree(["proc/version": ""])
    var moments: [Int] = []
    for year in 0..<140 { moments += [1, 91, 182, 273].map { (year * 365 + $0) * 86_400 + 4321 } }
    // Before 1970 the library knows no rules.
    moments += [1_774_745_999, 1_774_746_000, 1_792_889_999, 1_792_890_000]
    try tree.add(.file(Array(moments.map { "@\($0)\n" }.joined().utf8)), at: "moments")
    let told = try Executable.run(
      env, ["TZ=\(name)", date, "-f", "\(tree.path)/moments", "+%Y-%m-%dT%H:%M:%S%:z"])
    let world = try World(root: nil, environment: Environment(variables: ["TZ": name]))
    let zone = world.zone
    let own = moments.map { zone.iso(LogTime(microseconds: $0 * 1_000_000, basis: .local)) }
    #expect(told.output.split(separator: "\n").map(String.init) == own)
  }

  @Test("are those of a captured tree, by its file, its link or its name")
  func captured() throws {
    let berlin = try bytes(at: "/usr/share/zoneinfo/Europe/Berlin")
    let trees: [[String: FixtureTree.Entry]] = [
      ["etc/localtime": .file(berlin)],
      [
        "etc/localtime": .link("/usr/share/zoneinfo/X/Y"),
        "usr/share/zoneinfo/X/Y": .file(berlin),
      ],
      ["etc/localtime": .link("../usr/share/zoneinfo/Europe/Berlin")],
      ["etc/timezone": "Europe/Berlin\n"],
    ]
    for entries in trees {
      let tree = try FixtureTree(entries.merging(["proc/version": ""]) { $1 })
      let world = try World(
        root: tree.path, environment: Environment(variables: ["TZ": "Asia/Tokyo"]))
      #expect(world.zone.offset(at: 1_782_000_000) == 7200)
    }
  }

  @Test(
    "are Greenwich's where the file is none",
    arguments: [
      [], Array("TZif".utf8), Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 200),
      [UInt8](repeating: 0, count: 100),
    ])
  func damaged(bytes: [UInt8]) throws {
    #expect(ZoneRules(file: bytes) == nil)
    let tree = try FixtureTree(["proc/version": "", "etc/localtime": .file(bytes)])
    #expect(try World(root: tree.path, environment: Environment()).zone == .utc)
  }

  @Test("are never read beyond a file that is cut off")
  func truncated() throws {
    let berlin = try bytes(at: "/usr/share/zoneinfo/Europe/Berlin")
    for count in stride(from: 0, to: berlin.count, by: 7) {
      _ = ZoneRules(file: Array(berlin.prefix(count)))
    }
  }

  @Test(
    "aren't described by just any word",
    arguments: [
      "", "X", "CET", "CET-", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M1.1.1", "<X-1", "CET-1,",
    ])
  func nonsense(text: String) {
    #expect(YearlyRule(text) == nil)
  }
}
