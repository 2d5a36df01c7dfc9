import Core
import ProcFS
import Processes

/// The memory that the deaths of a kill order free. Private memory goes with its process, shared
/// memory with the last process that has it.
struct Release {
  private let relations: Relations
  private var dead: [ProcessID: ScoredProcess] = [:]
  /// One process of each memory that is counted already.
  private var counted: Set<ProcessID> = []
  private var pools: [Pool: SharedPool] = [:]
  private var atOnce = 0
  private var total = 0
  private var isExact = true
  private var readCount = 0
  private var doomedSegments: Set<UInt64>?
  /// Processes that have an object mapped, as far as known: it lives as long as one of them.
  private var holders: [MappedMemory.Object: Set<ProcessID>] = [:]

  /// The most processes whose mappings are read: for each the kernel walks all its pages.
  private static let mostReads = 256

  private enum Pool: Hashable {
    case lineage(MappedMemory.Lineage)
    case object(MappedMemory.Object)
  }

  init(_ relations: Relations) {
    self.relations = relations
  }

  /// Adds to the next kill what it frees.
  mutating func settle(_ kill: inout PredictedKill, in world: borrowing World) {
    for one in kill.dead { dead[one.id] = one }
    var touched: Set<Pool> = []
    for one in kill.dead {
      guard let owner = completeOwner(one) else { continue }
      if let memory = mappings(of: owner, in: world) {
        take(memory, of: owner, into: &touched, kept: &kill.kept, in: world)
        if !findHolders(of: memory, owner, in: world) { note(owner, in: &kill) }
      } else {
        atOnce = ProcessStatus.sum(atOnce, owner.freed)
        if owner.hasUnknownMemory { note(owner, in: &kill) }
      }
    }
    for pool in touched { pools[pool]?.update() }
    let sum = ProcessStatus.sum([atOnce] + pools.map { isHeld($0.key) ? 0 : $0.value.freed })
    kill.freed = max(0, sum - total)
    total = max(total, sum)
    kill.freedTotal = total
    kill.isTotalExact = isExact
  }

  private mutating func note(_ estimated: ScoredProcess, in kill: inout PredictedKill) {
    kill.estimated.append(estimated)
    isExact = false
  }

  private func isHeld(_ pool: Pool) -> Bool {
    guard case .object(let object) = pool else { return false }
    return !(holders[object] ?? []).allSatisfy { dead[$0] != nil }
  }

  /// Finds the processes that hold shared objects: after fork(2) a child has no page of them, and
  /// keeps them all the same. `false` where the holders can't be found.
  private mutating func findHolders(
    of memory: MappedMemory, _ owner: ScoredProcess, in world: borrowing World
  ) -> Bool {
    let new = memory.objects.keys.filter { holders[$0] == nil }
    guard !new.isEmpty else { return true }
    for object in new { holders[object] = [] }
    do throws(ProcFSError) {
      let kin = try Kin(of: owner.id, in: world.proc)
      for id in kin.members where id != owner.id {
        guard let process = try ifPresent(try world.proc.process(id)) else { continue }
        if world.proc.isLive, try process.mayHang { return false }
        let mapped = try process.mappedObjects
        for object in new where mapped.contains(object) { holders[object]?.insert(id) }
      }
      return kin.isWhole
    } catch {
      if error.meaning == .failure { world.gaps.note(error) }
      return false
    }
  }

  /// The process whose mappings are read for a memory, once all that run on it are dead.
  private mutating func completeOwner(_ one: ScoredProcess) -> ScoredProcess? {
    let sharers = relations.sharers(of: one.id)
    guard counted.isDisjoint(with: sharers) else { return nil }
    let owners = sharers.compactMap { dead[$0] }
    guard owners.count == sharers.count else { return nil }
    counted.insert(one.id)
    return owners.first { $0.record.score ?? 0 > 0 } ?? one
  }

  private mutating func take(
    _ memory: MappedMemory, of owner: ScoredProcess, into touched: inout Set<Pool>, kept: inout Int,
    in world: borrowing World
  ) {
    kept = ProcessStatus.sum(kept, memory.namedBytes)
    let status = owner.record.status
    // Memory beyond the present mappings: supposed growth, or a recent increase.
    let growth = max(0, owner.ownMemory.map { $0 - memory.anonymousBytes } ?? 0)
    atOnce = ProcessStatus.sum(atOnce, growth, status?.pageTableBytes ?? 0)
    add([memory.anonymous], to: .lineage(memory.lineage), &touched)
    for (object, shares) in memory.objects {
      if object.isSegment, !isDoomed(object, in: world) {
        kept = ProcessStatus.sum(
          [kept] + shares.flatMap { $0.bytes.map { $0.value / max(1, $0.key) } })
      } else {
        add(shares, to: .object(object), &touched)
      }
    }
  }

  private mutating func add(
    _ shares: [MappedMemory.Shares], to pool: Pool, _ touched: inout Set<Pool>
  ) {
    let isWhole = if case .object = pool { true } else { false }
    for share in shares { pools[pool, default: SharedPool(isWhole: isWhole)].add(share) }
    touched.insert(pool)
  }

  private mutating func isDoomed(
    _ segment: MappedMemory.Object, in world: borrowing World
  ) -> Bool {
    let doomed = doomedSegments ?? world.known(try world.proc.sharedSegments)?.doomed ?? []
    doomedSegments = doomed
    return doomed.contains(segment.inode)
  }

  /// The mappings of a process; `nil` where they can't be read, or where that could block.
  private mutating func mappings(of one: ScoredProcess, in world: borrowing World) -> MappedMemory?
  {
    guard readCount < Self.mostReads, one.hasUnknownMemory else { return nil }
    // The kernel skips a process that hangs or ends.
    if world.proc.isLive, one.record.score ?? 0 == 0 { return nil }
    readCount += 1
    do throws(ProcFSError) {
      let process = try world.proc.process(one.id)
      if world.proc.isLive, try process.mayHang { return nil }
      let memory = try process.mappedMemory
      // A main thread that has ended shows none, nor do old kernels without the permission to read
      // them.
      return memory.isWhole && memory.residentBytes > 0 ? memory : nil
    } catch {
      if error.meaning == .failure { world.gaps.note(error) }
      return nil
    }
  }
}

extension ScoredProcess {
  /// The most memory that its death frees, shared memory aside, according to `status`: anonymous
  /// memory, swap and page tables. Memory that it shares after a fork is counted as if it were its
  /// own.
  fileprivate var freed: Int {
    guard let status = record.status else { return 0 }
    return ProcessStatus.sum(
      record.anonymousBytes ?? 0, status.swapped?.bytes ?? 0, status.pageTableBytes ?? 0)
  }

  /// True if it has resident memory: `status` doesn't show who else has it.
  fileprivate var hasUnknownMemory: Bool { record.status?.resident?.bytes ?? 0 > 0 }

  /// Anonymous memory, resident or swapped, in bytes; `nil` where `status` doesn't show it.
  fileprivate var ownMemory: Int? {
    record.status?.anonymous.map {
      ProcessStatus.sum($0.bytes, record.status?.swapped?.bytes ?? 0)
    }
  }
}
