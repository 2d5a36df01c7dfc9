import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A container's name")
struct ContainerNamesTests {
  private static let id = String(repeating: "4f", count: 32)
  private static let uid = "0b5f2d3a-1c4e-4a57-9d5b-2f5f0f6f7a11"
  private static let pods = "/kubepods.slice/kubepods-burstable.slice"
  private static let slice =
    "\(pods)/kubepods-burstable-pod0b5f2d3a_1c4e_4a57_9d5b_2f5f0f6f7a11.slice"

  private func owner(
    at path: String, _ files: [String: FixtureTree.Entry]
  ) throws -> CgroupOwner {
    try FixtureTree(files.merging(["proc/version": ""]) { $1 }).withWorld {
      CgroupOwner(path: path, named: ContainerNames(of: $0))
    }
  }

  @Test(
    "lies where its runtime has left it",
    arguments: [
      // containerd and kubelet, with systemd's driver.
      (
        "\(slice)/cri-containerd-\(id).scope",
        [
          "var/log/pods/shop_cart-7f9_\(uid)/web/0.log": "",
          "var/log/containers/cart-7f9_shop_web-\(id).log": "",
        ], "web in shop/cart-7f9"
      ),
      // The same with cgroupfs' driver, of which only containerd's own state is left.
      (
        "/kubepods/burstable/pod\(uid)/\(id)",
        [
          "run/containerd/io.containerd.runtime.v2.task/k8s.io/\(id)/config.json":
            #"""
          {"annotations":{"io.kubernetes.cri.container-name":"web",
          "io.kubernetes.cri.sandbox-name":"cart-7f9","io.kubernetes.cri.sandbox-namespace":"shop",
          "io.kubernetes.cri.sandbox-uid":"\#(uid)"}}
          """#
        ], "web in shop/cart-7f9"
      ),
      // CRI-O.
      (
        "\(slice)/crio-\(id).scope",
        [
          "var/lib/containers/storage/overlay-containers/containers.json":
            #"[{"id":"\#(id)","names":["k8s_web_cart-7f9_shop_\#(uid)_0"],"layer":"x"}]"#
        ], "web in shop/cart-7f9"
      ),
      // Docker, as a service's and as kubelet's.
      (
        "/system.slice/docker-\(id).scope",
        ["var/lib/docker/containers/\(id)/config.v2.json": #"{"ID":"x","Name":"/redis"}"#], "redis"
      ),
      (
        "/kubepods/burstable/pod\(uid)/\(id)",
        [
          "var/lib/docker/containers/\(id)/config.v2.json":
            #"{"Name":"/k8s_POD_cart-7f9_shop_\#(uid)_0"}"#
        ], "pause in shop/cart-7f9"
      ),
      // Podman, root's, whose limit is that of a group around the container's own; and nerdctl's.
      (
        "/machine.slice/libpod-\(id).scope/container",
        [
          "var/lib/containers/storage/overlay-containers/containers.json":
            #"[{"id":"\#(id)","names":["db"]}]"#
        ], "db"
      ),
      (
        "/system.slice/nerdctl-\(id).scope",
        [
          "run/containerd/io.containerd.runtime.v2.task/default/\(id)/config.json":
            #"{"annotations":{"nerdctl/name":"web"}}"#
        ], "web"
      ),
      // Nothing is left.
      ("/system.slice/docker-\(id).scope", [:], "4f4f4f4f4f4f"),
      ("\(slice)/crio-\(id).scope", [:], "pod 0b5f2d3a"),
    ] as [(String, [String: FixtureTree.Entry], String)])
  func places(path: String, files: [String: FixtureTree.Entry], name: String) throws {
    #expect(try owner(at: path, files).short == name)
  }

  @Test("that a user's own files give counts for that user's containers alone")
  func users() throws {
    let files: [String: FixtureTree.Entry] = [
      "etc/passwd": "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n",
      "run/user/1000/containers/overlay": "",
      "home/ann/.local/share/containers/storage/overlay-containers/containers.json":
        .file(Array(#"[{"id":"\#(Self.id)","names":["mine"]}]"#.utf8)),
    ]
    let below = "user.slice/libpod-\(Self.id).scope/container"
    let own = "/user.slice/user-1000.slice/user@1000.service/\(below)"
    #expect(try owner(at: own, files).short == "mine")
    #expect(try owner(at: "/machine.slice/libpod-\(Self.id).scope", files).containerName == nil)
    let other = "/user.slice/user-1001.slice/user@1001.service/\(below)"
    #expect(try owner(at: other, files).containerName == nil)
    // A home isn't looked into for nothing.
    let idle = files.filter { !$0.key.hasPrefix("run/") }
    #expect(try owner(at: own, idle).containerName == nil)
  }

  @Test("selects it, as do its number, its pod's name and its pod's UID")
  func selection() throws {
    let path = "\(Self.slice)/cri-containerd-\(Self.id).scope"
    let owner = try owner(
      at: path,
      [
        "var/log/pods/shop_cart-7f9_\(Self.uid)/x": "",
        "var/log/containers/cart-7f9_shop_web-\(Self.id).log": "",
      ])
    for word in ["web", "4f4f4f4f", Self.id] { #expect(owner.isContainer(word)) }
    for word in ["we", "cart-7f9", "5f"] { #expect(!owner.isContainer(word)) }
    for word in ["cart-7f9", "shop/cart-7f9", "0b5f2d3a", Self.uid] { #expect(owner.isOfPod(word)) }
    for word in ["cart", "other/cart-7f9", "1b5f", "web"] { #expect(!owner.isOfPod(word)) }
    #expect(owner.phrase == "container web (4f4f4f4f4f4f) of pod shop/cart-7f9 (burstable)")
  }
}
