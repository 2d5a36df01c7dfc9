extension Origin.Sign {
  /// All signs, of which the first that matches holds: signs of one program come before those of a
  /// place.
  static let all: [Self] = system + containers + databases + browsers + surroundings

  private static let system: [Self] = [
    // openssh, openbsd-compat/port-linux.c `oom_adjust_setup`.
    .init(-1000, ["sshd"], "sshd, for its listener"),
    // systemd, units/systemd-udevd.service.in, -journald and -oomd beside it.
    .init(
      -1000, ["systemd-udevd", "udevd", "(udev-worker)"],
      "systemd-udevd's unit"),
    .init(-250, ["systemd-journal", "systemd-journald"], "systemd-journald's unit"),
    .init(-900, ["systemd-oomd"], "systemd-oomd's unit"),
    .init(
      -900, ["dbus-daemon", "dbus-broker", "dbus-broker-lau", "dbus-broker-launch"],
      "D-Bus's unit"),
    .init(-900, ["snapd"], "snapd's unit"),
    .init(-900, ["ovs-vswitchd", "ovsdb-server"], "Open vSwitch's unit"),
    // multipath-tools, multipathd/main.c `set_oom_adj`; lvm2, daemons/dmeventd/dmeventd.c.
    .init(-1000, ["multipathd"], "multipathd itself"),
    .init(-1000, ["dmeventd"], "dmeventd itself"),
    // earlyoom(1), -p.
    .init(-100, ["earlyoom"], "earlyoom itself, by -p"),
    .init(-900, ["oomctl"], "the unit of oomctl guard"),
  ]

  private static let containers: [Self] = [
    // Kubernetes, pkg/kubelet/qos/policy.go; cmd/kubelet and cmd/kube-proxy set their own.
    .init(-999, ["kubelet", "kube-proxy"], "Kubernetes"),
    // containerd, docs/ops.md: its unit; a shim has one more (core/runtime/v2, `AdjustOOMScore`).
    .init(-999, ["containerd", "crio", "dockerd"], "the container runtime"),
    .init(
      -998, ["containerd-shim", "containerd-shim-runc-v2"],
      "the container runtime"),
    // moby, daemon/config: --oom-score-adjust; -500 is its default and its unit's.
    .init(-500, ["dockerd", "docker-proxy"], "Docker's unit"),
    .init(-998, ["pause"], cgroup: "kubepods", "Kubernetes, pod sandbox"),
    .init(-998, cgroup: "kubepods", "Kubernetes, Guaranteed pod of older releases"),
    .init(-997, cgroup: "kubepods", "Kubernetes, Guaranteed pod"),
    .init(1000, cgroup: "kubepods", "Kubernetes, BestEffort pod"),
    .init(2...999, cgroup: "kubepods", "Kubernetes, Burstable pod"),
  ]

  private static let databases: [Self] = [
    // postgresql-common's unit; PGDG's RPMs go to the end. Backends go back to 0 (PG_OOM_ADJUST_VALUE).
    .init(-900, ["postgres", "postmaster"], "PostgreSQL's unit"),
    .init(-1000, ["postgres", "postmaster"], "PostgreSQL's unit, of the PGDG packages"),
    // redis.conf, oom-score-adj-values: master, replica, child that saves.
    .init(200, ["redis-server", "valkey-server"], "Redis, as a replica (oom-score-adj)"),
    .init(800, ["redis-server", "valkey-server"], "Redis, for a child that saves (oom-score-adj)"),
  ]

  /// Firefox, hal/linux/LinuxProcessPriority.cpp.
  private static let tabs = [
    "firefox", "firefox-bin", "firefox-esr", "Web Content", "Isolated Web Co", "WebExtensions",
    "Privileged Cont", "file:// Content", "thunderbird",
  ]

  private static let browsers: [Self] = [
    // Chromium, content/public/common/content_constants.cc; Electron's programs are called anything.
    .init(300...1000, word: "--type=renderer", "the browser, for its renderers"),
    .init(200, word: "--type=", "the browser, for its helpers"),
    .init(100, word: "--type=", "the browser, for its plugins"),
    .init(
      300...1000, ["chrome", "chromium", "chromium-browse", "chromium-browser", "electron"],
      "the browser, for its renderers"),
    .init(233, tabs, "the browser, for a process in reserve"),
    .init(167, tabs, "the browser, for background tabs"),
    .init(133, tabs, "the browser, for background tabs that play"),
    .init(100, tabs, word: "-contentproc", "the browser, for the tab in front"),
  ]

  private static let surroundings: [Self] = [
    // systemd, units/user@.service.in.
    .init(100, cgroup: "user@", "systemd's user@.service"),
    // src/core/main.c: services of a user's manager have 100 more than it (DefaultOOMScoreAdjust=).
    .init(200, cgroup: "user@", "systemd's user manager, for its services"),
    // docker run --oom-score-adj: nothing is set by default.
    .init(-999...1000, cgroup: "docker-", "docker run --oom-score-adj"),
    .init(-999...1000, cgroup: "libpod-", "podman run --oom-score-adj"),
  ]
}
