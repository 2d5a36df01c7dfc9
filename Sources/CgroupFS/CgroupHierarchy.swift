public import ProcFS

/// The tree of memory cgroups (cgroups(7)), as an open folder.
public struct CgroupHierarchy: ~Copyable, Sendable {
  /// The kernel's two interfaces, of which the tree has one.
  public enum Version: Hashable, Sendable { case one, two }

  /// Its interface.
  public let version: Version
  /// The group that the folder shows: `/`, in a container's mount one below, or where a cgroup
  /// namespace was entered without a mount of its own one above, as `/../..`.
  public let top: String
  /// Names of the folders that lead from there down to the namespace's `/`; empty where `top` isn't above
  /// it, or nothing tells them.
  var descent: [String] = []
  let directory: Directory

  /// Takes over the open folder of the group `top`.
  public init(_ directory: consuming Directory, version: Version, top: String = "/") {
    self.version = version
    self.top = top
    self.directory = directory
  }

  /// The limits of a group, by its path from the hierarchy's root, as `/system.slice/ssh.service`.
  ///
  /// Throws `ENOENT` when there is no such group, or when it lies outside what is mounted.
  public func limits(of path: String) throws(ProcFSError) -> CgroupLimits {
    let group = try open(path)
    return try version == .one
      ? CgroupLimits(ofVersionOne: group) : CgroupLimits(ofVersionTwo: group)
  }

  /// The memory that a group and those below it use, by its path from the hierarchy's root.
  public func usage(of path: String) throws(ProcFSError) -> CgroupUsage {
    try CgroupUsage(in: open(path), version)
  }

  /// The number of kills by the OOM killer in a group: with version 2 also in those below it
  /// (`memory.events`, from 4.13), with version 1 in the group alone (`memory.oom_control`, from
  /// 4.13).
  ///
  /// `nil` where the kernel doesn't count it, and for the root of version 2.
  public func kills(in path: String) throws(ProcFSError) -> UInt64? {
    let file = version == .one ? "memory.oom_control" : "memory.events"
    return try open(path).readIfPresent(file, as: MemoryEvents.self)?.oomKills
  }

  /// The number of kills in a group without those below it: with version 2 from 5.2
  /// (`memory.events.local`); before that it can't be told apart there.
  public func ownKills(in path: String) throws(ProcFSError) -> UInt64? {
    guard version == .two,
      let events = try open(path).readIfPresent("memory.events.local", as: MemoryEvents.self)
    else { return try kills(in: path) }
    return events.oomKills
  }

  /// The number of times that a charge met the limit of a group, and had to be made room for:
  /// `memory.failcnt` of version 1, with that of memory and swap together; with version 2 the `max`
  /// of `memory.events`.
  public func limitHits(in path: String) throws(ProcFSError) -> UInt64? {
    let group = try open(path)
    if version == .one {
      let hits: UInt64? = try group.readIfPresent("memory.failcnt")
      let ofBoth: UInt64? = try group.readIfPresent("memory.memsw.failcnt")
      return hits.map { $0 &+ (ofBoth ?? 0) }
    }
    return try group.readIfPresent("memory.events", as: MemoryEvents.self)?.limitHits
  }

  /// The number of times that the OOM killer acted for the limit of a group, or of one below it,
  /// whether it killed or not: the `oom` of `memory.events`; `nil` with version 1.
  public func shortages(in path: String) throws(ProcFSError) -> UInt64? {
    guard version == .two else { return nil }
    return try open(path).readIfPresent("memory.events", as: MemoryEvents.self)?.shortages
  }

  /// The lowest limit of a group and of those above it, also of those that can't be seen: bytes, `nil` for
  /// none, and with version 2, which doesn't tell.
  public func limitFromAbove(of path: String) throws(ProcFSError) -> Int? {
    guard version == .one else { return nil }
    let statistics: CgroupStatistics? = try open(path).readIfPresent("memory.stat", isLong: true)
    return statistics?.hierarchicalLimit
  }

  /// The path of a group's folder, for messages.
  public func folder(of path: String) -> String {
    guard let below = part(of: path), !below.isEmpty else { return directory.path }
    return directory.path(of: below)
  }

  /// Numbers of the processes in a group itself, in the order in which the kernel walks through them
  /// (`cgroup.procs`; version 1 sorts them).
  public func processes(in path: String) throws(ProcFSError) -> [ProcessID] {
    let list: MemberList = try open(path).read("cgroup.procs", isLong: true)
    return list.ids
  }

  /// The number of processes of a group itself that this PID namespace doesn't show; `nil` with
  /// version 1, which leaves them out of its list.
  public func unseenCount(in path: String) throws(ProcFSError) -> Int? {
    guard version == .two else { return nil }
    let list: MemberList = try open(path).read("cgroup.procs", isLong: true)
    return list.unseenCount
  }

  func open(_ path: String) throws(ProcFSError) -> Directory {
    guard let below = part(of: path) else {
      throw ProcFSError(path: directory.path(of: path), reason: .system(.noSuchFile))
    }
    return try directory.directory(below.isEmpty ? "." : below)
  }
}

/// The lines of `cgroup.procs`.
struct MemberList: KernelText {
  static var expectation: String { "numbers of processes" }
  var ids: [ProcessID] = []
  /// Processes that this PID namespace doesn't show; version 1 leaves them out.
  var unseenCount = 0

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let line = cursor.line(in: text)
      // A process of another PID namespace is 0.
      if let id = ProcessID(parsing: text.extracting(line)) {
        ids.append(id)
      } else if text.holds("0", in: line) {
        unseenCount += 1
      }
    }
  }
}
