/// A shortage of memory as it was, of which each era prints what it knows how to.
public struct Shortage: Sendable {
  /// Who prints.
  public var era: Era
  /// Where memory is short.
  public var place: Place
  /// Who asked for memory.
  public var invoker = Task(pid: 2231, name: "nginx", uid: 33)
  /// The candidates, in the kernel's order.
  public var tasks: [Task]
  /// Who is chosen.
  public var chosen: Task
  /// Who is killed in its stead, as a child of it.
  public var child: Task?
  /// Who is killed with it: `memory.oom.group`.
  public var group: [Task] = []
  /// The score in the line that names who was chosen.
  public var score = 512
  /// The allocation's size is 2 to this.
  public var order = 0
  /// Whether a kernel thread says that it took the victim's memory.
  public var isReaped = false
  /// When it begins, after boot.
  public var start = 1_234_567_890
  /// The number of the task that prints.
  public var caller = 2231

  /// Where memory is short.
  public enum Place: Hashable, Sendable {
    case machine
    /// A cgroup of that path at its limit, and the one below it that the victim is in.
    case cgroup(String, victim: String)
  }

  /// A process; sizes are in pages of 4 KiB.
  public struct Task: Hashable, Sendable {
    public var pid: Int
    /// Another one where the leader is gone.
    public var tgid: Int
    public var name: String
    public var uid: Int
    public var totalVM = 0
    public var anonymous = 0
    public var file = 0
    public var shared = 0
    public var tablePages = 4
    public var swapped = 0
    public var adjustment = 0

    public init(
      pid: Int, name: String, uid: Int = 0, totalVM: Int = 0, anonymous: Int = 0, file: Int = 0,
      shared: Int = 0, tablePages: Int = 4, swapped: Int = 0, adjustment: Int = 0
    ) {
      self.pid = pid
      tgid = pid
      self.name = name
      self.uid = uid
      self.totalVM = totalVM
      self.anonymous = anonymous
      self.file = file
      self.shared = shared
      self.tablePages = tablePages
      self.swapped = swapped
      self.adjustment = adjustment
    }

    public var resident: Int { anonymous + file + shared }
    /// On the scale of -17 to 15.
    public var legacyAdjustment: Int { adjustment == -1000 ? -17 : adjustment * 15 / 1000 }
    /// The second level's share of the page tables, where it is told apart.
    public var pmds: Int { min(tablePages, 2) }
  }

  /// One with six processes, of which the largest is chosen.
  public init(_ era: Era, in place: Place = .machine) {
    self.era = era
    self.place = place
    chosen = Task(
      pid: 4711, name: "php-fpm", uid: 33, totalVM: 312_456, anonymous: 201_334, file: 1021,
      shared: 77, tablePages: 498, swapped: 12_001, adjustment: 200)
    tasks = [
      Task(
        pid: 388, name: "systemd-journal", totalVM: 9831, anonymous: 312, file: 400, tablePages: 21),
      Task(
        pid: 412, name: "sshd", totalVM: 3210, anonymous: 201, file: 88, tablePages: 12,
        adjustment: -1000),
      Task(
        pid: 917, name: "tmux: server", uid: 1000, totalVM: 2215, anonymous: 441, file: 120,
        shared: 3, tablePages: 9, swapped: 77),
      invoker, chosen,
      Task(
        pid: 71_204, name: "(sd-pam)", uid: 1000, totalVM: 42_113, anonymous: 812, tablePages: 90,
        swapped: 510, adjustment: 100),
    ]
  }

  /// With the victim under another name, in all places.
  public func naming(victim name: String) -> Shortage {
    var shortage = self
    shortage.chosen.name = name
    shortage.tasks = tasks.map { $0.pid == chosen.pid ? shortage.chosen : $0 }
    return shortage
  }

  /// Who dies first.
  public var victim: Task { child ?? chosen }

  /// All who die, in order.
  public var victims: [Task] { [victim] + group }

  var isGlobal: Bool { place == .machine }
}
