/// Finds the lines that could have to do with the OOM killer, sixteen bytes at a time.
///
/// Nearly all lines of a log haven't, so this decides how fast a log is read. It looks for three bytes that are
/// rare and stand in every line that a report, or what is left of one, can begin with; only where they are
/// found it looks closer.
enum LineFinder {
  /// The next offset of a telling word, from `start` on.
  static func nextHit(in bytes: Span<UInt8>, from start: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { unsafe nextHit(in: $0, from: start) }
  }

  /// The number of lines that end in a range.
  static func countLineEnds(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe countLineEnds(in: $0, range) }
  }

  /// The last line end before an offset, not further left than `start`.
  static func lastLineEnd(in bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
    var offset = end - 1
    while offset >= start {
      if bytes[offset] == UInt8(ascii: "\n") { return offset }
      offset -= 1
    }
    return nil
  }
}

private typealias Lanes = SIMD16<UInt8>
private typealias Mask = SIMDMask<SIMD16<Int8>>

extension LineFinder {
  private static func nextHit(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var offset = start
    // The two bytes behind the last lane are looked at, too.
    let end = bytes.count - Lanes.scalarCount - 2
    while offset <= end {
      let first = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
      let second = unsafe bytes.loadUnaligned(fromByteOffset: offset + 1, as: Lanes.self)
      let third = unsafe bytes.loadUnaligned(fromByteOffset: offset + 2, as: Lanes.self)
      let hits = hits(first, second, third)
      // To ask the mask itself whether any lane is set takes twice as long.
      let halves = unsafe unsafeBitCast(
        Lanes(repeating: 0).replacing(with: Lanes(repeating: 1), where: hits),
        to: SIMD2<UInt64>.self)
      if halves[0] | halves[1] != 0 {
        for lane in 0..<Lanes.scalarCount
        where hits[lane] && (unsafe isTelling(bytes, at: offset + lane)) {
          return offset + lane
        }
      }
      offset += Lanes.scalarCount
    }
    while offset + 2 < bytes.count {
      if unsafe isTelling(bytes, at: offset) { return offset }
      offset += 1
    }
    return nil
  }

  /// The places where `oom`, `ill`, `m-I`, `m-i`, `lcn`, `IGK`, `IGT` or `":[` begins.
  @inline(__always)
  private static func hits(_ first: Lanes, _ second: Lanes, _ third: Lanes) -> Mask {
    let oom = equal(first, "o") .& equal(second, "o") .& equal(third, "m")
    let ill = equal(first, "i") .& equal(second, "l") .& equal(third, "l")
    let memory = equal(first, "m") .& equal(second, "-") .& (equal(third, "I") .| equal(third, "i"))
    let failures = equal(first, "l") .& equal(second, "c") .& equal(third, "n")
    let signal = equal(first, "I") .& equal(second, "G") .& (equal(third, "K") .| equal(third, "T"))
    let bytes = equal(first, "\"") .& equal(second, ":") .& equal(third, "[")
    return (oom .| ill) .| (memory .| failures) .| (signal .| bytes)
  }

  @inline(__always)
  private static func equal(_ lanes: Lanes, _ letter: Unicode.Scalar) -> Mask {
    lanes .== Lanes(repeating: UInt8(ascii: letter))
  }

  /// True where more than three letters speak for it: lines are full of "will" and "room".
  private static func isTelling(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    func holds(_ word: StaticString, at start: Int) -> Bool {
      guard start >= 0, start + word.utf8CodeUnitCount <= bytes.count else { return false }
      for index in 0..<word.utf8CodeUnitCount {
        guard unsafe bytes[start + index] == word.utf8Start[index] else { return false }
      }
      return true
    }
    switch unsafe bytes[offset] {
    case UInt8(ascii: "o"):
      // oom-kill, oom_reaper, oomd, panic_on_oom, earlyoom.
      return holds("oom-k", at: offset) || holds("oom_", at: offset) || holds("oomd", at: offset)
        || holds("_oom", at: offset - 1) || holds("lyoom", at: offset - 2)
    case UInt8(ascii: "i"):
      guard offset > 0, unsafe bytes[offset - 1] | 0x20 == UInt8(ascii: "k") else { return false }
      return holds("illed ", at: offset) || holds("ill pro", at: offset)
        || holds("illed, status=9", at: offset) || holds("illable pro", at: offset)
        || holds("ill init!", at: offset)
        // Other killers: killing process, for killing due to, Killing 'a', Kill 'a', lowmemorykiller:,
        // send sigkill to, kill failed.
        || holds("illing pro", at: offset) || holds("illing due", at: offset)
        || holds("illing '", at: offset) || holds("ill '", at: offset)
        || holds("iller: ", at: offset) || holds("ill to", at: offset)
        || holds("ill failed", at: offset)
    case UInt8(ascii: "m"):
      return holds("Mem-I", at: offset - 2) || holds("Mem-i", at: offset - 2)
    case UInt8(ascii: "l"): return holds("failcnt ", at: offset - 3)
    case UInt8(ascii: "I"):
      return holds("SIGKILL", at: offset - 1) || holds("SIGTERM", at: offset - 1)
    case UInt8(ascii: "\""): return holds("MESSAGE\":[", at: offset - 7)
    default: return false
    }
  }

  private static func countLineEnds(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    var offset = range.lowerBound
    while offset + Lanes.scalarCount <= range.upperBound {
      let lanes = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
      let ends = Lanes(repeating: 0).replacing(with: Lanes(repeating: 1), where: equal(lanes, "\n"))
      count += Int(ends.wrappedSum())
      offset += Lanes.scalarCount
    }
    while offset < range.upperBound {
      if unsafe bytes[offset] == UInt8(ascii: "\n") { count += 1 }
      offset += 1
    }
    return count
  }
}
