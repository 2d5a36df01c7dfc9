import ProcFS
import Testing

@testable import Processes

@Suite("The origin of an adjustment")
struct OriginTests {
  private func origin(
    _ adjustment: Int?, name: String? = nil, words: [String] = [], cgroup: String = "/"
  ) -> String? {
    var record = ProcessSnapshot.named(name, words: words)
    record.adjustment = adjustment
    record.cgroups = .two(cgroup)
    return Origin(of: record)?.text
  }

  @Test(
    "is known of values that programs are documented to set, and of no others",
    arguments: [
      (-1000, "sshd"), (-1000, "systemd-udevd"), (-1000, "udevd"), (-1000, "(udev-worker)"),
      (-250, "systemd-journal"), (-900, "systemd-oomd"), (-900, "dbus-daemon"),
      (-900, "dbus-broker"), (-900, "snapd"), (-900, "ovs-vswitchd"), (-900, "ovsdb-server"),
      (-1000, "multipathd"), (-1000, "dmeventd"), (-100, "earlyoom"), (-900, "oomctl"),
      (-999, "kubelet"), (-999, "kube-proxy"), (-999, "containerd"), (-999, "dockerd"),
      (-998, "containerd-shim"), (-500, "dockerd"), (-500, "docker-proxy"), (-900, "postgres"),
      (-1000, "postmaster"), (200, "redis-server"), (800, "valkey-server"), (233, "firefox"),
      (167, "Web Content"), (133, "firefox-bin"),
    ])
  func ofPrograms(adjustment: Int, name: String) {
    #expect(origin(adjustment, name: name) != nil)
    #expect(origin(adjustment - 1, name: name) != origin(adjustment, name: name))
    #expect(origin(adjustment + 1, name: name) != origin(adjustment, name: name))
    #expect(origin(adjustment, name: "other") == nil)
    #expect(origin(adjustment) == nil)
  }

  @Test(
    "is known of ranges that programs set",
    arguments: [
      (1, nil), (2, "Kubernetes, Burstable pod"), (999, "Kubernetes, Burstable pod"),
      (1000, "Kubernetes, BestEffort pod"), (-996, nil), (-997, "Kubernetes, Guaranteed pod"),
      (-998, "Kubernetes, Guaranteed pod of older releases"), (-999, nil),
    ] as [(Int, String?)])
  func ofPods(adjustment: Int, text: String?) {
    let cgroup = "/kubepods.slice/kubepods-pod1.slice"
    #expect(origin(adjustment, name: "app", cgroup: cgroup) == text)
    #expect(
      origin(-998, name: "pause", cgroup: cgroup) == "Kubernetes, pod sandbox")
  }

  @Test(
    "is known of a browser's helpers by their words",
    arguments: [
      (299, "--type=renderer", nil), (300, "--type=renderer", "the browser, for its renderers"),
      (1000, "--type=renderer", "the browser, for its renderers"),
      (200, "--type=gpu", "the browser, for its helpers"),
      (200, "a --type=gpu", "the browser, for its helpers"), (201, "--type=gpu", nil),
      (199, "--type=gpu", nil), (100, "--type=ppapi", "the browser, for its plugins"),
      (101, "--type=ppapi", nil), (200, "-type=gpu", nil), (200, "x--type=gpu", nil),
    ] as [(Int, String, String?)])
  func ofWords(adjustment: Int, word: String, text: String?) {
    #expect(origin(adjustment, name: "app", words: ["app", word]) == text)
  }

  @Test(
    "is known of browsers' own names",
    arguments: [
      (300, "chrome", true), (1000, "electron", true), (299, "chromium", false),
      (300, "chromiumx", false),
    ])
  func ofBrowsers(adjustment: Int, name: String, isKnown: Bool) {
    #expect((origin(adjustment, name: name) == "the browser, for its renderers") == isKnown)
  }

  @Test("needs both the name and the word where both are given")
  func both() {
    #expect(
      origin(100, name: "firefox", words: ["firefox", "-contentproc"])
        == "the browser, for the tab in front")
    #expect(origin(100, name: "firefox", words: ["firefox"]) == nil)
    #expect(origin(100, name: "other", words: ["-contentproc"]) == nil)
  }

  @Test(
    "is known of places in the tree of cgroups",
    arguments: [
      (100, "/user.slice/user@1000.service/x", "systemd's user@.service"),
      (200, "/user.slice/user@1000.service/x", "systemd's user manager, for its services"),
      (101, "/user.slice/user@1000.service/x", nil), (201, "/user@1000.service", nil),
      (99, "/user@1000.service", nil), (199, "/user@1000.service", nil),
      (-999, "/docker-17.scope", "docker run --oom-score-adj"),
      (1000, "/docker/17", "docker run --oom-score-adj"), (-1000, "/docker/17", nil),
      (5, "/dockers/17", nil), (1000, "/x/libpod-17.scope", "podman run --oom-score-adj"),
      (-999, "/libpod", "podman run --oom-score-adj"), (-1000, "/libpod", nil),
    ] as [(Int, String, String?)])
  func ofPlaces(adjustment: Int, cgroup: String, text: String?) {
    #expect(origin(adjustment, name: "app", cgroup: cgroup) == text)
  }

  @Test("is also known by systemd's own hierarchy of version 1")
  func versionOne() {
    var record = ProcessSnapshot.named("app")
    record.adjustment = 100
    record.cgroups = .lines("3:memory:/a\n1:name=systemd:/user.slice/user@1.service\n")
    #expect(Origin(of: record)?.text == "systemd's user@.service")
    record.cgroups = nil
    #expect(Origin(of: record) == nil)
  }

  @Test("is that of nobody where there is no adjustment")
  func none() {
    #expect(origin(0, name: "app", cgroup: "/docker/1") == nil)
    #expect(origin(nil, name: "sshd") == nil)
  }
}
