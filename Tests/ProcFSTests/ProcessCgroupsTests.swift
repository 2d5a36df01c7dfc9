import Testing

@testable import ProcFS

@Suite("The control groups of a process")
struct ProcessCgroupsTests {
  @Test("of version 2 are one")
  func unified() throws {
    let cgroups = try #require(ProcessCgroups(text: "0::/system.slice/ssh.service\n"))
    let only = ProcessCgroups.Membership(
      hierarchy: 0, controllers: [], path: "/system.slice/ssh.service")
    #expect(cgroups == ProcessCgroups(memberships: [only]))
    #expect(cgroups.memory == only && cgroups.systemd == only)
  }

  @Test("of version 1 are told by their controllers")
  func legacy() throws {
    let text = "9:name=systemd:/s\n4:memory:/m\n2:cpu,cpuacct:/c\n1:cpuset:/\n"
    let cgroups = try #require(ProcessCgroups(text: text))
    #expect(cgroups.memory?.path == "/m" && cgroups.memory?.hierarchy == 4)
    #expect(cgroups.systemd?.path == "/s" && cgroups.systemd?.controllers == ["name=systemd"])
    #expect(cgroups.memberships.map(\.path) == ["/s", "/m", "/c", "/"])
    #expect(cgroups.memberships[2].controllers == ["cpu", "cpuacct"])
  }

  @Test(
    "in a mixture are those of the hierarchy that has the controller",
    arguments: [
      ("4:memory:/m\n1:name=systemd:/s\n0::/u\n", "/m", "/s"),
      ("0::/u\n4:memory:/m\n", "/m", "/u"), ("4:pids:/p\n1:name=systemd:/s\n0::/u\n", "/u", "/s"),
      ("4:cpu,memory,pids:/m\n0::/u\n", "/m", "/u"), ("4:memoryx:/m\n0::/u\n", "/u", "/u"),
      ("4:pids:/p\n", nil, nil), ("", nil, nil),
    ] as [(String, String?, String?)])
  func hybrid(text: String, memory: String?, systemd: String?) throws {
    let cgroups = try #require(ProcessCgroups(text: text))
    #expect(cgroups.memory?.path == memory && cgroups.systemd?.path == systemd)
  }

  @Test(
    "have any path",
    arguments: ["/", "", "/a:b::c", "/a b", "/../x", "/x (deleted)", "/\u{1b}[2J", "/é"])
  func paths(path: String) throws {
    #expect(try #require(ProcessCgroups(text: "0::\(path)\n")).memory?.path == path)
    #expect(try #require(ProcessCgroups(text: "3:memory:\(path)")).memory?.path == path)
  }

  @Test(
    "are refused where a line isn't one",
    arguments: [
      "\n", "0\n", "0:\n", "0:memory\n", "x::/\n", ":memory:/\n", "0::/\n\n", "0::/\n4:mem",
      "99999999999999999999::/\n", "9223372036854775808::/\n", " 0::/\n", "\0",
    ])
  func malformed(text: String) {
    #expect(ProcessCgroups(text: text) == nil)
  }
}
