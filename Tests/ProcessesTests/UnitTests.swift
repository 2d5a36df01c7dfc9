import Testing

@testable import Processes

@Suite("The unit that a cgroup belongs to")
struct UnitTests {
  @Test(
    "is the first below the slices that is named like one",
    arguments: [
      ("/system.slice/ssh.service", "ssh.service", nil), ("/ssh.service", "ssh.service", nil),
      ("/", nil, nil), ("/system.slice", nil, nil), ("/a.slice/b.slice/c.scope/d", "c.scope", nil),
      ("/system.slice/ssh/x.service", nil, nil), ("/.service", nil, nil),
      ("/a.service/b.service", "a.service", nil),
      ("/x.socket", "x.socket", nil), ("/x.mount", "x.mount", nil), ("/x.swap", "x.swap", nil),
      ("/x.automount", "x.automount", nil), ("/x.timer", "x.timer", nil), ("/x.target", nil, nil),
      ("/system.slice/_cgroup.service", "cgroup.service", nil),
      ("/_system.slice/a.service", "a.service", nil),
    ] as [(String, String?, String?)])
  func system(path: String, system: String?, user: String?) {
    let unit = Unit(cgroup: path)
    #expect(unit.system == system && unit.user == user)
  }

  @Test(
    "may be one of a user's below the user's manager",
    arguments: [
      ("/user.slice/user-1.slice/user@1.service/app.slice/a.service", "a.service"),
      ("/user@1.service/a.service", "a.service"), ("/user@1.service", nil),
      ("/user@1.service/init.scope", nil), ("/user@1.service/other", nil),
      ("/users.service/a.service", nil), ("/user@1.service/app.slice", nil),
    ] as [(String, String?)])
  func user(path: String, user: String?) { #expect(Unit(cgroup: path).user == user) }
}
