package import Rendering

extension JSONWriter {
  /// The members `container` and `pod`, whole; `null` where a group is neither's.
  package mutating func write(_ owner: CgroupOwner?, named names: ContainerNames) {
    writeContainer(of: owner)
    writePod(of: owner, named: names)
  }

  mutating func writeContainer(of owner: CgroupOwner?) {
    if let id = owner?.containerID {
      member("container") { json in
        json.member("id", .text(id))
        json.member("name", Value(owner?.containerName))
      }
    } else {
      member("container", .absent)
    }
  }

  mutating func writePod(of owner: CgroupOwner?, named names: ContainerNames) {
    guard let uid = owner?.podUID else { return member("pod", .absent) }
    let pod = names.pod(uid)
    member("pod") { json in
      json.member("uid", .text(uid))
      json.member("name", Value(pod?.name))
      json.member("namespace", Value(pod?.namespace))
    }
  }
}
