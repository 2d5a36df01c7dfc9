/// A memory cgroup's state as the era prints it.
extension Shortage {
  /// A counter of a cgroup in kibibytes, without a limit where that is the largest number.
  public struct Charge: Hashable, Sendable {
    public var name: String
    public var usage: Int
    public var limit: Int?
    public var failures: Int
  }

  /// The cgroup at its limit, and the victim's.
  public var cgroups: (limit: String, victim: String)? {
    guard case .cgroup(let limit, let victim) = place else { return nil }
    return (limit, victim)
  }

  /// Its counters: RAM; both with swap, and the kernel's, in cgroup v1; swap alone in v2.
  public var charges: [Charge] {
    let memory = Charge(name: "memory", usage: 819_200, limit: 819_200, failures: 181)
    if era.level >= 60_000 {
      return [memory, Charge(name: "swap", usage: 1234, limit: nil, failures: 0)]
    }
    let both = Charge(name: "memory+swap", usage: 820_434, limit: nil, failures: 2)
    guard era.level >= 30_800 else { return [memory, both] }
    return [memory, both, Charge(name: "kmem", usage: 2016, limit: nil, failures: 0)]
  }

  /// Its statistics: bytes from 5.3 on, else kibibytes; none before 3.9.
  public var statistics: [Count] {
    guard era.level >= 30_900, cgroups != nil else { return [] }
    if era.level < 50_300 {
      return [
        Count("cache", 844), Count("rss", 818_356), Count("rss_huge", 0),
        Count("inactive_anon", 12), Count("active_anon", 818_344), Count("unevictable", 0),
      ]
    }
    return [
      Count("anon", 837_996_544), Count("file", 864_256), Count("kernel_stack", 16_384),
      Count("workingset_refault_anon", 0), Count("pgfault", 12_770),
    ]
  }

  /// Whether these are bytes.
  public var statisticsInBytes: Bool { era.level >= 50_300 && !statistics.isEmpty }

  /// What cgroups without a limit show instead.
  static let unlimited = 9_007_199_254_740_988
}
