import ProcFS

/// The progress of a program that works for this one: as long as it uses the processor, touches
/// memory or reads, it may take its time.
package struct ChildProgress {
  /// The longest time without progress, in milliseconds: after that the child counts as hanging.
  let timeout: Int
  private var last: [[UInt8]] = []
  private var moved = MonotonicClock.microseconds

  /// The time between two looks, in milliseconds.
  package var interval: Int { max(1, min(1000, timeout / 4)) }

  package init(timeout: Int) { self.timeout = timeout }

  /// Looks anew.
  package mutating func hasStopped(_ child: ChildProcess) -> Bool {
    let now = MonotonicClock.microseconds
    let work = Self.work(of: child)
    guard work == last else {
      last = work
      moved = now
      return false
    }
    return now - moved >= Int64(timeout) * 1000
  }

  /// Page faults and clock ticks, its own and those of its ended children (proc_pid_stat(5), the 10th to the
  /// 17th), and what it has read and written (proc_pid_io(5)), where that may be seen.
  private static func work(of child: ChildProcess) -> [[UInt8]] {
    let stat = (try? Directory.contents(of: "/proc/\(child.id)/stat")) ?? []
    let fields = stat.split(separator: UInt8(ascii: ")")).last?.split(separator: UInt8(ascii: " "))
    let io = (try? Directory.contents(of: "/proc/\(child.id)/io")) ?? []
    return (fields ?? []).dropFirst(7).prefix(8).map { Array($0) } + [io]
  }
}
