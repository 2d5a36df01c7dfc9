import ProcFS

/// The limits of a memory cgroup, and its treatment when it wants more. Sources:
/// Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
public struct CgroupLimits: Hashable, Sendable {
  /// Bytes of memory, `memory.max` or `memory.limit_in_bytes`; `nil` is no limit.
  public var memory: Int?
  /// Bytes of swap besides, `memory.swap.max`; `nil` is no limit, or version 1.
  public var swap: Int?
  /// Bytes of memory and swap together, `memory.memsw.limit_in_bytes`; `nil` is no limit, no accounting
  /// of swap, or version 2.
  public var memoryAndSwap: Int?
  /// `memory.swappiness` of version 1, 0…100 (200 from 5.8).
  public var swappiness: Int?
  /// True where all its processes die together, `memory.oom.group`; from 4.19.
  public var isKilledAsGroup = false
  /// True where its processes wait instead of being killed, `memory.oom_control` of version 1.
  public var isKillDisabled = false
  /// True where a process in it, or in a group below, finds no memory right now: `under_oom` of the
  /// same file.
  public var isUnderOOM = false

  /// True where groups below count as part of it; with version 1 to 5.10 only if
  /// `memory.use_hierarchy` says so.
  public var isHierarchical = true

  /// A group without limits.
  public init() {}

  /// True where its processes stand still right now, since none is killed for them.
  public var hasWaiting: Bool { isKillDisabled && isUnderOOM }
}

extension CgroupLimits {
  init(ofVersionTwo group: borrowing Directory) throws(ProcFSError) {
    memory = try group.amount("memory.max")
    swap = try group.amount("memory.swap.max")
    isKilledAsGroup = try group.readIfPresent("memory.oom.group", as: Int.self) == 1
  }

  init(ofVersionOne group: borrowing Directory) throws(ProcFSError) {
    memory = try group.amount("memory.limit_in_bytes")
    memoryAndSwap = try group.amount("memory.memsw.limit_in_bytes")
    swappiness = try group.readIfPresent("memory.swappiness")
    isHierarchical = try group.readIfPresent("memory.use_hierarchy", as: Int.self) != 0
    let control = try group.readIfPresent("memory.oom_control", as: OOMControl.self)
    isKillDisabled = control?.isDisabled ?? false
    isUnderOOM = control?.isUnderOOM ?? false
  }
}

extension Directory {
  /// The bytes in a file of a group; `nil` for `max`, and where there is no such file.
  func amount(_ file: String) throws(ProcFSError) -> Int? {
    try readIfPresent(file, as: CgroupAmount.self)?.bytes
  }
}

/// Bytes, or `max`.
struct CgroupAmount: KernelText {
  static var expectation: String { "a number of bytes, or max" }
  var bytes: Int?

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    if text.holds("max", in: cursor.word(in: text)) { return }
    cursor = Cursor()
    guard let number = cursor.natural(in: text) else { return nil }
    bytes = Self.limit(number)
  }

  /// Version 1 has no word for no limit: it is PAGE_COUNTER_MAX pages, to 3.18 RES_COUNTER_MAX.
  static func limit(_ number: UInt64) -> Int? {
    number >= UInt64(Int.max) - (1 << 20) ? nil : Int(number)
  }
}

/// `oom_kill_disable 0`, `under_oom 0` and further lines (mm/memcontrol.c `mem_cgroup_oom_control_read`).
struct OOMControl: KernelText {
  static var expectation: String { "lines of memory.oom_control" }
  var isDisabled = false
  var isUnderOOM = false

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      let key = cursor.word(in: text)
      cursor.skipBlanks(in: text)
      if text.holds("oom_kill_disable", in: key) { isDisabled = cursor.integer(in: text) == 1 }
      if text.holds("under_oom", in: key) { isUnderOOM = cursor.integer(in: text) == 1 }
      _ = cursor.line(in: text)
    }
  }
}
