/// A mounted `/proc`, or a folder that was copied from one.
public struct ProcFS: ~Copyable, Sendable {
  /// The open folder.
  public let directory: Directory
  /// True where the kernel answers, not a copy (statfs(2)).
  public let isLive: Bool

  /// Opens the folder. With `isConfined` no link in it leads out of it.
  public init(root: String = "/proc", isConfined: Bool = false) throws(ProcFSError) {
    try self.init(try Directory(path: root, isConfined: isConfined))
  }

  /// Takes over an open folder. Throws where the kernel doesn't say what file system it is on: then nobody
  /// knows what a write would do.
  public init(_ directory: consuming Directory) throws(ProcFSError) {
    do {
      isLive = try directory.descriptor.isOnProcFS
    } catch {
      throw ProcFSError(path: directory.path, reason: .system(error))
    }
    self.directory = directory
  }

  /// A captured tree's that has none: everything in it is absent.
  package init(missingIn root: borrowing Directory) {
    isLive = false
    directory = Directory(missing: root.path(of: "proc"), isConfined: true)
  }

  /// Calls `body` with the number of each process that can be seen, in the kernel's order: ascending.
  public func forEachProcess(_ body: (ProcessID) -> Void) throws(ProcFSError) {
    try directory.forEachEntry { name in
      if let id = ProcessID(parsing: name) { body(id) }
    }
  }

  /// All processes that can be seen, ascending.
  public var processes: [ProcessID] {
    get throws(ProcFSError) {
      var processes: [ProcessID] = []
      try forEachProcess { processes.append($0) }
      return processes.sorted()
    }
  }

  /// A handle on one process. A thread's number opens too, though the folder doesn't list it.
  public func process(_ id: ProcessID) throws(ProcFSError) -> Process {
    Process(id, in: try directory.directory("\(id)"))
  }
}

extension ProcFS {
  /// The content of `sys/kernel/osrelease`, as `6.1.0-50-cloud-amd64`, else the third word of
  /// `version`.
  public var kernelRelease: String {
    get throws(ProcFSError) {
      let release: ProcFSError
      do throws(ProcFSError) {
        return try directory.read("sys/kernel/osrelease")
      } catch {
        release = error
      }
      // A copy may have but the other file.
      let banner: String? = try directory.readIfPresent("version")
      let words = banner?.split(separator: " ") ?? []
      guard words.count > 2, words[0] == "Linux", words[1] == "version" else { throw release }
      return String(words[2])
    }
  }

  /// The machine's name, from `sys/kernel/hostname`.
  public var hostName: String {
    get throws(ProcFSError) { try directory.read("sys/kernel/hostname") }
  }

  /// `meminfo`, in ``Kibibytes``.
  public var memoryInfo: MemoryInfo {
    get throws(ProcFSError) { try directory.read("meminfo") }
  }

  /// The counts of `vmstat` since boot.
  public var memoryEvents: MemoryEvents {
    get throws(ProcFSError) { try directory.read("vmstat", isLong: true) }
  }

  /// The time that tasks recently waited for memory; a kernel without PSI has no such file, one
  /// with PSI switched off refuses with `EOPNOTSUPP`.
  public var memoryPressure: Pressure {
    get throws(ProcFSError) { try directory.read("pressure/memory") }
  }

  /// Seconds since boot, from `uptime`.
  public var uptime: Uptime {
    get throws(ProcFSError) { try directory.read("uptime") }
  }
}
