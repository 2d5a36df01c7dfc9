/// The table of processes that could have been chosen: `dump_tasks` in `mm/oom_kill.c`.
public struct TaskTable: Hashable, Sendable {
  /// The words of its header after `[ pid ]`.
  public var columns: [String]
  /// In the kernel's order.
  public var rows: [Row] = []
  /// The number of rows printed; `rows` holds no more than a machine can have processes by default.
  public var count = 0

  /// One process; sizes are in pages where nothing else is said, and `nil` where there is no such column.
  public struct Row: Hashable, Sendable {
    /// A thread's where the leader is gone.
    public var pid: Int
    /// The process's number.
    public var tgid: Int?
    /// Real user.
    public var uid: Int?
    /// All mapped memory.
    public var totalVM: Int?
    /// In RAM.
    public var resident: Int?
    /// Of those, anonymous; from 6.8.
    public var residentAnonymous: Int?
    /// Of those, files; from 6.8.
    public var residentFile: Int?
    /// Of those, shared memory; from 6.8.
    public var residentShared: Int?
    /// Page tables of the lowest level; 3.6 to 4.14.
    public var ptes: Int?
    /// Page tables of the second level; 4.0 to 4.14.
    public var pmds: Int?
    /// All page tables in bytes; from 4.15.
    public var pageTableBytes: Int?
    /// Entries in swap; from 3.6.
    public var swapped: Int?
    /// -17 to 15; to 3.5.
    public var legacyAdjustment: Int?
    /// -1000 to 1000; from 2.6.36.
    public var adjustment: Int?
    /// Its `comm`.
    public var name: String

    init(pid: Int, name: String) {
      self.pid = pid
      self.name = name
    }
  }

  init(columns: [String]) { self.columns = columns }

  /// The row of a process: by its own number first, else by that of a thread.
  public func row(of pid: Int) -> Row? {
    rows.first { $0.tgid == pid } ?? rows.first { $0.pid == pid }
  }
}
