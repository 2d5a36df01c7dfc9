import Badness
import ProcFS

/// Which processes run on one memory, as after clone(2) with `CLONE_VM`.
struct SharedMemory: Sendable {
  /// Whether some look as if they shared memory, but the kernel doesn't tell us.
  private(set) var isUncertain = false
  /// Sets of processes that run on one memory, and in which of them each is.
  private var sets: [[ProcessID]] = []
  private var setOf: [ProcessID: Int] = [:]

  /// Nobody shares anything.
  init() {}

  /// What runs on the same memory shows the same sizes; of such the kernel is asked. Sorted by its
  /// answers, sharers are neighbours.
  init(among subjects: [Subject]) {
    self.init(subjects.lazy.map { ($0.id, $0.record.status) })
  }

  private init(_ statuses: some Sequence<(ProcessID, ProcessStatus?)>) {
    var alike: [Sizes: [ProcessID]] = [:]
    for (id, status) in statuses {
      guard let sizes = status.flatMap(Sizes.init) else { continue }
      alike[sizes, default: []].append(id)
    }
    for ids in alike.values where ids.count > 1 { sort(ids) }
  }

  var isEmpty: Bool { sets.isEmpty }

  /// Those on the same memory as a process, itself included.
  func sharers(of id: ProcessID) -> [ProcessID] { setOf[id].map { sets[$0] } ?? [id] }

  private mutating func sort(_ ids: [ProcessID]) {
    let sorted = ids.sorted { $0.memoryOrder(to: $1) == .before }
    var set: [ProcessID] = []
    for id in sorted {
      switch set.last.map({ $0.memoryOrder(to: id) }) ?? .before {
      case .same: break
      case .before, .after: keep(&set)
      case nil:
        isUncertain = true
        keep(&set)
      }
      set.append(id)
    }
    keep(&set)
  }

  /// Files a set away, if it is one.
  private mutating func keep(_ set: inout [ProcessID]) {
    if set.count > 1 {
      for id in set { setOf[id] = sets.count }
      sets.append(set)
    }
    set = []
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
  /// Among all processes that look like one of these, whose other files needn't be read.
  init(with subjects: [Subject], in world: borrowing World) {
    let wanted = Set(subjects.compactMap { $0.record.status.flatMap(Sizes.init) })
    var statuses: [(ProcessID, ProcessStatus?)] = []
    for id in world.known(try world.proc.processes) ?? [] {
      guard let status = world.known(try world.proc.quickStatus(of: id)) ?? nil,
        let sizes = Sizes(status), wanted.contains(sizes)
      else { continue }
      statuses.append((id, status))
    }
    self.init(statuses)
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
  /// Whether a write to one adjustment changes those of all who share its memory, as from 4.8 on
  /// (fs/proc/base.c `__set_oom_adj`).
  var adjustsSharers: Bool { kernel.map { $0 >= KernelVersion(4, 8) } ?? true }
}
