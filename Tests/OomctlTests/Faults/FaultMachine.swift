import ProgramSupport
import TestSupport

@testable import oomctl

extension FixtureMachine {
  /// A small machine on which each command has something to read and to change.
  static let faulted = MemoryTests.server.with { machine in
    machine.processes = [
      machine[1], machine[2], .listener(), machine[900], worker(of: machine[900]), machine[1200],
      cache, machine[1500].with { $0.parent = 1 },
    ]
    machine[900].adjustment = 0
    for (key, value) in tuned.files where key.hasPrefix("proc/sys/") { machine.files[key] = value }
    machine.files.merge(sockets(of: 400, held: [4711], listening: [4711])) { $1 }
    machine.files["proc/self/ns/pid"] = .link("pid:[4026531836]")
    machine.files["proc/sys/kernel/random/boot_id"] = "6f1ed002-ab5b-4f5f-9f3c-5d0c2e6c1a34\n"
    machine.files["proc/swaps"] =
      "Filename Type Size Used Priority\n/dev/sda2 partition 1048572 524286 -2\n"
    for unit in ["app", "postgresql", "ssh"] {
      machine.files["usr/lib/systemd/system/\(unit).service"] =
        "[Service]\nExecStart=/usr/bin/\(unit)\n"
    }
    machine.files["etc/systemd/system/app.service.d/10-other.conf"] =
      "[Service]\nOOMScoreAdjust=100\n"
    machine.files["etc/sysctl.d/10-site.conf"] = "vm.swappiness = 60\n"
    machine.files["etc/login.defs"] = "UID_MIN 1000\n"
    machine.files["var/log/kern.log"] = .init(
      stringLiteral: HistoryTests.kills.map(\.text).joined())
  }

  /// It has no unit, so a rule is what protects it.
  private static let cache = FixtureProcess(1600, "cached", resident: 8_000, tables: 40).with {
    $0.user = 120
    $0.cgroup = "0::/\n"
    $0.words = ["/usr/bin/cached", "-p", "1"]
  }

  private static func worker(of server: FixtureProcess) -> FixtureProcess {
    server.with {
      $0.id = 901
      $0.parent = 900
      $0.words = ["postgres: checkpointer"]
      $0.adjustment = 0
    }
  }
}
