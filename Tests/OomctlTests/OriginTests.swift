import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("An adjustment's origin")
struct OriginTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let adjustment: Int
    var cgroup = "/"
    var words: [String] = []
    let origin: String?

    init(
      _ name: String, _ adjustment: Int, in cgroup: String = "/", words: [String] = [],
      _ origin: String?
    ) {
      self.name = name
      self.adjustment = adjustment
      self.cgroup = cgroup
      self.words = words
      self.origin = origin
    }

    var testDescription: String { "\(name) \(adjustment) \(cgroup)" }
  }

  private static let pod =
    "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-1.scope"
  private static let firefox =
    "/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox-1.scope"

  private static let cases: [Case] = [
    Case("sshd", -1000, in: "/system.slice/ssh.service", "sshd, for its listener"),
    Case("sshd", -900, in: "/system.slice/ssh.service", nil), Case("sshd", 0, nil),
    Case("systemd-udevd", -1000, "systemd-udevd's unit"),
    Case("systemd-journal", -250, "systemd-journald's unit"),
    Case("systemd-journal", -251, nil),
    Case("systemd-oomd", -900, "systemd-oomd's unit"),
    Case("dbus-daemon", -900, "D-Bus's unit"), Case("dbus-broker-lau", -900, "D-Bus's unit"),
    Case("snapd", -900, "snapd's unit"), Case("ovs-vswitchd", -900, "Open vSwitch's unit"),
    Case("multipathd", -1000, "multipathd itself"),
    Case("earlyoom", -100, "earlyoom itself, by -p"),
    Case("oomctl", -900, "the unit of oomctl guard"),
    Case("kubelet", -999, "Kubernetes"), Case("kube-proxy", -999, in: pod, "Kubernetes"),
    Case("containerd", -999, "the container runtime"),
    Case("containerd-shim", -998, "the container runtime"),
    Case("dockerd", -500, in: "/system.slice/docker.service", "Docker's unit"),
    Case("pause", -998, in: pod, "Kubernetes, pod sandbox"),
    Case("nginx", -998, in: pod, "Kubernetes, Guaranteed pod of older releases"),
    Case("nginx", -997, in: pod, "Kubernetes, Guaranteed pod"),
    Case("nginx", 1000, in: pod, "Kubernetes, BestEffort pod"),
    Case("nginx", 2, in: pod, "Kubernetes, Burstable pod"),
    Case("nginx", 999, in: "/kubepods/burstable/pod1/abc", "Kubernetes, Burstable pod"),
    Case("nginx", 1, in: pod, nil), Case("nginx", -997, in: "/system.slice/nginx.service", nil),
    Case("nginx", 400, in: "/system.slice/docker-abc.scope", "docker run --oom-score-adj"),
    Case("nginx", 400, in: "/docker/abc", "docker run --oom-score-adj"),
    Case("nginx", 400, in: "/system.slice/docker.service", nil),
    Case("nginx", 400, in: "/machine.slice/libpod-abc.scope", "podman run --oom-score-adj"),
    Case(
      "postgres", -900, in: "/system.slice/system-postgresql.slice/postgresql@15-main.service",
      "PostgreSQL's unit"),
    Case("postmaster", -1000, "PostgreSQL's unit, of the PGDG packages"),
    Case("redis-server", 800, "Redis, for a child that saves (oom-score-adj)"),
    Case(
      "chrome", 300, words: ["/opt/google/chrome/chrome --type=renderer --lang=en"],
      "the browser, for its renderers"),
    Case(
      "slack", 300, words: ["/usr/lib/slack/slack", "--type=renderer"],
      "the browser, for its renderers"),
    Case(
      "chrome", 200, words: ["/opt/google/chrome/chrome --type=gpu-process"],
      "the browser, for its helpers"),
    Case(
      "Isolated Web Co", 167, in: firefox, words: ["/usr/lib/firefox/firefox", "-contentproc"],
      "the browser, for background tabs"),
    Case("Web Content", 233, "the browser, for a process in reserve"),
    Case("Web Content", 133, "the browser, for background tabs that play"),
    Case(
      "Web Content", 100, in: firefox, words: ["/usr/lib/firefox/firefox", "-contentproc"],
      "the browser, for the tab in front"),
    Case(
      "firefox", 100, in: firefox, words: ["/usr/lib/firefox/firefox"], "systemd's user@.service"),
    Case(
      "systemd", 100, in: "/user.slice/user-1000.slice/user@1000.service/init.scope",
      "systemd's user@.service"),
    Case(
      "gnome-shell", 200,
      in: "/user.slice/user-1000.slice/user@1000.service/session.slice/x.service",
      "systemd's user manager, for its services"),
    Case("java", 200, in: "/system.slice/app.service", nil),
  ]

  @Test("is told by value, program and place", arguments: cases)
  func origin(of row: Case) throws {
    let machine = FixtureMachine(processes: [
      FixtureProcess(1, "systemd", resident: 10).with { $0.parent = 0 },
      .kernelThread(2, "kthreadd", parent: 0),
      FixtureProcess(70, row.name, resident: 90).with {
        $0.adjustment = row.adjustment
        $0.cgroup = "0::\(row.cgroup)\n"
        $0.words = row.words
        $0.program = nil
      },
    ])
    let tree = try machine.tree()
    let list = run(["list", "70", "-o", "+origin", "--json"], on: tree)
    #expect(try list.processes[0]["origin"] == (row.origin.map { JSON.text($0) } ?? .null))
    let said = row.origin.map { "The adjustment was probably set by \($0)." }
    let screen = run(["explain", "70"], on: tree).output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(screen.contains("probably set by") == (said != nil))
    if let said { #expect(screen.contains(said)) }
  }
}
