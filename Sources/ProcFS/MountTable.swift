/// The mounts of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
public struct MountTable: Hashable, Sendable {
  /// One mount.
  public struct Mount: Hashable, Sendable {
    /// The part of the file system that is mounted, as `/`.
    public var source: String
    /// The place where it is mounted, as `/sys/fs/cgroup`.
    public var mountPoint: String
    /// As `proc` or `cgroup2`.
    public var type: String
    /// Those of the mount and of the file system, as `rw`, `hidepid=invisible`, `memory`.
    public var options: [String]
  }

  /// The most mounts that are kept of a machine's, the proc and cgroup file systems aside: 1000.
  public static let mostMounts = 1000

  /// In the order in which they were mounted.
  public var mounts: [Mount]

  /// The memory cgroups: where version 1 has the controller mounted, else version 2. Of mounts at one place
  /// the last is seen.
  public var memoryCgroup: Mount? {
    let first =
      mounts.first { $0.type == "cgroup" && $0.options.contains("memory") }
      ?? mounts.first { $0.type == "cgroup2" }
    return first.flatMap { first in
      mounts.last { $0.mountPoint == first.mountPoint && $0.type == first.type }
    }
  }

  /// The proc file system that is seen at `/proc`: the last one mounted there.
  public var proc: Mount? {
    mounts.last { $0.type == "proc" && $0.mountPoint == "/proc" }
  }
}

extension MountTable.Mount {
  /// The reason why some processes may be out of sight: the `hidepid=` option unless it hides
  /// nothing.
  public var hiding: String? {
    options.first { $0.hasPrefix("hidepid=") && $0 != "hidepid=0" && $0 != "hidepid=off" }
  }

  /// True where all but the processes is missing (`subset=pid`).
  public var showsProcessesOnly: Bool { options.contains("subset=pid") }
}

extension MountTable: KernelText {
  public static var expectation: String { "lines of mountinfo" }

  public init?(parsing text: Span<UInt8>) {
    mounts = []
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let line = text.text(in: cursor.line(in: text))
      guard let mount = Mount(line) else { return nil }
      mounts.append(mount)
    }
  }
}

extension ProcFS {
  /// The file systems mounted as the reader sees them; of those that users can mount, only as many as
  /// ``MountTable/mostMounts``.
  public var mounts: MountTable {
    get throws(ProcFSError) {
      var mounts: [MountTable.Mount] = []
      var isGood = true
      try directory.forEachLine(of: "self/mountinfo") { line in
        guard isGood else { return }
        guard let mount = MountTable.Mount(line.text) else {
          isGood = false
          return
        }
        let isKernels = ["proc", "sysfs", "cgroup", "cgroup2"].contains(mount.type)
        if isKernels || mounts.count < MountTable.mostMounts { mounts.append(mount) }
      }
      guard isGood else {
        throw ProcFSError(
          path: directory.path(of: "self/mountinfo"),
          reason: .malformed(MountTable.expectation))
      }
      return MountTable(mounts: mounts)
    }
  }
}

extension MountTable.Mount {
  /// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`; a varying number
  /// of fields stands before the lone hyphen.
  fileprivate init?(_ line: String) {
    // By bytes: a mark that combines with the blank before it would hide that blank.
    let words = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map(Substring.init)
    guard words.count >= 9, let hyphen = words.dropFirst(6).firstIndex(of: "-"),
      words.count > hyphen + 1
    else { return nil }
    let both = String(words[5]) + "," + (words.count > hyphen + 3 ? words[hyphen + 3] : "")
    self.init(
      source: Self.unescaped(words[3]), mountPoint: Self.unescaped(words[4]),
      type: String(words[hyphen + 1]), options: both.split(separator: ",").map(String.init))
  }

  /// Blanks, line ends and backslashes stand as `\040` and the like.
  private static func unescaped(_ word: Substring) -> String {
    guard word.contains("\\") else { return String(word) }
    var bytes: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3,
        let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
