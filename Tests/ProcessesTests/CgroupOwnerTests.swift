import Testing

@testable import Processes

@Suite("Whose a memory cgroup is")
struct CgroupOwnerTests {
  static let hash = String(repeating: "3f7a", count: 16)

  @Test(
    "is told by its path",
    arguments: [
      ("/system.slice/ssh.service", "unit ssh.service"),
      ("/system.slice/system-getty.slice/getty@tty1.service", "unit getty@tty1.service"),
      ("/user.slice/user-1000.slice/session-40.scope", "unit session-40.scope"),
      (
        "/user.slice/user-1000.slice/user@1000.service/app.slice/firefox.service",
        "user unit firefox.service"
      ),
      ("/docker/\(hash)", "container 3f7a3f7a3f7a"),
      ("/system.slice/docker-\(hash).scope", "container 3f7a3f7a3f7a"),
      ("/machine.slice/libpod-\(hash).scope/container", "container 3f7a3f7a3f7a"),
      ("/lxc/39004/ns/system.slice/docker-\(hash).scope", "container 3f7a3f7a3f7a"),
      (
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1d2c3b4a_0000.slice/"
          + "cri-containerd-\(hash).scope",
        "container 3f7a3f7a3f7a of pod 1d2c3b4a (burstable)"
      ),
      (
        "/kubepods/besteffort/pod1d2c3b4a-0000-1111/\(hash)",
        "container 3f7a3f7a3f7a of pod 1d2c3b4a (besteffort)"
      ),
      ("/kubepods/pod1d2c3b4a-0000", "pod 1d2c3b4a (guaranteed)"),
      ("/lxc.payload.web/system.slice", "machine web"),
      ("/lxc/web", "machine web"),
      ("/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "machine machine-qemu-1-vm"),
      ("/slurm/uid_1000/job_77/step_0", "job 77"),
      ("/", "cgroup /"),
      ("/build, of = all", "cgroup /build, of = all"),
    ])
  func phrase(path: String, phrase: String) {
    #expect(CgroupOwner(path: path).phrase == phrase)
  }

  @Test("is a pod's, for a table, rather than a container's")
  func short() {
    let path = "/kubepods/besteffort/pod1d2c3b4a-0000-1111/\(Self.hash)"
    #expect(CgroupOwner(path: path).short == "pod 1d2c3b4a")
  }

  @Test(
    "has the whole numbers of containers and pods",
    arguments: [
      "/kubepods/burstable/pod77f06c5c-4593-43e9-b970-987f6ecb825b/\(hash)",
      "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod77f06c5c_4593_43e9_b970_987f6ecb825b.slice/"
        + "cri-containerd-\(hash).scope",
    ])
  func wholeNumbers(path: String) {
    let owner = CgroupOwner(path: path)
    #expect(owner.containerID == Self.hash)
    #expect(owner.podUID == "77f06c5c-4593-43e9-b970-987f6ecb825b")
    #expect(owner.pod == "77f06c5c")
    #expect(owner.name == String(Self.hash.prefix(12)))
  }
}
