import DaemonLog
import LogLines

extension Sentence {
  /// `C invoked oom-killer: gfp_mask=…`, to 2.6.18 without a name: `dump_header`.
  static func invocation(_ line: Span<UInt8>) -> Sentence? {
    var invoker = Invoker()
    var reader = Reader()
    if !reader.skip("oom-killer: gfp_mask=", in: line) {
      // People write that somebody invoked the OOM killer; only the kernel goes on so.
      let words: StaticString = " invoked oom-killer: gfp_mask="
      guard let verb = line.offset(of: words) else { return nil }
      invoker.name = line.text(in: nameStart(in: line, before: verb)..<verb)
      reader.offset = verb + words.utf8CodeUnitCount
    }
    guard let mask = reader.hexadecimal(in: line) else { return nil }
    invoker.gfpMask = mask
    invoker.gfpFlags = flags(in: line, at: &reader)
    // Kernels that print no name don't name the flags either: it is the second half of a line.
    guard invoker.name != nil || invoker.gfpFlags == nil else { return nil }
    invoker.order = value(of: "order=", in: line, from: reader.offset)
    invoker.adjustment = value(of: "oom_score_adj=", in: line, from: reader.offset)
      .flatMap { Self.adjustments.contains($0) ? $0 : nil }
    if invoker.adjustment == nil {
      let legacy =
        value(of: "oom_adj=", in: line, from: reader.offset)
        ?? value(of: "oomkilladj=", in: line, from: reader.offset)
      invoker.legacyAdjustment = legacy.flatMap { Self.legacyAdjustments.contains($0) ? $0 : nil }
    }
    return .invocation(invoker)
  }

  /// A console can show a line without its end before this one; a name has 15 bytes at most.
  private static func nameStart(in line: Span<UInt8>, before verb: Int) -> Int {
    var start = max(0, verb - 15)
    while start > 0, start < verb, line[start] & 0xC0 == 0x80 { start += 1 }
    return start
  }

  /// The names in brackets behind the mask, printed from 4.6 on.
  private static func flags(in line: Span<UInt8>, at reader: inout Reader) -> String? {
    guard reader.skip("(", in: line) else { return nil }
    let range = reader.until(UInt8(ascii: ")"), in: line)
    return line.text(in: range)
  }

  private static func value(
    of key: StaticString, in line: Span<UInt8>, from start: Int
  ) -> Int? {
    var reader = Reader(offset: start)
    guard reader.skipPast(key, in: line) else { return nil }
    return reader.integer(in: line)
  }

  /// `CPU: N PID: N Comm: C … 6.1.0 #1`, to 3.9 `Pid: N, comm: C …`: `dump_stack_print_info` in
  /// `lib/dump_stack.c`. No other line of a report names the kernel.
  static func context(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    guard
      reader.skip("Pid: ", in: line)
        || (reader.skip("CPU: ", in: line) && reader.skipPast("PID: ", in: line))
    else { return cpuset(line) ?? sysRq(line) }
    let pid = reader.natural(in: line)
    guard
      let taint = line.offset(of: "ainted", from: reader.offset)
    else { return .context(pid: pid, release: nil) }
    reader.offset = taint
    return .context(pid: pid, release: release(in: line, at: &reader))
  }

  /// The first word that begins like a version.
  private static func release(in line: Span<UInt8>, at reader: inout Reader) -> String? {
    while !reader.isAtEnd(of: line) {
      reader.skipBlanks(in: line)
      let word = reader.word(in: line)
      var digits = Reader(offset: word.lowerBound)
      if digits.natural(in: line) != nil, digits.skip(".", in: line),
        digits.natural(in: line) != nil
      {
        return line.text(in: word)
      }
    }
    return nil
  }

  /// `C cpuset=NAME mems_allowed=M`: `cpuset_print_current_mems_allowed`, 2.6.29 to 4.20.
  private static func cpuset(_ line: Span<UInt8>) -> Sentence? {
    line.offset(of: " cpuset=") != nil && line.offset(of: " mems_allowed=") != nil ? .filler : nil
  }

  /// `sysrq: SysRq : Manual OOM execution`, of which kernels print more or less: `sysrq_handle_moom` in
  /// `drivers/tty/sysrq.c`.
  private static func sysRq(_ line: Span<UInt8>) -> Sentence? {
    var reader = Reader()
    let isNamed = reader.skip("sysrq: ", in: line)
    guard reader.skip("SysRq : ", in: line) || isNamed else { return nil }
    return line.starts(with: "Manual OOM execution", at: reader.offset) ? .sysRq : nil
  }
}
