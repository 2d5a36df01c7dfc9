/// One way in which kernels have computed the commit limit: `vm_commit_limit` in `mm/util.c`,
/// before 3.10 in `__vm_enough_memory` and `meminfo_proc_show`.
public struct CommitRule: KernelEra, Hashable {
  /// The release that brought the rule, and its name.
  public let since: KernelVersion
  let traits: Traits

  struct Traits: OptionSet, Hashable {
    let rawValue: Int

    /// `overcommit_kbytes` counts where it isn't 0.
    static let kilobytes = Self(rawValue: 1 << 0)
  }

  /// All rules, oldest first. Before them nothing is limited.
  public static let history: [CommitRule] = [
    // A third policy appears, which refuses.
    Self(since: .init(2, 6, 0), traits: []),
    // overcommit_kbytes appears.
    Self(since: .init(3, 14), traits: [.kilobytes]),
  ]
}

/// The settings that a commit limit is made from.
public struct CommitSettings: Hashable, Sendable {
  /// `vm.overcommit_ratio`. No kernel checks it: a negative one makes the limit endless.
  public var ratio: Int
  /// `vm.overcommit_kbytes`; 0 where the ratio counts, and before 3.14.
  public var kilobytes: UInt64

  /// A write to either file sets the other one to 0, whatever is written.
  public init(ratio: Int = 50, kilobytes: UInt64 = 0) {
    self.ratio = ratio
    self.kilobytes = kilobytes
  }
}

extension CommitRule {
  /// `CommitLimit` in `meminfo`: what policy 2 promises at most, all processes together.
  ///
  /// - Parameters:
  ///   - settings: The two files that tell how much is promised.
  ///   - hugePages: The pool of all sizes, used or not; it lies within `machine.ram`.
  ///   - machine: Its RAM and swap.
  public func limit(
    _ settings: CommitSettings, hugePages: Pages, on machine: MemoryCapacity
  ) -> Pages {
    let long = CInteger.unsignedLong
    let allowed: Int128
    if traits.contains(.kilobytes), settings.kilobytes != 0 {
      allowed = machine.pages(kilobytes: settings.kilobytes)
    } else {
      let ram = long.holding(
        Int128(machine.ram.count) - Int128(hugePages.count), on: machine.wordSize)
      // The ratio is an int, and an unsigned long once it is multiplied.
      let ratio = long.holding(Int128(settings.ratio), on: machine.wordSize)
      allowed = long.product(ram, ratio, on: machine.wordSize) / 100
    }
    return Pages(
      Int(clamping: long.holding(allowed + Int128(machine.swap.count), on: machine.wordSize)))
  }

  /// The least `overcommit_ratio` with which the limit comes to that much; `nil` where RAM is all huge
  /// pages.
  public func leastRatio(reaching limit: Pages, hugePages: Pages, on machine: MemoryCapacity)
    -> Int?
  {
    let ram = Int128(machine.ram.count) - Int128(hugePages.count)
    guard ram > 0 else { return nil }
    let missing = max(0, Int128(limit.count) - Int128(machine.swap.count))
    return Int(clamping: (missing * 100 + ram - 1) / ram)
  }
}

extension MemoryCapacity {
  /// An amount in KiB, rounded down as the kernel shifts it.
  fileprivate func pages(kilobytes: UInt64) -> Int128 {
    Int128(kilobytes) / max(1, bytesPerPage / 1024)
  }
}

extension CInteger {
  /// The product of two numbers of this type, of which 128 bits may not hold all.
  fileprivate func product(_ left: Int128, _ right: Int128, on wordSize: WordSize) -> Int128 {
    holding(left &* right, on: wordSize)
  }
}
