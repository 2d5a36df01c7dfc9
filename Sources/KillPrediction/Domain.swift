package import Badness
package import CgroupFS
package import Core
import ProcFS
package import Processes

/// The part of memory that is short, with the processes that the kernel looks at then, and the
/// capacity that it measures them against.
package struct Domain: Sendable {
  package let shortage: Shortage
  /// The path of the memory cgroup, or the nodes as `0-1,3`.
  var path: String?
  /// The measure for badness; to 2.6.35 there is none.
  package var capacity: MemoryCapacity
  /// The limits of the memory cgroup.
  var limits: CgroupLimits?
  /// Processes that may use the nodes, where a memory policy and not a cpuset has used them up.
  var policyMembers: PolicyMembers?
  /// The number of processes of the memory cgroup that this PID namespace doesn't show; `nil` with
  /// version 1, where nothing shows it.
  var unseenCount: Int? = 0
  /// True if the limit is that of a group above, whose other processes aren't seen.
  var isLimitOfOthers = false
  /// The order in which the kernel goes through its processes.
  package var walk = Walk.byAge

  package init(
    shortage: Shortage, path: String? = nil, capacity: MemoryCapacity, limits: CgroupLimits? = nil,
    policyMembers: PolicyMembers? = nil, unseenCount: Int? = 0, isLimitOfOthers: Bool = false,
    walk: Walk = Walk.byAge
  ) {
    self.shortage = shortage
    self.path = path
    self.capacity = capacity
    self.limits = limits
    self.policyMembers = policyMembers
    self.unseenCount = unseenCount
    self.isLimitOfOthers = isLimitOfOthers
    self.walk = walk
  }

  /// JSON's word for its kind.
  var kind: String {
    switch shortage {
    case .system: "system"
    case .nodes: "nodes"
    case .memoryCgroup: "memcg"
    }
  }

  /// JSON's word for what limits it, as in the kernel's reports after `constraint=CONSTRAINT_`.
  var constraint: String {
    switch shortage {
    case .system: "none"
    case .nodes: policyMembers == nil ? "cpuset" : "memory_policy"
    case .memoryCgroup: "memcg"
    }
  }

  /// The nodes that are short; `nil` where all are.
  var nodes: NodeList? { shortage == .nodes ? path.flatMap(NodeList.init(argument:)) : nil }

  /// True if the kernel looks at a process at all.
  func contains(_ record: ProcessSnapshot) -> Bool {
    switch shortage {
    case .system: return true
    case .nodes:
      if let policyMembers { return policyMembers.contains(record.id) }
      guard let allowed = record.status?.allowedNodes.flatMap(NodeList.init(argument:)),
        let nodes
      else { return true }
      return nodes.numbers.contains(where: allowed.numbers.contains)
    case .memoryCgroup:
      guard let path, let group = record.cgroups?.memory?.path else { return false }
      return limits?.isHierarchical ?? true ? CgroupPath(path).contains(group) : path == group
    }
  }
}

extension Domain {
  package static func system(_ capacity: MemoryCapacity) -> Domain {
    Domain(shortage: .system, capacity: capacity)
  }

  /// A shortage on the nodes of a memory policy.
  static func policy(
    _ list: NodeList, on machine: Machine, _ capacity: MemoryCapacity, in world: borrowing World
  ) throws(Failure) -> Domain {
    // mm/oom_kill.c `out_of_memory`: "No available memory (MPOL_BIND)".
    if let kernel = machine.kernel, kernel < KernelVersion(2, 6, 36) {
      throw Failure(
        "kernels before 2.6.36 kill whoever asks for memory where a memory policy's nodes are used up"
      )
    }
    var domain = try nodes(list, on: machine, capacity, in: world)
    try refuseAll(list, in: world)
    domain.policyMembers = try PolicyMembers(of: list, on: machine.kernel, in: world)
    return domain
  }

  /// Throws if a policy allows all nodes that have memory: then it limits nothing (mm/oom_kill.c
  /// `constrained_alloc`).
  private static func refuseAll(_ list: NodeList, in world: borrowing World) throws(Failure) {
    let withMemory =
      world.known(try world.proc.zoneInfo)?.nodes.filter { $0.presentPages > 0 } ?? []
    guard withMemory.allSatisfy({ list.numbers.contains($0.number) }) else { return }
    throw Failure(
      withMemory.count > 1
        ? "nodes \(list.text) are all nodes with memory: such a policy limits nothing"
        : "all memory of this machine is on one node: a memory policy limits nothing",
      advice: "Only the whole system can run out of memory then: leave out --policy.")
  }

  /// A shortage on some nodes, of a cpuset. Kernels before 2.6.36 measure against nothing.
  static func nodes(
    _ list: NodeList, on machine: Machine, _ capacity: MemoryCapacity, in world: borrowing World
  ) throws(Failure) -> Domain {
    let zones: ZoneInfo
    do {
      zones = try world.proc.zoneInfo
    } catch {
      throw Failure(error)
    }
    let known = zones.nodes
    for number in list.numbers where !known.contains(where: { $0.number == number }) {
      throw Failure("node \(number): no such memory node", status: .failed)
    }
    let nodes = known.filter { list.numbers.contains($0.number) }.map {
      MemoryNode(spanned: Pages($0.spannedPages), present: Pages($0.presentPages))
    }
    let total = machine.kernel.flatMap { MemoryCapacity.nodes(nodes, of: capacity, on: $0) }
    return Domain(shortage: .nodes, path: list.text, capacity: total ?? capacity)
  }

  /// A shortage in a memory cgroup, with `limit` instead of its own where one is supposed.
  package static func memoryCgroup(
    _ path: String, limit: Int?, on machine: Machine, _ capacity: MemoryCapacity,
    in world: borrowing World
  ) throws(Failure) -> Domain {
    let hierarchy = try world.memoryCgroups()
    var limits = try hierarchy.limits(ofGroup: path)
    if let limit { limits.memory = limit }
    guard limits.memory != nil else {
      throw Failure(
        "\(path): has no memory limit, so it can't run out of memory by itself",
        advice: "Name a limited group above or below it, or suppose a limit with --limit.")
    }
    var domain = Domain(memoryCgroup: path, limits, on: machine, capacity, in: world)
    domain.walk = Walk(through: path, of: hierarchy, on: machine.kernel, in: world)
    if world.showsInitialNamespace == false {
      domain.unseenCount =
        hierarchy.version == .one ? nil : unseenCount(below: path, in: hierarchy, world)
    }
    return domain
  }

  /// A shortage in a memory cgroup with these limits, whose processes come by age among equals.
  init(
    memoryCgroup path: String, _ limits: CgroupLimits, on machine: Machine,
    _ capacity: MemoryCapacity, in world: borrowing World
  ) {
    let swappiness =
      limits.swappiness ?? world.known(try world.proc.value(of: .swappiness))
      ?? Self.usualSwappiness
    let group = MemoryCgroup(
      limit: limits.memory ?? .max, swapLimit: limits.swapLimit, swappiness: swappiness)
    let total = machine.kernel.flatMap {
      MemoryCapacity.memoryCgroup(group, of: capacity, on: $0)
    }
    self.init(
      shortage: .memoryCgroup, path: path, capacity: total ?? capacity, limits: limits)
  }

  /// The most groups whose processes are counted.
  private static let mostGroups = 1024

  private static func unseenCount(
    below path: String, in hierarchy: borrowing CgroupHierarchy, _ world: borrowing World
  ) -> Int {
    var count = 0
    for group in world.known(try hierarchy.subtree(of: path, most: mostGroups)) ?? [] {
      // The list of a threaded group can't be read.
      let unseen = world.known(try hierarchy.unseenCount(in: group)) ?? nil
      count += unseen ?? 0
    }
    return count
  }

  /// `vm_swappiness` in mm/vmscan.c.
  private static let usualSwappiness = 60
}

extension CgroupLimits {
  fileprivate var swapLimit: MemoryCgroup.SwapLimit {
    if let memoryAndSwap { return .memoryAndSwap(memoryAndSwap) }
    return .swap(swap ?? .max)
  }
}
