import Rendering
import Testing

@testable import Processes
@testable import WatchScreen

@Suite("Meters")
struct MeterLinesTests {
  private static let mebibyte = 1 << 20

  private func amount(_ used: Int, of total: Int) -> MemoryLevels.Amount? {
    MemoryLevels.Amount(used * Self.mebibyte, of: total * Self.mebibyte)
  }

  /// The lines of a state that lasts for some looks.
  private func lines(_ width: Int, looks: Int = 1, _ change: (inout MemoryLevels) -> Void) throws
    -> [StyledLine]
  {
    var sample = Sample()
    change(&sample.memory)
    for look in 0..<looks { sample.trends.append(sample.memory, at: Int64(look)) }
    return MeterLines(sample: sample, context: try MadeSample().context, width: width).lines
  }

  @Test(
    "have room for less and less",
    arguments: [
      (14, "Mem   75 %"), (15, "Mem   75 % ██▎"), (33, "Mem   75 % ███████████████▊·····"),
      (34, "Memory    ████████████▊····   75 %"), (37, "Memory    ███████████████·····   75 %"),
      (38, "Memory    ███████████████·····   75 %"), (59, "Memory    ███████████████·····   75 %"),
      (60, "Memory     750M of 1000M  ████████████····   75 %        ▆▆▆"),
      (120, "Memory     750M of 1000M  ████████████····   75 %  \(blanks(57))▆▆▆"),
    ])
  func room(width: Int, line: String) throws {
    let lines = try lines(width, looks: 3) { $0.memory = amount(750, of: 1000) }
    #expect(lines[0].string == line)
  }

  @Test(
    "round to whole percents",
    arguments: [(4, "0 %"), (5, "1 %"), (994, "99 %"), (995, "100 %"), (1000, "100 %")])
  func percents(thousandths: Int, percent: String) throws {
    let lines = try lines(60) { $0.swap = amount(thousandths, of: 1000) }
    #expect(lines[1].string.contains(" \(percent)  "))
  }

  @Test("are there for what isn't known, too, but for low memory")
  func unknown() throws {
    let lines = try lines(60) { _ in }
    #expect(
      lines.map { $0.string.prefix(49) } == [
        "Memory    -                                     -",
        "Swap      none                                  -",
        "Pressure  -                                     -",
        "Commit    -                                     -",
      ])
    let low = try self.lines(33) { $0.low = amount(1, of: 2) }
    #expect(low.map { $0.string.prefix(4) } == ["Mem ", "Low ", "Swap", "Psi ", "Com "])
  }

  @Test(
    "of pressure stand out when all tasks stand still for long",
    arguments: [
      (nil, "", .plain), (499, "full 5.0 %", .plain), (500, "full 5.0 %", .notice),
      (5999, "full 60.0 %", .notice), (6000, "full 60.0 %", .danger),
    ] as [(Int?, String, StyledLine.Style)])
  func pressure(full: Int?, words: String, style: StyledLine.Style) throws {
    let line = try lines(60) {
      $0.somePressure = 7500
      $0.fullPressure = full
    }[2]
    #expect(line.string.hasPrefix("Pressure  \(words)\(blanks(16 - words.count))████████████····"))
    #expect(line.pieces.contains { $0.text == "████████████····" && $0.style == style })
  }

  @Test(
    "stand out as the findings do",
    arguments: [(11, .plain), (10, .notice), (5, .danger)] as [(Int, StyledLine.Style)])
  func level(left: Int, style: StyledLine.Style) throws {
    let line = try lines(34) {
      $0.memory = amount(100 - left, of: 100)
      $0.available = left * Self.mebibyte
    }[0]
    #expect(line.pieces[2].style == style)
  }
}

private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
