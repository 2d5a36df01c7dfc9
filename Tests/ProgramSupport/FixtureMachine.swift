import Badness
package import TestSupport

/// A made machine: its kernel, its memory in pages, and its processes.
package struct FixtureMachine {
  package var kernel = "6.1.0-50-amd64"
  package var ram = 1_048_576
  package var swap = 262_144
  package var pageSize = 4096
  package var processes: [FixtureProcess]
  /// Files of processes that are left out, where it has very many.
  package var omitted: Set<String> = []
  /// Files besides, or instead of those that follow from the rest.
  package var files: [String: FixtureTree.Entry] = [:]

  package init(
    kernel: String = "6.1.0-50-amd64", ram: Int = 1_048_576, swap: Int = 262_144,
    pageSize: Int = 4096, processes: [FixtureProcess], omitted: Set<String> = [],
    files: [String: FixtureTree.Entry] = [:]
  ) {
    self.kernel = kernel
    self.ram = ram
    self.swap = swap
    self.pageSize = pageSize
    self.processes = processes
    self.omitted = omitted
    self.files = files
  }

  var version: KernelVersion { KernelVersion(parsing: kernel) ?? KernelVersion(0, 0) }

  var capacity: MemoryCapacity {
    MemoryCapacity(ram: Pages(ram), swap: Pages(swap), pageSize: pageSize)
  }

  /// The process of that number, to be changed.
  package subscript(id: Int) -> FixtureProcess {
    get { processes.first { $0.id == id } ?? FixtureProcess(id, "new", resident: 1) }
    set {
      processes.removeAll { $0.id == id }
      processes.append(newValue)
    }
  }

  /// Its files, laid out in a folder.
  package func tree() throws -> FixtureTree {
    var entries: [String: FixtureTree.Entry] = [
      "proc/meminfo": .file(Array(meminfo.utf8)),
      "proc/uptime": "351000.47 2000.11\n",
      "proc/vmstat": "nr_free_pages 100000\noom_kill 2\n",
      "proc/pressure/memory": """
      some avg10=0.41 avg60=0.10 avg300=0.02 total=123456
      full avg10=0.05 avg60=0.01 avg300=0.00 total=23456

      """,
      "proc/self/mountinfo": "21 1 0:19 / /proc rw,relatime - proc proc rw\n",
      "proc/sys/kernel/osrelease": "\(kernel)\n",
      "proc/sys/kernel/hostname": "web-07\n",
      "proc/sys/vm/overcommit_memory": "0\n",
      "proc/sys/vm/panic_on_oom": "0\n",
      "proc/sys/vm/oom_kill_allocating_task": "0\n",
      "etc/passwd": """
      root:x:0:0:root:/root:/bin/bash
      postgres:x:110:110::/var/lib/postgresql:/bin/bash
      app:x:120:120::/srv/app:/usr/sbin/nologin
      alice:x:1000:1000:Alice,,,:/home/alice:/bin/bash

      """,
    ]
    for process in processes {
      for (name, entry) in process.files(on: self) where !omitted.contains(name) {
        entries["proc/\(process.id)/\(name)"] = entry
      }
    }
    entries.merge(files) { $1 }
    return try FixtureTree(entries)
  }

  private var meminfo: String {
    let kibibytes = pageSize / 1024
    return """
      MemTotal:       \(ram * kibibytes) kB
      MemFree:        \(ram / 8 * kibibytes) kB
      MemAvailable:   \(ram / 4 * kibibytes) kB
      SwapTotal:      \(swap * kibibytes) kB
      SwapFree:       \(swap / 2 * kibibytes) kB
      CommitLimit:    \((ram / 2 + swap) * kibibytes) kB
      Committed_AS:   \(ram / 3 * kibibytes) kB
      VmallocTotal:   34359738367 kB

      """
  }
}

extension FixtureMachine {
  /// A server with a desktop session: a bit of everything that scores depend on.
  package static let server = FixtureMachine(processes: [
    FixtureProcess(1, "systemd", resident: 3_000, tables: 20).with { $0.parent = 0 },
    .kernelThread(2, "kthreadd", parent: 0),
    .kernelThread(30, "kswapd0"),
    FixtureProcess(400, "sshd", resident: 2_000, tables: 15).with {
      $0.adjustment = -1000
      $0.cgroup = "0::/system.slice/ssh.service\n"
      $0.words = ["sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"]
      $0.program = "/usr/sbin/sshd"
    },
    FixtureProcess(900, "postgres", resident: 40_000, swapped: 500, tables: 120).with {
      $0.user = 110
      $0.adjustment = -900
      $0.cgroup = "0::/system.slice/postgresql.service\n"
      $0.program = "/usr/lib/postgresql/15/bin/postgres"
      $0.words = ["/usr/lib/postgresql/15/bin/postgres", "-D", "/var/lib/postgresql/15/main"]
    },
    FixtureProcess(1200, "java", resident: 500_000, swapped: 100_000, tables: 1_300).with {
      $0.user = 120
      $0.cgroup = "0::/system.slice/app.service\n"
      $0.words = ["/usr/bin/java", "-Xmx2g", "-jar", "shop.jar"]
    },
    FixtureProcess(1300, "fluentd", resident: 14_000, swapped: 400, tables: 60).with {
      $0.adjustment = 500
      $0.cgroup = "0::/system.slice/td-agent.service\n"
    },
    FixtureProcess(1400, "bash", resident: 1_300, tables: 14).with {
      $0.user = 1000
      $0.cgroup = "0::/user.slice/user-1000.slice/session-2.scope\n"
      $0.words = ["-bash"]
    },
    FixtureProcess(1500, "firefox", resident: 90_000, tables: 400).with {
      $0.user = 1000
      $0.parent = 1400
      $0.adjustment = 100
      $0.cgroup = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/firefox.service\n"
      $0.program = "/usr/lib/firefox/firefox-bin"
    },
    FixtureProcess(1501, "Web Content", resident: 30_000, tables: 200).with {
      $0.user = 1000
      $0.parent = 1500
      $0.adjustment = 300
      $0.cgroup = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/firefox.service\n"
      $0.program = "/usr/lib/firefox/firefox-bin"
      $0.words = ["/usr/lib/firefox/firefox", "-contentproc"]
    },
  ])

  /// The same with something changed.
  package func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
