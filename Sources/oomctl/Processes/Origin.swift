import ProcFS

/// Who probably set an adjustment, told by the value and by where the process runs. Each row is what that
/// program is documented to set; a value that no row knows has no known origin.
struct Origin: Equatable, Sendable {
  let text: String

  init?(of record: Record) {
    guard let adjustment = record.adjustment, adjustment != 0 else { return nil }
    guard let sign = Self.signs.first(where: { $0.matches(adjustment, record) }) else { return nil }
    text = sign.text
  }

  private struct Sign: Sendable {
    var adjustments: ClosedRange<Int>
    var names: [String] = []
    /// What a component of its cgroup's path begins with.
    var cgroup = ""
    var text: String

    func matches(_ adjustment: Int, _ record: Record) -> Bool {
      let path = record.cgroups?.memory?.path ?? record.cgroups?.systemd?.path ?? ""
      return adjustments.contains(adjustment)
        && (names.isEmpty || names.contains(record.name ?? ""))
        && (cgroup.isEmpty || path.split(separator: "/").contains { $0.hasPrefix(cgroup) })
    }
  }

  private static let signs: [Sign] = [
    // openssh, platform.c `platform_pre_listen`.
    Sign(adjustments: -1000 ... -1000, names: ["sshd"], text: "sshd, for its listener"),
    // systemd, units/systemd-udevd.service.in and units/systemd-journald.service.in.
    Sign(
      adjustments: -1000 ... -1000, names: ["systemd-udevd", "udevd", "(udev-worker)"],
      text: "systemd-udevd's unit"),
    Sign(adjustments: -250 ... -250, names: ["systemd-journal"], text: "systemd-journald's unit"),
    Sign(
      adjustments: -900 ... -900, names: ["dbus-daemon", "dbus-broker-lau"], text: "D-Bus's unit"),
    // Kubernetes, pkg/kubelet/qos/policy.go.
    Sign(adjustments: -997 ... -997, cgroup: "kubepods", text: "Kubernetes, Guaranteed pod"),
    Sign(adjustments: -998 ... -998, cgroup: "kubepods", text: "Kubernetes, pod sandbox"),
    Sign(adjustments: 1000...1000, cgroup: "kubepods", text: "Kubernetes, BestEffort pod"),
    Sign(adjustments: 2...999, cgroup: "kubepods", text: "Kubernetes, Burstable pod"),
    Sign(adjustments: -999 ... -999, names: ["kubelet", "kube-proxy"], text: "Kubernetes"),
    Sign(
      adjustments: -999 ... -998, names: ["containerd", "containerd-shim", "crio"],
      text: "the container runtime"),
    Sign(adjustments: -500 ... -500, names: ["dockerd"], text: "Docker's unit"),
    // PostgreSQL, contrib/start-scripts and the packages' units.
    Sign(adjustments: -900 ... -900, names: ["postgres"], text: "PostgreSQL's unit"),
    // systemd, src/core/manager.c: services of a user's manager default to 100 more.
    Sign(adjustments: 100...100, cgroup: "user@", text: "systemd's user manager"),
    Sign(adjustments: 200...200, cgroup: "user@", text: "the desktop session's units"),
    // Chromium, base/process/memory_linux.cc and content/public/common/content_constants.
    Sign(
      adjustments: 200...300, names: ["chrome", "chromium", "electron"],
      text: "the browser, for its renderers"),
    Sign(
      adjustments: 33...400, names: ["firefox", "Web Content", "Isolated Web Co", "WebExtensions"],
      text: "the browser, for its content processes"),
  ]
}
