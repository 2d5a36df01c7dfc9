import Badness
import Core
import ProcFS
import Processes
import Rendering

/// Keeps overcommit from locking everybody out: with policy 2 whatever asks for memory beyond the commit
/// limit fails, a shell too.
struct CommitSafety {
  private let rule: CommitRule
  private let capacity: MemoryCapacity
  private let hugePages: Pages
  private let committed: Int

  /// `nil` where the machine doesn't tell what it takes to know.
  init?(_ machine: Machine, in world: borrowing World) {
    guard let kernel = machine.kernel, let rule = CommitRule.inForce(in: kernel),
      let capacity = machine.capacity, let memory = world.known(try world.proc.memoryInfo),
      let committed = memory[.committed]
    else { return nil }
    self.rule = rule
    self.capacity = capacity
    hugePages = Pages((memory.hugePagePool?.bytes ?? 0) / max(1, capacity.pageSize))
    self.committed = committed.bytes
  }

  /// The commit limit in bytes with certain values, by key.
  func limit(with values: [String: String]) -> Int {
    let settings = CommitSettings(
      ratio: values["vm.overcommit_ratio"].flatMap { Int($0) } ?? 0,
      kilobytes: values["vm.overcommit_kbytes"].flatMap { UInt64($0) } ?? 0)
    return bytes(rule.limit(settings, hugePages: hugePages, on: capacity))
  }

  /// The reason why values may not be set: `values` holds those that will be in force, by key, and
  /// `former` those that are.
  func refusal(of values: [String: String], replacing former: [String: String]) -> Failure? {
    guard let limit = enforcedLimit(values) else { return nil }
    let kept = kept(with: values)
    // More is better where too little is left already.
    if let present = enforcedLimit(former),
      Int128(limit) - Int128(kept) >= Int128(present) - Int128(self.kept(with: former))
    {
      return nil
    }
    let reserve = Threshold.commitReserve(limit: limit, ram: bytes(capacity.ram))
    let left = Int(clamping: Int128(limit) - Int128(kept) - Int128(committed))
    guard left < reserve else { return nil }
    let style = SizeStyle.binary
    return Failure(
      "overcommit_memory 2 would promise at most \(style.phrase(limit)), and "
        + "\(style.phrase(committed)) are promised already: \(style.phrase(max(0, left))) would be "
        + "left, less than \(style.phrase(reserve)), and programs that start would fail",
      advice: advice(keeping: kept), status: .refused)
  }

  /// Memory that the kernel keeps from all but administrators, in bytes.
  private func kept(with values: [String: String]) -> Int {
    Kibibytes(Int(clamping: values["vm.admin_reserve_kbytes"].flatMap { UInt64($0) } ?? 0)).bytes
  }

  /// `nil` where nothing is limited.
  private func enforcedLimit(_ values: [String: String]) -> Int? {
    values["vm.overcommit_memory"] == "2" ? limit(with: values) : nil
  }

  /// The least ratio that leaves enough.
  private func advice(keeping kept: Int) -> String? {
    let ram = bytes(capacity.ram)
    // A tenth of the limit, or an amount: the limit must do for both.
    let used = Int128(committed) + Int128(kept)
    let byShare = Int(clamping: used * 10 / 9 + 1)
    let byAmount = Int(clamping: used + Int128(min(256 << 20, ram / 8)))
    let needed = Pages(max(byShare, byAmount) / max(1, capacity.pageSize) + 1)
    guard let ratio = rule.leastRatio(reaching: needed, hugePages: hugePages, on: capacity)
    else { return nil }
    return "vm.overcommit_ratio=\(ratio) would do. --force sets it nevertheless; add --confirm 60s."
  }

  private func bytes(_ pages: Pages) -> Int { pages.bytes(pageSize: capacity.pageSize) }
}
