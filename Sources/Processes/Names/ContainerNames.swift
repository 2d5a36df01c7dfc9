package import Core
import ProcFS

/// The names of containers and pods, from what their runtimes leave on the machine. Names in places that belong to a user
/// count for that user's own containers alone; what isn't found keeps its number.
package struct ContainerNames: Sendable {
  /// By the container's whole number.
  private var containers: [String: String] = [:]
  /// The same of users' own, by the user's number.
  private var usersContainers: [UInt32: [String: String]] = [:]
  /// By the pod's UID.
  private var pods: [String: Pod] = [:]

  package struct Pod: Equatable, Sendable {
    package let namespace: String
    package let name: String
  }

  /// No names.
  package init() {}

  /// Reads the folders of logs that kubelet makes, and the state of containerd, Docker, CRI-O and Podman.
  package init(of world: borrowing World) {
    readPods(in: world)
    readLogs(in: world)
    readDocker(in: world)
    containers.merge(Self.podman("/var/lib/containers", in: world)) { $1 }
    readContainerd(in: world)
    readUsersPodman(in: world)
    readKubernetesNames()
  }

  /// No machine has as many; every container may have its folder.
  private static let most = 4096
  /// A description of a container is some kilobytes long.
  private static let longest = 1 << 20

  /// The pod with that UID.
  package func pod(_ uid: String?) -> Pod? { uid.flatMap { pods[$0] } }

  /// The container with that number, whose memory cgroup lies there.
  package func container(_ id: String?, at path: String) -> String? {
    guard let id else { return nil }
    if let name = containers[id] { return name }
    guard !usersContainers.isEmpty else { return nil }
    let slice = path.split(separator: "/").first { $0.hasPrefix("user-") && $0.hasSuffix(".slice") }
    return slice.flatMap { UInt32($0.dropFirst(5).dropLast(6)) }.flatMap {
      usersContainers[$0]?[id]
    }
  }

  /// The name that people know it by: `web in shop/cart-7f9`, `cart-7f9`, `redis`; `nil` where none was found.
  package func name(at path: String) -> String? {
    let owner = CgroupOwner(path: path, named: self)
    return owner.containerName == nil && owner.podName == nil ? nil : owner.short
  }
}

extension ContainerNames {
  private static func names(in path: String, _ world: borrowing World) -> [String] {
    let names = read(in: world) { (world) throws(ProcFSError) in
      try world.directory(at: path).entries()
    }
    return Array((names ?? []).prefix(most))
  }

  /// What may not be read keeps numbers in place of names, which is no loss to the rest; what fails is told.
  private static func read<Value>(
    in world: borrowing World, _ body: (borrowing World) throws(ProcFSError) -> Value
  ) -> Value? {
    do throws(ProcFSError) {
      return try body(world)
    } catch {
      if error.meaning == .failure { world.gaps.note(error) }
      return nil
    }
  }

  private static func contents(of path: String, _ world: borrowing World) -> [UInt8]? {
    read(in: world) { (world) throws(ProcFSError) in
      try world.contents(of: path, longest: longest)
    }
  }

  /// `/var/log/pods/NAMESPACE_POD_UID`: names of Kubernetes have no underscore. That of a static pod is a digest.
  private mutating func readPods(in world: borrowing World) {
    for name in Self.names(in: "/var/log/pods", world) {
      let parts = name.split(separator: "_")
      guard parts.count == 3 else { continue }
      pods[String(parts[2])] = Pod(namespace: String(parts[0]), name: String(parts[1]))
    }
  }

  /// `/var/log/containers/POD_NAMESPACE_CONTAINER-ID.log`.
  private mutating func readLogs(in world: borrowing World) {
    for name in Self.names(in: "/var/log/containers", world) where name.hasSuffix(".log") {
      let parts = name.dropLast(4).split(separator: "_")
      guard parts.count == 3, let dash = parts[2].lastIndex(of: "-") else { continue }
      let id = parts[2][parts[2].index(after: dash)...]
      if id.utf8.count == 64 { containers[String(id)] = String(parts[2][..<dash]) }
    }
  }

  /// Those of users that have had containers since boot: a home may lie on another machine, and isn't asked for nothing.
  private mutating func readUsersPodman(in world: borrowing World) {
    let users = Self.names(in: "/run/user", world).filter { user in
      !Self.names(in: "/run/user/\(user)/containers", world).isEmpty
    }
    guard !users.isEmpty else { return }
    for (id, home) in Users.homes(in: world) where users.contains("\(id)") {
      usersContainers[id] = Self.podman("\(home)/.local/share/containers", in: world)
    }
  }

  /// `"Name":"/redis"` of `/var/lib/docker/containers/ID/config.v2.json`.
  private mutating func readDocker(in world: borrowing World) {
    let folder = "/var/lib/docker/containers"
    for id in Self.names(in: folder, world) where id.utf8.count == 64 {
      let file = "\(folder)/\(id)/config.v2.json"
      guard let bytes = Self.contents(of: file, world),
        let name = Self.value(of: "\"Name\":\"/", in: bytes)
      else { continue }
      containers[id] = name
    }
  }

  /// Annotations of `/run/containerd/io.containerd.runtime.v2.task/NAMESPACE/ID/config.json`, by kubelet's and nerdctl's
  /// names.
  private mutating func readContainerd(in world: borrowing World) {
    let root = "/run/containerd/io.containerd.runtime.v2.task"
    for space in Self.names(in: root, world) {
      for id in Self.names(in: "\(root)/\(space)", world)
      where id.utf8.count == 64 && containers[id] == nil {
        guard let bytes = Self.contents(of: "\(root)/\(space)/\(id)/config.json", world) else {
          continue
        }
        let cri = "\"io.kubernetes.cri."
        let name =
          Self.value(of: "\(cri)container-name\":\"", in: bytes)
          ?? Self.value(of: "\"nerdctl/name\":\"", in: bytes)
        if let name { containers[id] = name }
        if let uid = Self.value(of: "\(cri)sandbox-uid\":\"", in: bytes),
          let pod = Self.value(of: "\(cri)sandbox-name\":\"", in: bytes),
          let namespace = Self.value(of: "\(cri)sandbox-namespace\":\"", in: bytes)
        {
          pods[uid] = Pod(namespace: namespace, name: pod)
        }
      }
    }
  }

  /// Docker's and CRI-O's names of kubelet's containers: `k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT`.
  private mutating func readKubernetesNames() {
    for (id, name) in containers where name.hasPrefix("k8s_") {
      let parts = name.split(separator: "_").map(String.init)
      guard parts.count == 6 else { continue }
      containers[id] = parts[1] == "POD" ? "pause" : parts[1]
      pods[parts[4]] = pods[parts[4]] ?? Pod(namespace: parts[3], name: parts[2])
    }
  }

  /// `{"id":"ID","names":["redis"],…}` of `containers.json`: Podman's and CRI-O's.
  private static func podman(_ folder: String, in world: borrowing World) -> [String: String] {
    let file = "\(folder)/storage/overlay-containers/containers.json"
    guard let bytes = contents(of: file, world) else { return [:] }
    var containers: [String: String] = [:]
    var rest = bytes[...]
    while let id = value(of: "\"id\":\"", in: rest, advancing: &rest), containers.count < most {
      // Its names stand before the next one's number.
      var next = rest
      let isLast = value(of: "\"id\":\"", in: rest, advancing: &next) == nil
      var own = isLast ? rest : rest[..<next.startIndex]
      if let name = value(of: "\"names\":[\"", in: own, advancing: &own), id.utf8.count == 64 {
        containers[id] = name
      }
    }
    return containers
  }

  private static func value(of key: String, in bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    return value(of: key, in: rest, advancing: &rest)
  }

  /// What stands between a key and the next quotation mark, without blanks in between.
  private static func value(
    of key: String, in bytes: ArraySlice<UInt8>, advancing rest: inout ArraySlice<UInt8>
  ) -> String? {
    let key = Array(key.utf8)
    var start = bytes.startIndex
    while start + key.count <= bytes.endIndex {
      if bytes[start] == key[0], bytes[start..<start + key.count].elementsEqual(key) {
        let value = bytes[(start + key.count)...].prefix { $0 != UInt8(ascii: "\"") }
        rest = bytes[value.endIndex...]
        return value.isEmpty || value.count > 256 ? nil : String(decoding: value, as: UTF8.self)
      }
      start += 1
    }
    return nil
  }
}
