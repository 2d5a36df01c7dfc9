import Badness
package import Core
package import ProcFS

/// Sets of processes that run on one memory, as after clone(2) with `CLONE_VM`.
package struct SharedMemory: Sendable {
  /// True if some processes seem to share memory, but the kernel doesn't say.
  package private(set) var isUncertain = false
  /// Sets of processes that run on one memory, and the index of the set of each.
  private var sets: [[ProcessID]] = []
  private var setOf: [ProcessID: Int] = [:]

  /// No process shares memory.
  package init() {}

  /// Finds sharers among these processes: the kernel compares those that show the same sizes.
  /// Sorted by its answers, sharers are neighbours.
  package init(among subjects: [ScoredProcess]) {
    self.init(subjects.lazy.compactMap { Runner($0.record) })
  }

  private init(_ runners: some Sequence<Runner>) {
    var alike: [Sizes: [Runner]] = [:]
    for runner in runners { alike[runner.sizes, default: []].append(runner) }
    for runners in alike.values where runners.count > 1 { sort(runners) }
  }

  package var isEmpty: Bool { sets.isEmpty }

  /// Processes on the same memory as this one, itself included.
  package func sharers(of id: ProcessID) -> [ProcessID] { setOf[id].map { sets[$0] } ?? [id] }

  private mutating func sort(_ runners: [Runner]) {
    let sorted = runners.sorted { $0.thread.memoryOrder(to: $1.thread) == .before }
    var set: [Runner] = []
    for runner in sorted {
      switch set.last.map({ $0.thread.memoryOrder(to: runner.thread) }) ?? .before {
      case .same: break
      case .before, .after: keep(&set)
      case nil:
        isUncertain = true
        keep(&set)
      }
      set.append(runner)
    }
    keep(&set)
  }

  /// Stores a set that has several members, and empties it.
  private mutating func keep(_ set: inout [Runner]) {
    if set.count > 1 {
      for runner in set { setOf[runner.id] = sets.count }
      sets.append(set.map(\.id))
    }
    set = []
  }

  /// A process, and the thread of it that the kernel is asked about: an ended thread has no memory,
  /// and all such would compare as the same.
  private struct Runner {
    let id, thread: ProcessID
    let sizes: Sizes

    init?(_ record: ProcessSnapshot) {
      guard let sizes = record.status.flatMap(Sizes.init) else { return nil }
      id = record.id
      thread = record.livingThread ?? record.id
      self.sizes = sizes
    }
  }

  private struct Sizes: Hashable {
    var virtual, resident, swapped, tables: Int

    init?(_ status: ProcessStatus) {
      guard let resident = status.resident else { return nil }
      virtual = status.virtualSize?.count ?? 0
      self.resident = resident.count
      swapped = status.swapped?.count ?? 0
      tables = status.pageTables?.count ?? 0
    }
  }
}

extension SharedMemory {
  /// Finds sharers among all processes that look like one of these; their other files needn't be
  /// read.
  package init(with subjects: [ScoredProcess], in world: borrowing World) {
    let wanted = Set(subjects.compactMap { $0.record.status.flatMap(Sizes.init) })
    var runners: [Runner] = []
    for id in world.known(try world.proc.processes) ?? [] {
      guard let status = world.known(try world.proc.quickStatus(of: id)) ?? nil else { continue }
      var record = ProcessSnapshot(id: id)
      record.status = status
      if status.resident == nil, status.threadCount ?? 0 > 1 {
        // Its first thread has ended: another one shows the sizes, and is asked.
        var reader = ProcessReader()
        record = reader.record(of: id, needs: .status, in: world.proc) ?? record
      }
      if let runner = Runner(record), wanted.contains(runner.sizes) { runners.append(runner) }
    }
    self.init(runners)
  }
}

extension ProcFS {
  /// The status of one process without a handle on it, and with the path in what is thrown.
  fileprivate func quickStatus(of id: ProcessID) throws(ProcFSError) -> ProcessStatus? {
    do throws(Errno) {
      return try status(of: id)
    } catch {
      throw ProcFSError(path: directory.path(of: "\(id)/status"), reason: .system(error))
    }
  }
}

extension Machine {
  /// True if a write to one adjustment changes those of all processes that share its memory, as
  /// from 4.8 on (fs/proc/base.c `__set_oom_adj`).
  package var adjustsSharers: Bool { kernel.map { $0 >= KernelVersion(4, 8) } ?? true }
}
