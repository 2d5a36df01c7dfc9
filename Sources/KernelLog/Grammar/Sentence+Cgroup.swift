import DaemonLog
import LogLines

extension Sentence {
  /// Lines about the memory cgroup: `mem_cgroup_print_oom_info` and its successors in `mm/memcontrol.c`.
  static func cgroup(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    if reader.skip("Task in ", in: line) { return task(line, from: reader.offset) }
    if reader.skip("Tasks in ", in: line) {
      guard let end = line.lastOffset(of: " are going to be killed due to memory.oom.group set"),
        end >= reader.offset
      else { return nil }
      return .groupKill(cgroup: line.text(in: reader.offset..<end))
    }
    if line.starts(with: "Tasks state") { return .filler }
    if reader.skip("Memory limit reached of cgroup ", in: line) {
      return .cgroup(.limitOwner(line.text(in: reader.offset..<line.count)))
    }
    if reader.skip("Memory cgroup stats for ", in: line) {
      return statistics(line, from: reader.offset)
    }
    if line.starts(with: "Memory cgroup min protection") { return .filler }
    return usage(line)
  }

  /// `Task in P killed as a result of limit of P`: paths may hold anything, also these words.
  private static func task(_ line: Span<UInt8>, from start: Int) -> Sentence? {
    let verb: StaticString = " killed as a result of limit of "
    guard let end = line.offset(of: verb, from: start) else { return nil }
    let owner = line.text(in: end + verb.utf8CodeUnitCount..<line.count)
    return .cgroup(.task(line.text(in: start..<end), limitOwner: owner))
  }

  /// `memory: usage NkB, limit NkB, failcnt N`.
  private static func usage(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    let resource: Resource
    if reader.skip("memory: usage ", in: line) {
      resource = .memory
    } else if reader.skip("memory+swap: usage ", in: line) {
      resource = .memoryAndSwap
    } else if reader.skip("swap: usage ", in: line) {
      resource = .swap
    } else if reader.skip("kmem: usage ", in: line) {
      resource = .kernel
    } else {
      return nil
    }
    guard let usage = reader.kibibytes(in: line), reader.skip(", limit ", in: line),
      let limit = reader.kibibytes(in: line)
    else { return nil }
    let failures = reader.skip(", failcnt ", in: line) ? reader.natural(in: line) : nil
    return .cgroup(
      .usage(
        resource,
        CgroupState.Usage(
          usage: usage, limit: limit.isUnlimited ? nil : limit, failures: failures ?? 0)))
  }

  /// `Memory cgroup stats for P:`, followed on the same line by sizes to 5.2 and on others since.
  private static func statistics(_ line: Span<UInt8>, from start: Int) -> Sentence? {
    // The first of the sizes is always the same one.
    guard let sizes = line.lastOffset(of: "cache:"), sizes > start else {
      let hasEnd = line[line.count - 1] == UInt8(ascii: ":")
      return .cgroup(
        .statistics(owner: line.text(in: start..<line.count - (hasEnd ? 1 : 0)), []))
    }
    var end = sizes
    while end > start, line[end - 1].isBlank || line[end - 1] == UInt8(ascii: ":") { end -= 1 }
    var reader = Reader(offset: sizes)
    var statistics: [Counter] = []
    while statistics.count < 64, !reader.isAtEnd(of: line) {
      let key = reader.until(UInt8(ascii: ":"), in: line)
      guard reader.skip(":", in: line), let size = reader.kibibytes(in: line) else { break }
      statistics.append(Counter(key: line.text(in: key), value: size.count))
      reader.skipBlanks(in: line)
    }
    return .cgroup(.statistics(owner: line.text(in: start..<end), statistics))
  }

  /// `anon 4096`, as in `memory.stat`.
  static func statistic(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    let key = reader.word(in: line)
    guard key.count < 40, !key.isEmpty, line[0].isLetter, reader.skip(" ", in: line),
      let value = reader.natural(in: line), reader.isAtEnd(of: line)
    else { return nil }
    return .statistic(Counter(key: line.text(in: key), value: value))
  }
}

extension Kibibytes {
  /// "No limit" is the largest number of pages that the kernel holds, in one way or another.
  fileprivate var isUnlimited: Bool { count >= 1 << 50 }
}
