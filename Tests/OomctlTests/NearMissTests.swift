import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Where no process matches")
struct NearMissTests {
  private static let machine = FixtureMachine.server.with {
    $0.processes.append(
      FixtureProcess(18416, "redis-server", resident: 900).with {
        $0.cgroup = "0::/system.slice/redis-server.service\n"
      })
    $0.files["lib/systemd/system/backup.service"] = "[Service]\nExecStart=/usr/bin/backup\n"
    $0.files["lib/systemd/system/backup.timer"] = "[Timer]\nOnCalendar=daily\n"
    $0.files["lib/systemd/system/idle.service"] = "[Service]\nExecStart=/usr/bin/idle\n"
    $0.files["usr/local/bin/job"] = "#!/bin/sh\n"
  }

  @Test(
    "the word is named, and what comes near it",
    arguments: [
      (["redis"], "'redis'", "redis-server[18416] is running."),
      (["redis-sever"], "'redis-sever'", "redis-server[18416] is running."),
      (["--name", "jva"], "'jva'", "java[1200] is running."),
      (["xyz"], "'xyz'", nil),
      (["--unit", "redis"], "--unit redis.service", "redis-server.service is running."),
      (
        ["--unit", "firefox"], "--unit firefox.service",
        "firefox.service is a unit of alice's own: add --user alice."
      ),
      (
        ["--unit", "backup"], "--unit backup.service",
        "backup.service isn't running now: a timer starts it."
      ),
      (
        ["--unit", "backup.timer"], "--unit backup.timer",
        "A timer has no process: backup.service is what it starts."
      ),
      (["--unit", "idle"], "--unit idle.service", "idle.service isn't running."),
      (
        ["--unit", "system.slice"], "--unit system.slice",
        "A slice holds units: try --cgroup /system.slice."
      ),
      (
        ["--exe", "/usr/local/bin/job"], "--exe /usr/local/bin/job",
        "/usr/local/bin/job is a script, which its interpreter runs: try --match."
      ),
      (["--exe", "/opt/none"], "--exe /opt/none", "/opt/none: there is no such file."),
      (
        ["--exe", "/opt/java/bin/java"], "--exe /opt/java/bin/java",
        "java[1200] runs /usr/bin/java."
      ),
      (
        ["--exe", "/usr/local/bin"], "--exe /usr/local/bin",
        "/usr/local/bin is a folder, and no program."
      ),
      (["/usr/bin/java"], "'/usr/bin/java'", "A name has no slash: try --exe /usr/bin/java."),
      (["--match", "time\\.sleep"], "--match 'time\\.sleep'", nil),
      (["java", "--user", "alice"], "'java' --user alice", "java[1200] is running."),
    ] as [([String], String, String?)])
  func advice(words: [String], named: String, advice: String?) throws {
    for command in [["list"], ["explain"], ["adjust", "-n", "1"], ["protect"]] {
      let result = try run(command + words, on: Self.machine.tree())
      let lines = ["oomctl: no process matches \(named)"] + [advice].compactMap { $0 }
      #expect(result.errors.split(separator: "\n").map { String($0) } == lines)
      #expect(result.status == .failed)
    }
  }

  @Test("of a unit it is told that systemd doesn't run the machine")
  func withoutSystemd() throws {
    var machine = FixtureMachine.server
    for index in machine.processes.indices { machine.processes[index].cgroup = "0::/\n" }
    let list = try run(["list", "--unit", "ssh"], on: machine.tree())
    #expect(
      list.errors == """
        oomctl: no process matches --unit ssh.service
        No process here is in a unit: systemd doesn't run this machine.

        """)
  }
}
