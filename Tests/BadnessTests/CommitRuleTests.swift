import Badness
import Testing

@Suite("The commit limit")
struct CommitRuleTests {
  private let modern = CommitRule.history.last

  @Test(
    "is a share of RAM without huge pages, and all swap",
    arguments: [
      // Captured from 5.10 to 7.2, 32 and 64 bits, pages of 4, 16 and 64 KiB.
      (220_256, 262_140, 0, 4, 50, 372_268), (214_408, 65_532, 0, 4, 60, 194_176),
      (154_732, 0, 0, 4, 50, 77_364), (474_400, 0, 0, 16, 50, 237_200),
      (980_608, 131_008, 0, 64, 50, 621_312), (2_051_292, 0, 0, 4, 50, 1_025_644),
      // Worked out by hand.
      (1_048_576, 0, 524_288, 4, 80, 419_428), (1_048_576, 4096, 0, 4, 150, 1_576_960),
      (1_048_576, 4096, 0, 4, 0, 4096), (0, 0, 0, 4, 50, 0),
    ])
  func share(ram: Int, swap: Int, huge: Int, page: Int, ratio: Int, expected: Int) throws {
    let machine = MemoryCapacity(
      ram: Pages(ram / page), swap: Pages(swap / page), pageSize: page * 1024)
    for rule in CommitRule.history {
      let limit = rule.limit(.init(ratio: ratio), hugePages: Pages(huge / page), on: machine)
      #expect(limit.count * page == expected)
    }
  }

  @Test(
    "is an amount from 3.14 on, in whole pages",
    arguments: [(1001, 1000), (4095, 4092), (4096, 4096), (3, 0), (1 << 40, 1 << 40)])
  func amount(kilobytes: UInt64, expected: Int) throws {
    let machine = MemoryCapacity(ram: 6_171_023, swap: 256)
    for rule in CommitRule.history {
      let settings = CommitSettings(ratio: 50, kilobytes: kilobytes)
      let limit = rule.limit(settings, hugePages: 512, on: machine)
      let isKnown = rule.since >= KernelVersion(3, 14)
      #expect(limit.count * 4 == (isKnown ? expected : 3_085_255 * 4) + 1024)
    }
  }

  @Test("is an amount in pages of any size", arguments: [(1024, 5), (512, 5), (0, 5), (2048, 2)])
  func smallPages(pageSize: Int, expected: Pages) throws {
    let machine = MemoryCapacity(ram: 1000, pageSize: pageSize)
    let settings = CommitSettings(ratio: 0, kilobytes: 5)
    #expect(try #require(modern).limit(settings, hugePages: 0, on: machine) == expected)
  }

  @Test("is half of RAM where nothing is set")
  func usual() {
    #expect(CommitSettings() == CommitSettings(ratio: 50, kilobytes: 0))
  }

  @Test("is swap alone once a write to one setting has zeroed the other")
  func zeroed() throws {
    let machine = MemoryCapacity(ram: 1000, swap: 7)
    let settings = CommitSettings(ratio: 0, kilobytes: 0)
    #expect(try #require(modern).limit(settings, hugePages: 0, on: machine) == 7)
  }

  @Test("wraps as the kernel's unsigned long does")
  func wraps() throws {
    let rule = try #require(modern)
    // Measured on 6.18: the limit of ratio -1, in KiB.
    let machine = MemoryCapacity(ram: 6_171_023)
    let endless = rule.limit(.init(ratio: -1), hugePages: 0, on: machine)
    #expect(endless.count * 4 == 737_869_762_948_135_220)
    // 16 GiB with PAE, where a ratio of 1100 is more than 32 bits hold.
    let small = MemoryCapacity(ram: 4_194_304, wordSize: .bits32)
    #expect(rule.limit(.init(ratio: 1000), hugePages: 0, on: small) == 41_943_040)
    #expect(rule.limit(.init(ratio: 1100), hugePages: 0, on: small).count == 3_187_671)
    #expect(rule.limit(.init(ratio: .min, kilobytes: 0), hugePages: 5, on: small).count >= 0)
    _ = rule.limit(.init(ratio: .max, kilobytes: .max), hugePages: .init(.max), on: machine)
    _ = rule.limit(.init(ratio: .min), hugePages: .init(.max), on: .init(ram: .init(.max)))
  }

  @Test("has a least ratio for what shall fit", arguments: [0, 1, 100, 101, 599, 600, 5000])
  func leastRatio(wanted: Int) throws {
    let rule = try #require(modern)
    let machine = MemoryCapacity(ram: 1033, swap: 100)
    let limit = Pages(wanted)
    let ratio = try #require(rule.leastRatio(reaching: limit, hugePages: 33, on: machine))
    #expect(rule.limit(.init(ratio: ratio), hugePages: 33, on: machine) >= limit)
    if ratio > 0 {
      #expect(rule.limit(.init(ratio: ratio - 1), hugePages: 33, on: machine) < limit)
    }
    #expect(rule.leastRatio(reaching: limit, hugePages: 1033, on: machine) == nil)
    #expect(rule.leastRatio(reaching: limit, hugePages: 1034, on: machine) == nil)
    #expect(rule.leastRatio(reaching: limit, hugePages: 1032, on: machine) != nil)
  }

  @Test(
    "doesn't exist before 2.6",
    arguments: [
      ("2.4.37", nil), ("2.6.0", "2.6.0"), ("3.13.11", "2.6.0"), ("7.2", "3.14"),
    ] as [(String, String?)])
  func eras(release: String, era: String?) throws {
    let kernel = try #require(KernelVersion(parsing: release))
    #expect(CommitRule.inForce(in: kernel)?.since.description == era)
  }
}
