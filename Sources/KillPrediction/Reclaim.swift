import Badness
import CgroupFS
package import Core
import ProcFS
import Processes

/// The state of memory when the kernel chooses.
///
/// At once, as by SysRq-f or in a sudden burst, sizes are as they are. In a slower shortage reclaim
/// comes first: mapped files leave RAM, except locked ones, and shared memory is swapped out, after
/// which no process counts it any more (mm/rmap.c `try_to_unmap_one` leaves an entry only for
/// anonymous pages). If swap has no room for everything that could go there, the oldest goes, which
/// isn't known: each process loses its share.
package struct Reclaim: Sendable {
  /// Bytes that swap has room for, and bytes of memory that could go there, shared and anonymous.
  let swapRoom: Int
  let swappable: Int

  /// The mapped pages on the nodes that are short; `nil` where all nodes are.
  private var onNodes: [ProcessID: NodePages]?
  private var pageSize = 1
  /// The turn of a process's shared memory, where swap hasn't room for all.
  private var turn = Turn.together

  private enum Turn { case first, together, last }

  init(swapRoom: Int, swappable: Int) {
    self.swapRoom = max(0, swapRoom)
    self.swappable = swappable
  }

  /// The reclaim in a domain as it is now; `nil` where the machine's memory can't be read.
  package init?(in domain: Domain, _ world: borrowing World) {
    guard let memory = world.known(try world.proc.memoryInfo), memory[.total] != nil else {
      return nil
    }
    var room = memory[.swapFree]?.bytes ?? 0
    var swappable = [memory[.anonymous], memory[.shared]].reduce(0) { sum, part in
      ProcessStatus.sum(sum, part?.bytes ?? 0)
    }
    if domain.shortage == .memoryCgroup, let path = domain.path, let limits = domain.limits {
      let group = GroupSwap(of: path, limits, in: world)
      room = min(room, group.room)
      swappable = group.swappable ?? swappable
    }
    self.init(swapRoom: room, swappable: swappable)
    pageSize = domain.capacity.pageSize
    if let nodes = domain.nodes { onNodes = Self.mapped(on: nodes, in: world) }
  }

  /// The mapped pages of processes on some nodes: pages on other nodes stay. A process that can't
  /// be read is left out: all its pages are assumed to be on these.
  private static func mapped(
    on nodes: NodeList, in world: borrowing World
  ) -> [ProcessID: NodePages] {
    var found: [ProcessID: NodePages] = [:]
    for id in world.known(try world.proc.processes) ?? [] {
      do throws(ProcFSError) {
        found[id] = try world.proc.process(id).mappedPages(on: nodes.numbers)
      } catch {
        if error.meaning == .failure { world.gaps.note(error) }
      }
    }
    return found
  }

  /// True if swap has room for only a part of what could go there.
  var isPartial: Bool { swapRoom > 0 && swappable > swapRoom }

  /// Both extremes: a process's shared memory stays, or is swapped out as far as there is room.
  /// Either may happen, as others' memory takes the room or leaves it.
  var extremes: (stays: Reclaim, goes: Reclaim) {
    var (stays, goes) = (self, self)
    stays.turn = .last
    goes.turn = .first
    return (stays, goes)
  }

  /// A process's candidate as it would be then.
  func candidate(of subject: ScoredProcess, pageSize: Int) -> Candidate? {
    guard var candidate = subject.candidate, var memory = candidate.memory,
      let dropped = dropped(from: subject.record)
    else { return subject.candidate }
    memory.resident = Pages(max(0, memory.resident.count - dropped / pageSize))
    candidate.memory = memory
    return candidate
  }

  /// Bytes that leave RAM and count for no process then; `nil` where the kernel doesn't show the
  /// part of files.
  func dropped(from record: ProcessSnapshot) -> Int? {
    guard let status = record.status, let file = status.fileMapped?.bytes else {
      // To 4.4 files and shared memory are one number.
      return record.sizes.flatMap { _ in
        record.anonymousBytes.map { max(0, (record.status?.resident?.bytes ?? 0) - $0) }
      }
    }
    let shared = status.shared?.bytes ?? 0
    // Locked memory beyond the anonymous memory is the least that can be of files.
    let locked = max(0, (status.locked?.bytes ?? 0) - (status.anonymous?.bytes ?? 0))
    let lockedShared = min(shared, locked)
    let lockedFile = min(file, locked - lockedShared)
    // Reclaim has nothing to do on other nodes.
    let near = onNodes?[record.id] ?? NodePages(files: .max, shared: .max)
    return min(file - lockedFile, bytes(near.files))
      + swappedOut(min(shared - lockedShared, bytes(near.shared)))
  }

  private func bytes(_ pages: Int) -> Int {
    let (bytes, isTooMuch) = pages.multipliedReportingOverflow(by: pageSize)
    return isTooMuch ? .max : bytes
  }

  private func swappedOut(_ bytes: Int) -> Int {
    guard swappable > swapRoom else { return swapRoom > 0 ? bytes : 0 }
    switch turn {
    case .last: return 0
    case .first: return min(bytes, swapRoom)
    case .together: return share(of: bytes)
    }
  }

  private func share(of bytes: Int) -> Int {
    Int(clamping: Int128(bytes) * Int128(swapRoom) / Int128(max(1, swappable)))
  }
}

/// The swap that a memory cgroup may still use, in bytes.
private struct GroupSwap {
  /// The bytes that it may still swap out; `Int.max` without a limit.
  private(set) var room = Int.max
  /// The bytes of its memory that could go to swap; `nil` where they can't be read.
  private(set) var swappable: Int?

  init(of path: String, _ limits: CgroupLimits, in world: borrowing World) {
    guard let hierarchy = world.knownMemoryCgroups else { return }
    let swapped = (world.known(try hierarchy.swapped(by: path)) ?? nil) ?? 0
    if let usage = world.known(try hierarchy.usage(of: path)), let memory = usage.memory {
      swappable = max(0, memory - (usage.cache ?? 0))
    }
    if let limit = limits.swap { room = limit - swapped }
    // Version 1 limits the sum: what is above the memory's own limit is swap's.
    if let both = limits.memoryAndSwap { room = both - (limits.memory ?? 0) - swapped }
    if limits.swappiness == 0 { room = 0 }
  }
}
