package import Core
package import MemoryLedger
import ProcFS
package import Processes
package import Rendering

/// Memory that something other than processes holds, so that killing frees little of it.
package struct HeldMemory: Sendable {
  package static let findingID = "memory_held"

  let entry: Ledger.Entry
  let total: Int
  /// What all processes that can be killed have of their own in RAM, in bytes; `nil` where it can't be told.
  let killable: Int?
  /// What zram holds, where it is that; in bytes.
  let compressed: Int?

  /// That of a machine.
  init?(on machine: Machine, in world: borrowing World) {
    guard let memory = world.known(try world.proc.memoryInfo) else { return nil }
    self.init(world.ledger(of: memory, pageSize: machine.pageSize), on: machine, in: world)
  }

  /// `nil` where processes have most, or the kernel frees it by itself.
  package init?(_ ledger: Ledger?, on machine: Machine, in world: borrowing World) {
    guard let ledger, let holder = ledger.holder else { return nil }
    entry = holder
    total = ledger.total
    compressed = holder.kind == .zram ? ledger.heldByZram.flatMap { $0 > 0 ? $0 : nil } : nil
    killable = Self.killable(
      on: machine, compressed.map { (held: $0, taken: holder.bytes) }, in: world)
  }

  /// `swap` is what devices of zram hold and take up, where what is swapped lies there. Reads that fail are noted among
  /// the gaps.
  private static func killable(
    on machine: Machine, _ swap: (held: Int, taken: Int)?, in world: borrowing World
  ) -> Int? {
    guard let list = world.processes(on: machine) else { return nil }
    let processes = list.filter(machine.isEligible).map(\.record)
    let own = processes.reduce(0) {
      $0 &+ ($1.anonymousBytes ?? 0) &+ ($1.status?.pageTableBytes ?? 0)
    }
    guard let swap else { return own }
    let swapped = processes.reduce(0) { $0 &+ ($1.status?.swapped?.bytes ?? 0) }
    return own &+ Int(Int128(min(swapped, swap.held)) * Int128(swap.taken) / Int128(swap.held))
  }

  /// `14.0 of 16.0 GiB are shared memory and files of tmpfs: killing all processes frees 0.6 GiB`, without a
  /// full stop.
  package func sentence(_ sizes: SizeStyle) -> String {
    let verb =
      entry.kind == .unaccounted
      ? "are counted by nobody: a driver or the kernel took them" : "are \(what)"
    let whole = sizes.phrase(total)
    let held = compressed.map { " (\(sizes.phrase($0)) compressed)" } ?? ""
    let killing = killable.map { ". Killing all processes frees \(sizes.phrase($0))" } ?? ""
    return "\(sizes.phrase(entry.bytes)) of \(whole) \(verb)\(held)\(killing)"
  }

  private var what: String {
    switch entry.kind {
    case .shared: "shared memory and files of tmpfs"
    case .unreclaimableSlab: "objects of the kernel that can't be reclaimed"
    case .hugePagesIdle: "huge pages that are set aside and not used"
    case .hugePagesUsed: "huge pages in use"
    case .zram: "what zram takes up, as swap in RAM itself"
    case .zswap: "what zswap takes up, as swap in RAM itself"
    case .arc: "the cache of ZFS"
    case .balloon: "the host's, by the balloon"
    case .mapped: "the kernel's own (vmalloc)"
    case .perProcessor: "variables of processors"
    case .pageTables, .secondaryPageTables: "page tables"
    case .kernelStacks: "stacks of tasks in the kernel"
    case .graphics: "what graphics drivers hold"
    default: "\(entry.kind.label.lowercased())"
    }
  }

  /// What mends it.
  package var remedy: String {
    switch entry.kind {
    case .shared:
      "du -xsh /dev/shm /run /tmp and ipcs -m show whose it is; it goes when it is removed."
    case .unreclaimableSlab: "slabtop -s c shows what fills the slab."
    case .hugePagesIdle:
      "sysctl vm.nr_hugepages=0 gives them back; who needs some sets as many as are used."
    case .hugePagesUsed:
      "grep -l '[1-9].*kB' /proc/*/smaps shows who maps them; vm.nr_hugepages sets how many there are."
    case .zram, .zswap:
      "More RAM, or a device of swap that isn't RAM; zramctl shows the compression."
    case .arc: "zfs_arc_max bounds it: /sys/module/zfs/parameters/zfs_arc_max"
    case .balloon: "The host of this virtual machine can give it back."
    case .unaccounted:
      "Drivers hold it, of graphics or networks as a rule: stop what uses them; /sys/kernel/debug/dma_buf/bufinfo tells of some."
    default: "The table of oomctl memory says what frees it."
    }
  }
}

extension JSONWriter {
  /// What something other than processes holds, and what killing all of them frees.
  mutating func writeHeld(_ held: HeldMemory?) {
    guard let held else { return member("held", .absent) }
    member("held") { json in
      json.member("name", .text(held.entry.kind.rawValue))
      json.member("bytes", .integer(Int128(held.entry.bytes)))
      json.member("total_bytes", .integer(Int128(held.total)))
      json.member("freed_by_killing_bytes", Value(size: held.killable))
    }
  }
}

extension World {
  /// All processes with their sizes; `nil` where they can't be listed.
  fileprivate func processes(on machine: Machine) -> [ScoredProcess]? {
    guard let ids = known(try proc.processes) else { return nil }
    var reader = ProcessReader()
    let processes = ids.compactMap { id in
      reader.record(of: id, needs: machine.badnessNeeds, in: proc).map {
        ScoredProcess($0, on: machine, isScored: true)
      }
    }
    for problem in reader.problems { gaps.note(problem) }
    return processes
  }
}
