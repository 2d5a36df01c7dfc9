package import TestSupport

/// Made machines with servers that have children, for what shall keep them alive.
extension FixtureMachine {
  /// The server, whose PostgreSQL has an adjustment as ordinary as its backends'.
  package static func postgres(backends: Int = 2) -> FixtureMachine {
    server.with { machine in
      machine[900].adjustment = 0
      let main = machine[900]
      for id in 901..<(901 + backends) {
        machine[id] = main.with {
          $0.id = id
          $0.parent = 900
          $0.words = ["postgres: backend \(id)"]
        }
      }
    }
  }

  /// The server with something of its processes changed, by number.
  package static func server(_ id: Int, _ change: (inout FixtureProcess) -> Void) -> FixtureMachine
  {
    server.with { machine in
      var process = machine[id]
      change(&process)
      machine[id] = process
    }
  }

  /// Without the listener and bash: a machine for what `SecureShell` is about.
  package static func shells(_ shells: [FixtureProcess]) -> FixtureMachine {
    server.with { machine in
      machine.processes.removeAll { $0.id == 400 }
      machine.processes += shells
    }
  }
}

extension FixtureProcess {
  /// A process of OpenSSH's server with that title.
  package static func shell(
    _ id: Int, _ title: String, name: String = "sshd", parent: Int = 400,
    unit: String = "ssh.service", adjustment: Int = 0
  ) -> FixtureProcess {
    FixtureProcess(id, name, resident: 2_000).with {
      $0.parent = parent
      $0.words = [title]
      $0.program = "/usr/sbin/\(name)"
      $0.cgroup = "0::/system.slice/\(unit)\n"
      $0.adjustment = adjustment
    }
  }

  /// The listener as it calls itself since 8.2.
  package static func listener(_ id: Int = 400, adjustment: Int = 0) -> FixtureProcess {
    shell(
      id, "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", parent: 1,
      adjustment: adjustment)
  }
}

/// A process's descriptors and the sockets of its network namespace, as `proc` shows them.
package func sockets(of id: Int, held: [Int], listening: [Int]) -> [String: FixtureTree.Entry] {
  var text =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    + "   0: 0100007F:C000 0100007F:0016 01 00000000:00000000 00:00000000 00000000     0        0 1 1\n"
  for (index, inode) in listening.enumerated() {
    text +=
      "   \(index + 1): 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0"
      + "        0 \(inode) 1 0000000000000000 100 0 0 10 0\n"
  }
  var files: [String: FixtureTree.Entry] = [
    "proc/\(id)/net/tcp": .file(Array(text.utf8)), "proc/\(id)/fd/0": .link("/dev/null"),
  ]
  for (index, inode) in held.enumerated() {
    files["proc/\(id)/fd/\(index + 3)"] = .link("socket:[\(inode)]")
  }
  return files
}
