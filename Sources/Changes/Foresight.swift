import Badness
package import Core
import ProcFS
import Processes

// Refusals of the kernel, predicted without a try: for dry runs.

extension Change {
  /// This change, refused if it is planned and can't come about.
  package func foreseen(in world: borrowing World) -> Change {
    guard result == .planned, let hindrance = hindrance(in: world) else { return self }
    var copy = refused("\(target): would be refused: \(hindrance.reason)", advice: hindrance.advice)
    copy.isImpossible = true
    return copy
  }

  /// The obstacle; `nil` where none is known.
  private func hindrance(in world: borrowing World) -> Hindrance? {
    switch action {
    case .adjustment(let write): write.hindrance(in: world)
    case .setting(let write): write.hindrance(in: world)
    case .file(let write): write.hindrance(in: world)
    case .along, .zeroed, .none: nil
    }
  }
}

/// The reason why the kernel would refuse a write, and advice.
struct Hindrance {
  let reason: String
  var advice: String?
}

extension AdjustmentWrite {
  /// Its file belongs to the process's user; going down is the matter of a capability.
  fileprivate func hindrance(in world: borrowing World) -> Hindrance? {
    guard let process = world.known(try world.proc.process(process)) else { return nil }
    if let errno = process.hindrance(toWriting: file.rawValue) {
      let isOthers = errno.meansForbidden && world.environment.userID() != 0
      return Hindrance(
        reason: "\(errno)",
        advice: isOthers ? "It belongs to another user: try again as root." : nil)
    }
    guard world.proc.isLive, goesBelowFloor(in: world), !world.maySetFloors else { return nil }
    return file == .legacy ? onOldScale(in: world) : belowFloor(in: world)
  }

  private func belowFloor(in world: borrowing World) -> Hindrance {
    Hindrance(
      reason: "\(value) is below its floor, \(world.knownFloor(of: old))",
      advice: "Going below the floor (the lowest value set by a privileged process) needs "
        + "CAP_SYS_RESOURCE.")
  }

  private func onOldScale(in world: borrowing World) -> Hindrance {
    let isRoot = world.environment.userID() == 0
    let whose = isRoot ? "This root lacks it, as in most containers" : "Try again as root"
    let way = kept == nil ? "" : "; without --legacy it goes down to its floor"
    return Hindrance(
      reason: "on the old scale nothing goes down without CAP_SYS_RESOURCE",
      advice: "\(whose)\(way).")
  }

  /// True where it surely needs that capability. Nothing goes down on the old scale, where the
  /// kernel compares what it keeps: two values that read alike may differ (fs/proc/base.c
  /// `oom_adj_write`).
  private func goesBelowFloor(in world: borrowing World) -> Bool {
    switch file {
    case .legacy: kept.map { $0.new < $0.old } ?? (value < old)
    case .modern: value < world.knownFloor(of: old)
    }
  }
}

extension World {
  /// The lowest value that a process of `oom_score_adj` can surely be brought to without CAP_SYS_RESOURCE,
  /// it itself or a child of it.
  ///
  /// From 2.6.39 on a process can go back to where a privileged one has put it: at most what it has now,
  /// and 0 where nobody did (fs/proc/base.c `oom_score_adj_write`, `oom_score_adj_min`). Before nothing
  /// goes down.
  package func knownFloor(of adjustment: Int) -> Int {
    let kernel = kernelRelease.flatMap { KernelVersion(parsing: $0) }
    if let kernel, kernel < KernelVersion(2, 6, 39) { return adjustment }
    return min(adjustment, 0)
  }
}

extension SettingWrite {
  fileprivate func hindrance(in world: borrowing World) -> Hindrance? {
    world.proc.directory.hindrance(toWriting: "sys/" + path).map { errno in
      Hindrance(
        reason: "\(errno)",
        advice: errno == .readOnlyFileSystem
          ? "/proc/sys is mounted for reading only, as in containers: set it on the host."
          : "Try again as root of the host.")
    }
  }
}

extension FileWrite {
  /// A file is replaced in its folder, which is made where it isn't there yet.
  fileprivate func hindrance(in world: borrowing World) -> Hindrance? {
    var components = path.split(separator: "/").dropLast()
    while true {
      let folder = "/" + components.joined(separator: "/")
      if let directory = world.known(try world.directory(at: folder)) {
        return directory.hindrance(toWriting: ".").map { errno in
          Hindrance(
            reason: "\(folder): \(errno)", advice: errno.meansForbidden ? "Try again as root." : nil
          )
        }
      }
      guard !components.isEmpty else { return nil }
      components.removeLast()
    }
  }
}

extension World {
  /// True where a value that we write becomes the floor for less privileged processes, and no floor
  /// binds us: with CAP_SYS_RESOURCE in the first user namespace, which is the one that the kernel
  /// asks about (fs/proc/base.c `__set_oom_adj`, `has_capability_noaudit`).
  package var maySetFloors: Bool {
    guard isThisMachine, let id = environment.ownID(),
      let status = known(try proc.process(ProcessID(id)).status),
      let capabilities = status.effectiveCapabilities,
      Candidate.Capabilities(effective: capabilities).contains(.sysResource)
    else { return false }
    // One line that maps all there are; kernels before 3.5 have no such file.
    guard let map: String = known(try proc.directory.read("self/uid_map")) else { return true }
    return map.split(separator: " ").map { String($0) } == ["0", "0", "4294967295"]
  }
}
