/// The owner of a memory cgroup, from its path: a systemd unit, a container, a pod, a machine.
package struct CgroupOwner: Equatable {
  package var kind: Kind
  /// The name that people use: a unit's name, the beginning of a container's number.
  package var name: String
  /// The pod that a container belongs to, by the beginning of its number.
  package var pod: String?
  /// The class of that pod in Kubernetes: guaranteed, burstable or besteffort.
  package var quality: String?
  /// The container's whole number.
  package private(set) var containerID: String?
  /// The pod's whole UID, with hyphens.
  package private(set) var podUID: String?
  /// What people call the container; `nil` where nothing on the machine says so.
  package private(set) var containerName: String?
  /// What people call the pod, as `shop/cart-7f9`.
  package private(set) var podName: String?

  /// From the path, with the names that lie on the machine.
  package init(path: String, named names: ContainerNames) {
    self.init(path: path)
    containerName = names.container(containerID, at: path)
    podName = names.pod(podUID).map { "\($0.namespace)/\($0.name)" }
  }

  /// Of a process's memory cgroup; `nil` where it can't be a container's or a pod's, which is told fast.
  package init?(contained path: String?, named names: ContainerNames) {
    // Either number is that long.
    guard let path, path.utf8.count >= 64 else { return nil }
    self.init(path: path, named: names)
    guard containerID != nil || podUID != nil else { return nil }
  }

  package enum Kind: String {
    case unit
    /// A unit of a user's own manager.
    case userUnit = "user_unit"
    case container
    case pod
    /// LXC, systemd-nspawn, libvirt.
    case machine
    /// Of a batch system: Slurm.
    case job
    /// Not more than a path.
    case cgroup
  }

  /// From the path below the hierarchy's root, as reports print it.
  package init(path: String) {
    let components = path.split(separator: "/").map { Self.unescaped($0) }
    self.init(.cgroup, components.isEmpty ? "/" : path)
    if let container = components.lazy.reversed().compactMap(Self.container).first {
      self.init(.container, String(container.prefix(12)))
      containerID = container
    } else if let machine = Self.machine(components) {
      self.init(.machine, machine)
    } else if let job = Self.job(components) {
      self.init(.job, job)
    }
    if let (uid, quality) = Self.pod(components) {
      let short = String(uid.prefix(8))
      if kind != .container { self.init(.pod, short) }
      (pod, podUID, self.quality) = (short, uid, quality)
    }
    guard kind == .cgroup else { return }
    let unit = Unit(cgroup: path)
    if let user = unit.user {
      self.init(.userUnit, user)
    } else if let system = unit.system {
      self.init(.unit, system)
    }
  }

  private init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// For a cell of a table.
  package var short: String {
    guard let pod = podName ?? pod.map({ "pod \($0)" }) else { return containerName ?? name }
    return containerName.map { "\($0) in \(pod)" } ?? pod
  }

  /// For running text.
  package var phrase: String {
    switch kind {
    case .unit: return "unit \(name)"
    case .userUnit: return "user unit \(name)"
    case .container:
      let container = "container \(containerName.map { "\($0) (\(name))" } ?? name)"
      guard let pod else { return container }
      return "\(container) of pod \(podName ?? pod)" + (quality.map { " (\($0))" } ?? "")
    case .pod: return "pod \(podName ?? name)" + (quality.map { " (\($0))" } ?? "")
    case .machine: return "machine \(name)"
    case .job: return "job \(name)"
    case .cgroup: return "cgroup \(name)"
    }
  }
}

extension CgroupOwner {
  /// True of the container, or the machine, with that name or a number that begins so.
  package func isContainer(_ word: String) -> Bool {
    if containerName == word { return true }
    return switch kind {
    case .container: name.hasPrefix(word) || word.hasPrefix(name)
    case .machine: name == word
    default: false
    }
  }

  /// True of what belongs to the pod with that name, with its namespace or without, or with a UID that begins so.
  package func isOfPod(_ uid: String) -> Bool {
    if let podName, podName == uid || podName.hasSuffix("/\(uid)") { return true }
    return podUID.map { $0.hasPrefix(uid) } ?? false
      || pod.map { $0.hasPrefix(uid) || uid.hasPrefix($0) } ?? false
  }
}

extension CgroupOwner {
  /// The number in `docker-HASH.scope`, `cri-containerd-HASH.scope`, `crio-HASH`, `libpod-HASH`, or the bare number; the
  /// first twelve digits are what `docker ps` shows.
  private static func container(_ component: String) -> String? {
    var name = component[...]
    if name.hasSuffix(".scope") { name = name.dropLast(6) }
    guard let id = name.split(separator: "-").last, id.utf8.count == 64,
      id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    return String(id)
  }

  /// `kubepods-burstable-podUID.slice`, with underscores in place of hyphens, or `burstable/podUID`.
  private static func pod(_ components: [String]) -> (uid: String, quality: String?)? {
    guard components.contains(where: { $0.hasPrefix("kubepods") }) else { return nil }
    var quality: String? = "guaranteed"
    for component in components {
      var name = component[...]
      if name.hasSuffix(".slice") { name = name.dropLast(6) }
      for word in name.split(separator: "-") {
        if word == "burstable" || word == "besteffort" { quality = String(word) }
        guard word.hasPrefix("pod"), word.utf8.count >= 11 else { continue }
        // systemd's driver writes underscores in place of hyphens.
        let rest = name[word.startIndex...].dropFirst(3)
        let uid = String(decoding: rest.utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
        return (uid, quality)
      }
    }
    return nil
  }

  /// `lxc/NAME`, `lxc.payload.NAME`, `machine.slice/…`.
  private static func machine(_ components: [String]) -> String? {
    for (component, next) in zip(components, components.dropFirst() + [""]) {
      for prefix in ["lxc.payload.", "lxc.monitor."] where component.hasPrefix(prefix) {
        return String(component.dropFirst(prefix.utf8.count))
      }
      if ["lxc", "lxc.payload"].contains(component), !next.isEmpty { return next }
      if component == "machine.slice", !next.isEmpty {
        return next.hasSuffix(".scope") ? String(next.dropLast(6)) : next
      }
    }
    return nil
  }

  /// `slurm/uid_N/job_N/step_N`.
  private static func job(_ components: [String]) -> String? {
    guard components.contains(where: { $0.hasPrefix("slurm") }) else { return nil }
    return components.first { $0.hasPrefix("job_") }.map { String($0.dropFirst(4)) }
  }

  /// systemd writes what isn't a plain letter as `\xNN` (systemd-escape(1)).
  private static func unescaped(_ component: Substring) -> String {
    guard component.utf8.contains(UInt8(ascii: "\\")) else { return String(component) }
    var bytes: [UInt8] = []
    var rest = component.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"), rest.count >= 3,
        let value = UInt8(String(Substring(rest.dropFirst().prefix(2))), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
