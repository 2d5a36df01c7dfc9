/// Facts about programs that are known by name. Several may hold.
package struct ProgramTraits: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Its memory grows with what it keeps for others, who lose data or answers when it dies.
  package static let database = Self(rawValue: 1 << 0)
  /// It saves from a fork of itself, for which the kernel must promise its memory once more.
  package static let savesByFork = Self(rawValue: 1 << 1)
  /// Its memory is a heap with a tool of its own that can write it down.
  package static let java = Self(rawValue: 1 << 2)
  /// All containers depend on it.
  package static let containerRuntime = Self(rawValue: 1 << 3)
  /// Other programs of the system depend on it.
  package static let system = Self(rawValue: 1 << 4)
  /// It kills before the kernel does, by rules of its own.
  package static let killer = Self(rawValue: 1 << 5)
  /// Programs that it starts inherit its adjustment: jobs, sessions, containers, commands, services.
  package static let startsJobs = Self(rawValue: 1 << 6)
  package static let startsSessions = Self(rawValue: 1 << 7)
  package static let startsContainers = Self(rawValue: 1 << 8)
  package static let startsCommands = Self(rawValue: 1 << 9)
  package static let startsServices = Self(rawValue: 1 << 10)
  /// It hands its adjustment on to backends, unless its environment says otherwise.
  package static let postgres = Self(rawValue: 1 << 11)
}

/// Programs that findings, hints, predictions and metrics know by name.
package enum KnownProgram {
  /// Each name stands once, as the kernel shows it: 15 bytes of it are enough.
  private static let table: [(names: [String], traits: ProgramTraits)] = [
    (["java"], .java),
    (["postgres", "postmaster"], [.database, .postgres]),
    (["redis-server", "valkey-server", "keydb-server"], [.database, .savesByFork]),
    (
      [
        "mysqld", "mariadbd", "mongod", "memcached", "influxd", "clickhouse-server", "cockroach",
        "etcd", "oracle",
      ], .database
    ),
    (["dockerd", "containerd", "crio", "podman"], [.containerRuntime, .startsContainers]),
    (["kubelet", "lxd"], .containerRuntime),
    (["containerd-shim", "conmon", "runc", "lxc-start"], .startsContainers),
    (
      [
        "systemd", "systemd-journal", "systemd-journald", "systemd-udevd", "systemd-logind",
        "systemd-network", "systemd-networkd", "systemd-resolve", "systemd-resolved", "dbus-daemon",
        "dbus-broker", "dbus-broker-lau", "NetworkManager", "polkitd", "libvirtd", "init",
        "rsyslogd", "auditd", "chronyd", "multipathd", "iscsid", "corosync", "pacemakerd",
      ], .system
    ),
    (["cron", "crond"], [.system, .startsJobs]),
    (["atd", "anacron", "fcron"], .startsJobs),
    (["gdm", "gdm3", "sddm", "lightdm", "xdm", "lxdm", "kdm"], .startsSessions),
    (
      ["bash", "zsh", "sh", "dash", "fish", "tmux", "screen", "login", "su", "sudo"],
      .startsCommands
    ),
    (["supervisord", "runsv", "s6-supervise", "monit"], .startsServices),
    (["systemd-oomd", "earlyoom", "nohang", "nohang-desktop", "oomd", "lmkd"], .killer),
  ]

  private static let traits: [String: ProgramTraits] = Dictionary(
    table.flatMap { row in row.names.map { ($0, row.traits) } }, uniquingKeysWith: { $0.union($1) })

  /// Names of programs with these traits, in the order of the table.
  package static func names(_ wanted: ProgramTraits) -> [String] {
    table.filter { $0.traits.isSuperset(of: wanted) }.flatMap(\.names)
  }

  /// All that is known of a name; empty where nothing is.
  package static func traits(of name: String) -> ProgramTraits { traits[name] ?? [] }
}

extension ProcessSnapshot {
  /// True for a program with these traits, by any of its names.
  package func isKnown(as wanted: ProgramTraits) -> Bool {
    names.contains { KnownProgram.traits(of: $0).isSuperset(of: wanted) }
  }
}
