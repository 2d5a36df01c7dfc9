package import Core
import ProcFS

/// The names of containers and pods, from what their runtimes leave on the machine. Only places that belong to root are
/// read; what isn't found there keeps its number.
package struct ContainerNames: Sendable {
  /// By the container's whole number.
  private var containers: [String: String] = [:]
  /// By the pod's UID.
  private var pods: [String: Pod] = [:]

  package struct Pod: Equatable, Sendable {
    package let namespace: String
    package let name: String
  }

  /// No names.
  package init() {}

  /// Reads the folders of logs that kubelet makes, and the state of Docker and Podman.
  package init(of world: borrowing World) {
    readPods(in: world)
    readLogs(in: world)
    readDocker(in: world)
    readPodman(in: world)
  }

  /// No machine has as many; every container may have its folder.
  private static let most = 4096
  /// A description of a container is some kilobytes long.
  private static let longest = 1 << 20

  /// The pod with that UID.
  package func pod(_ uid: String?) -> Pod? { uid.flatMap { pods[$0] } }

  /// The container with that number.
  package func container(_ id: String?) -> String? { id.flatMap { containers[$0] } }

  /// The name that people know it by: `web in shop/cart-7f9`, `cart-7f9`, `redis`; `nil` where none was found.
  package func name(of owner: CgroupOwner) -> String? {
    let pod = pod(owner.podUID).map { "\($0.namespace)/\($0.name)" }
    guard let container = container(owner.containerID) else { return pod }
    return pod.map { "\(container) in \($0)" } ?? container
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

  /// `{"id":"ID","names":["redis"],…}` of `containers.json`.
  private mutating func readPodman(in world: borrowing World) {
    let file = "/var/lib/containers/storage/overlay-containers/containers.json"
    guard let bytes = Self.contents(of: file, world) else { return }
    var rest = bytes[...]
    while let id = Self.value(of: "\"id\":\"", in: rest, advancing: &rest),
      containers.count < 2 * Self.most
    {
      // Its names stand before the next one's number.
      var own = rest
      if let name = Self.value(of: "\"names\":[\"", in: own, advancing: &own), id.utf8.count == 64 {
        containers[id] = name
      }
    }
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
