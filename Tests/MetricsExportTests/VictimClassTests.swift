import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import MetricsExport
@testable import Processes

@Suite("What a victim's death would mean")
struct VictimClassTests {
  private func victim(_ name: String, cgroup: String, adjustment: Int) throws -> VictimClass {
    let machine = FixtureMachine(processes: [
      FixtureProcess(10, name, resident: 100).with {
        $0.adjustment = adjustment
        $0.cgroup = "0::\(cgroup)\n"
      }
    ])
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    let seen = Machine(world, options: MachineOptions())
    let subjects = try ProcessList(
      on: seen, needs: .all.union(.executable), isScored: true, in: world.proc
    ).subjects
    let subject = try #require(subjects.first)
    return VictimClass(of: subject, listeners: [], on: seen)
  }

  @Test(
    "is known by its program, by whose service it is, and by how it is protected",
    arguments: [
      ("postgres", "/system.slice/postgresql.service", 0, VictimClass.database),
      ("dockerd", "/system.slice/docker.service", 0, .containerRuntime),
      ("systemd-logind", "/system.slice/systemd-logind.service", 0, .system),
      // A user's own is nobody else's loss.
      ("dbus-daemon", "/user.slice/user-1000.slice/user@1000.service/dbus.service", 0, .ordinary),
      ("dbus-daemon", "/system.slice/dbus.service", 0, .system),
      ("app", "/system.slice/app.service", -900, .protected),
      ("app", "/system.slice/app.service", -899, .ordinary),
      ("postgres", "/system.slice/postgresql.service", -900, .database),
    ])
  func classes(name: String, cgroup: String, adjustment: Int, expected: VictimClass) throws {
    #expect(try victim(name, cgroup: cgroup, adjustment: adjustment) == expected)
  }
}
