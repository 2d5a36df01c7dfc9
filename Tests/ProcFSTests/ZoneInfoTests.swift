import Testing

@testable import ProcFS

@Suite("The zones of memory nodes")
struct ZoneInfoTests {
  @Test("add up to nodes")
  func nodes() throws {
    let text = """
      Node 0, zone      DMA
        per-node stats
            nr_inactive_anon 0
        pages free     3840
              spanned  4095
              present  3998
              protection: (0, 935)
      Node 0, zone   Normal
              spanned  1000
              present  900
      Node 2, zone  Movable
              spanned  70
              present  60

      """
    let info = try #require(ZoneInfo(text: text))
    #expect(info.zones.map(\.name) == ["DMA", "Normal", "Movable"])
    #expect(info.nodes.map(\.number) == [0, 2])
    #expect(info.nodes.map(\.spannedPages) == [5095, 70])
    #expect(info.nodes.map(\.presentPages) == [4898, 60])
  }

  @Test("are read in each kernel's format", arguments: KernelFormat.allCases)
  func formats(format: KernelFormat) throws {
    let zone = try #require(ZoneInfo(text: format.text)?.zones.first)
    #expect(zone.freePages == 12985)
    #expect(zone.minPages == 10397 && zone.lowPages == 12996 && zone.highPages == 15595)
    #expect(zone.spannedPages == 221_182 && zone.presentPages == 221_182)
    #expect(zone.managedPages == (format == .old || format == .middle ? nil : 210_005))
    #expect(zone.size == zone.managedPages ?? 221_182)
    #expect(zone.protection == [0, 0, 9343, 9343])
    #expect(zone.reservedPages == 9343)
    #expect(zone.cachePages == (format == .old ? nil : 77))
  }

  @Test(
    "lack what isn't there",
    arguments: ["Node 0, zone DMA", "Node 0, zone DMA\n  pages free", "Node 0, zone DMA\n  min -1"])
  func cutOff(text: String) throws {
    let zone = try #require(ZoneInfo(text: text)?.zones.first)
    #expect(zone == ZoneInfo.Zone(node: 0, name: "DMA"))
    #expect(zone.freePages(above: zone.minPages, keptFrom: nil) == nil)
  }

  @Test(
    "hold no more than any machine has",
    arguments: ["99999999999999999999", "9223372036854775807", "18446744073709551615"])
  func huge(number: String) throws {
    let text = """
      Node 0, zone DMA
        pages free \(number)
          min \(number)
          spanned \(number)
          managed \(number)
          protection: (\(number), \(number)
          nr_zone_inactive_file \(number)
          nr_zone_active_file \(number)
      """
    let zone = try #require(ZoneInfo(text: text)?.zones.first)
    let most = 1 << 48
    #expect(zone.freePages == most && zone.minPages == most && zone.spannedPages == most)
    #expect(zone.managedPages == most && zone.protection == [most, most])
    #expect(zone.cachePages == 2 * most)
    #expect(zone.freePages(above: zone.minPages, keptFrom: nil) == 0)
  }

  @Test(
    "keep pages from requests that others can serve",
    arguments: [
      (0, 900), (1, 83), (2, 0), (nil, 0), (7, 900),
    ] as [(Int?, Int)])
  func reserve(index: Int?, expected: Int) {
    var zone = ZoneInfo.Zone(node: 0, name: "DMA")
    zone.freePages = 1090
    zone.protection = [0, 817, 1985, 1985]
    #expect(zone.freePages(above: 190, keptFrom: index) == expected)
  }

  @Test("have no less than nothing free, and nothing known without both numbers")
  func free() {
    var zone = ZoneInfo.Zone(node: 0, name: "DMA")
    #expect(zone.freePages(above: 5, keptFrom: nil) == nil && zone.reservedPages == nil)
    zone.freePages = 100
    #expect(zone.freePages(above: nil, keptFrom: nil) == nil)
    #expect(zone.freePages(above: 100, keptFrom: nil) == 0)
    #expect(zone.freePages(above: 99, keptFrom: nil) == 1)
    #expect(zone.freePages(above: 101, keptFrom: 0) == 0)
    #expect(zone.freePages(above: 0, keptFrom: 3) == 100)
  }

  @Test("are populated where they have pages to hand out, or are present")
  func populated() throws {
    let text = """
      Node 0, zone A
        present 5
        managed 0
      Node 0, zone B
        present 5
      Node 0, zone C
        present 0
      Node 0, zone D
        present 0
        managed 1

      """
    let info = try #require(ZoneInfo(text: text))
    #expect(info.populated.map(\.name) == ["B", "D"])
  }

  @Test("keep pages from as many zones as any kernel has")
  func manyZones() throws {
    let numbers = (1...20).map(String.init).joined(separator: ", ")
    let text = "Node 0, zone A\n  protection: (\(numbers))\n"
    #expect(try #require(ZoneInfo(text: text)).zones[0].protection == Array(1...16))
    let short = "Node 0, zone A\n  protection: (1, x, 3)\n"
    #expect(try #require(ZoneInfo(text: short)).zones[0].protection == [1])
  }

  @Test(
    "serve the kernel itself up to one",
    arguments: [
      (["DMA", "Normal", "HighMem", "Movable"], 1), (["DMA", "DMA32", "Normal", "Movable"], 2),
      (["DMA", "DMA32"], 1), (["Normal", "Movable"], 0), (["HighMem"], 0),
      (["DMA", "DMA32", "Normal", "Normal"], 2),
    ])
  func kernelIndex(names: [String], expected: Int) throws {
    let text = names.map { "Node 0, zone \($0)\n" }.joined()
    #expect(try #require(ZoneInfo(text: text)).kernelIndex == expected)
  }

  @Test(
    "are refused as something else", arguments: ["", "\n", "MemTotal: 1 kB\n", "Node x, zone D\n"])
  func malformed(text: String) {
    #expect(ZoneInfo(text: text) == nil)
  }
}

/// How kernels print the same zone.
enum KernelFormat: CaseIterable {
  /// 2.6.12
  case old
  /// 2.6.32
  case middle
  /// 4.4
  case beforeNodes
  /// 6.1
  case modern
  /// 7.2
  case newest

  private var head: String { "Node 0, zone   Normal\n" }

  private var marks: String {
    """
          min      10397
          low      12996
          high     15595

    """
  }

  private var pagesets: String {
    """
      pagesets
        cpu: 0
                  count: 948
                  low: 1
                  high:  12996
                  high_min: 5
                  batch: 63
                  min 3
                  high 4
      start_pfn:           4096

    """
  }

  private var nodeStatistics: String {
    """
      per-node stats
          nr_inactive_file 4000
          nr_active_file 5000

    """
  }

  private var sizes: String { "        spanned  221182\n        present  221182\n" }
  private var managed: String { "        managed  210005\n" }
  private var protection: String { "        protection: (0, 0, 9343, 9343)\n" }
  private var free: String { "  pages free     12985\n" }

  private func cache(_ prefix: String) -> String {
    "    \(prefix)inactive_anon 9\n    \(prefix)inactive_file 70\n    \(prefix)active_file 7\n"
  }

  var text: String {
    switch self {
    case .old:
      head + free + marks
        + "        active   5\n        inactive 6\n        scanned  0 (a: 0 i: 0)\n"
        + sizes + protection + pagesets
    case .middle:
      head + free + marks + "        scanned  0\n" + sizes + cache("nr_") + protection + pagesets
    case .beforeNodes:
      head + free + marks + "        scanned  0\n" + sizes + managed + cache("nr_") + protection
        + pagesets
    case .modern:
      head + nodeStatistics + free + "        boost    0\n" + marks + sizes + managed
        + "        cma      0\n" + protection + cache("nr_zone_") + pagesets
    case .newest:
      head + nodeStatistics + free + "        boost    0\n" + marks + "        promo    18194\n"
        + sizes + managed + "        cma      0\n" + protection + cache("nr_zone_") + pagesets
    }
  }
}
