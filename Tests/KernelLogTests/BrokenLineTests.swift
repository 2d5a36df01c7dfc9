import KernelLog
import TestSupport
import Testing

/// Lines that something has broken, or cut off, on their way.
@Suite struct BrokenLineTests {
  private static let places: [Shortage.Place] = [
    .machine, .cgroup("/user.slice", victim: "/user.slice/user@1000.service/app"),
  ]

  @Test(arguments: [62, 66, 70, 72, 76, 78, 80, 100], Era.allCases)
  func `a report that a mail program has broken at blanks is the same`(width: Int, era: Era) {
    for place in Self.places where place == .machine || era.hasCgroups {
      check(Shortage(era, in: place)) { line in Self.broken(line, atBlanksBefore: width) }
    }
  }

  @Test(arguments: [80, 100, 120, 132], Era.allCases)
  func `a report that a terminal has broken anywhere is the same`(width: Int, era: Era) {
    for place in Self.places where place == .machine || era.hasCgroups {
      check(Shortage(era, in: place)) { line in Self.cut(line, every: width) }
    }
  }

  private func check(_ shortage: Shortage, breaking: ([UInt8]) -> [[UInt8]]) {
    let log = LogStyle.dmesg.log(of: ReportComposer.records(of: shortage)).bytes
    let broken = log.split(separator: 10, omittingEmptySubsequences: false).flatMap {
      breaking(Array($0))
    }
    let found = kills(in: Array(broken.joined(separator: [10])))
    let whole = kills(in: log)
    #expect(found.count == whole.count)
    for (kill, expected) in zip(found, whole) { expectSame(kill.unwrapped, expected.unwrapped) }
  }

  private static func broken(_ line: [UInt8], atBlanksBefore width: Int) -> [[UInt8]] {
    var (lines, rest) = ([[UInt8]](), line[...])
    while rest.count > width {
      let places = rest.indices.filter { rest[$0] == 32 && $0 > rest.startIndex + 16 }
      guard let place = places.last(where: { $0 <= rest.startIndex + width }) ?? places.first else {
        break
      }
      lines.append(Array(rest[..<place]))
      rest = rest[place...].drop { $0 == 32 }
    }
    return lines + [Array(rest)]
  }

  private static func cut(_ line: [UInt8], every width: Int) -> [[UInt8]] {
    guard !line.isEmpty else { return [[]] }
    return stride(from: 0, to: line.count, by: width).map {
      Array(line[$0..<min(line.count, $0 + width)])
    }
  }

  @Test
  func `what follows a row without a prefix isn't its, where nothing shows that lines were broken`()
  {
    let log = """
      [    1.000000] x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
      [    1.000000] [ pid ]   uid  tgid total_vm      rss oom_score_adj name
      [    1.000000] [   70]     0    70       99       50             0 x
      y
      [    1.000000] Out of memory: Killed process 70 (x) total-vm:8kB

      """
    #expect(kills(in: log).map(\.report.tasks?.rows.first?.name) == ["x"])
  }

  @Test(arguments: [(4095, 5), (4096, nil)] as [(Int, Int?)])
  func `a sentence has 4095 bytes at most`(length: Int, uid: Int?) {
    let start =
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/"
    let rest = ",task=x,pid=70,uid=5"
    let path = String(repeating: "a", count: length - start.utf8.count - rest.utf8.count)
    let kills = kills(
      in:
        "[    1.000000] \(start)\(path)\n\(rest)\n[    1.000000] Killed process 70 (x) total-vm:8kB\n"
    )
    #expect(kills.map(\.report.summary?.uid) == [uid])
  }
}
