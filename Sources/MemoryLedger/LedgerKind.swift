/// The uses that a machine's RAM, or a memory cgroup's part of it, is put to. No page is of two kinds.
package enum LedgerKind: String, CaseIterable, Sendable {
  /// Not in use, and free for any request but for watermarks and zones.
  case free
  /// Not in use, in the lists of processors (`pagesets` of zoneinfo), which MemFree leaves out.
  case freePerProcessor = "free_per_cpu"
  /// Not in use, in areas that are kept for devices: only pages that can be moved away may borrow them.
  case freeContiguous = "free_cma"
  /// Not in use, and not yet accepted from the host of a confidential guest.
  case unaccepted
  /// Processes' own, not of files.
  case anonymous
  /// Pages of files: they are dropped, or written back and dropped.
  case fileCache = "file_cache"
  /// Pages that may not be given up: locked, or of ramfs. A report tells only here of what else they are.
  case unevictable
  /// In swap as well as in RAM.
  case swapCache = "swap_cache"
  /// Shared memory, and files of tmpfs.
  case shared
  /// The kernel's objects that shrinkers may free: inodes, names.
  case reclaimableSlab = "slab_reclaimable"
  /// The kernel's objects that stay.
  case unreclaimableSlab = "slab_unreclaimable"
  /// The kernel's objects, where the kinds aren't told apart.
  case slab
  /// Pages of drivers that shrinkers may free.
  case reclaimableKernel = "kernel_reclaimable"
  case pageTables = "page_tables"
  /// Page tables of virtual machines and devices.
  case secondaryPageTables = "secondary_page_tables"
  case kernelStacks = "kernel_stacks"
  /// Buffers of sockets.
  case sockets
  /// The kernel's own, of no kind that is told.
  case kernel
  /// Variables that each processor has its own of.
  case perProcessor = "percpu"
  /// The kernel's own, in pieces that it maps together: modules, BPF, tables of drivers.
  case mapped = "vmalloc"
  /// Huge pages set aside and in use.
  case hugePagesUsed = "huge_pages_used"
  /// Huge pages set aside that nobody uses.
  case hugePagesIdle = "huge_pages_idle"
  /// Swapped pages, compressed in RAM before a device of swap.
  case zswap
  /// Block devices in RAM, compressed: as a rule swap.
  case zram
  /// The cache of ZFS.
  case arc = "zfs_arc"
  /// Given back to the host of a virtual machine.
  case balloon
  /// Copies for devices that can't reach high memory.
  case bounce
  /// Copies of FUSE while they are written back.
  case temporaryWriteback = "writeback_temp"
  /// What graphics drivers say that they hold.
  case graphics = "gpu"
  /// Frames that are broken.
  case corrupted = "hardware_corrupted"
  /// What nobody counts: drivers, early allocations, a leak.
  case unaccounted
}

extension LedgerKind {
  /// For people.
  package var label: String {
    switch self {
    case .free: "Free"
    case .freePerProcessor: "Free, kept by processors"
    case .freeContiguous: "Free, kept for devices (CMA)"
    case .unaccepted: "Free, not accepted yet"
    case .anonymous: "Processes' own (anonymous)"
    case .fileCache: "File cache"
    case .unevictable: "Locked (unevictable)"
    case .swapCache: "Swap cache"
    case .shared: "Shared memory and tmpfs"
    case .reclaimableSlab: "Slab, reclaimable"
    case .unreclaimableSlab: "Slab, unreclaimable"
    case .slab: "Slab"
    case .reclaimableKernel: "Other reclaimable"
    case .pageTables: "Page tables"
    case .secondaryPageTables: "Page tables of guests"
    case .kernelStacks: "Kernel stacks"
    case .sockets: "Buffers of sockets"
    case .kernel: "The kernel's own memory"
    case .perProcessor: "Per-CPU variables"
    case .mapped: "Kernel's own (vmalloc)"
    case .hugePagesUsed: "Huge pages, used"
    case .hugePagesIdle: "Huge pages, idle"
    case .zswap: "Compressed swap (zswap)"
    case .zram: "Compressed swap (zram)"
    case .arc: "ZFS cache (ARC)"
    case .balloon: "Balloon, the host's"
    case .bounce: "Bounce buffers"
    case .temporaryWriteback: "Writeback copies (FUSE)"
    case .graphics: "Graphics drivers"
    case .corrupted: "Broken frames"
    case .unaccounted: "Counted by nobody"
    }
  }

  /// What frees it, in a few words; `nil` where it is free, or nothing does.
  package var freedBy: String? {
    switch self {
    case .free, .freePerProcessor, .freeContiguous, .unaccepted, .corrupted: nil
    case .anonymous: "its process's end; swap"
    case .fileCache: "the kernel, by itself"
    case .swapCache: "its process's end"
    case .shared: "removing the files or segments; swap"
    case .unevictable: "who locked it"
    case .reclaimableSlab, .reclaimableKernel: "the kernel, by itself"
    case .unreclaimableSlab, .slab: "what made it: slabtop"
    case .pageTables, .kernelStacks: "its process's end"
    case .secondaryPageTables: "its guest's end"
    case .sockets: "the sockets' end"
    case .kernel: "what made it"
    case .perProcessor: "fewer cgroups, BPF maps"
    case .mapped: "unloading modules, BPF"
    case .hugePagesUsed: "who maps them"
    case .hugePagesIdle: "vm.nr_hugepages"
    case .zswap, .zram: "the end of what is swapped"
    case .arc: "the kernel, slowly; zfs_arc_max"
    case .balloon: "the host"
    case .bounce, .temporaryWriteback: "the end of writing"
    case .graphics: "the programs that draw"
    case .unaccounted: "the driver that took it"
    }
  }

  /// True where it goes with the processes that it is for; `nil` where that isn't known.
  package var isFreedByKill: Bool? {
    switch self {
    case .anonymous, .swapCache, .pageTables, .kernelStacks, .secondaryPageTables, .zswap: true
    case .zram, .hugePagesUsed, .graphics, .unaccounted, .unevictable, .sockets: nil
    default: false
    }
  }

  /// True where it isn't in use.
  package var isFree: Bool {
    switch self {
    case .free, .freePerProcessor, .freeContiguous, .unaccepted: true
    default: false
    }
  }

  /// True where the kernel frees it by itself before it kills.
  package var isDroppable: Bool {
    switch self {
    case .fileCache, .reclaimableSlab, .reclaimableKernel, .swapCache: true
    default: isFree
    }
  }
}
