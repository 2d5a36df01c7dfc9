import Testing

@testable import Rendering

@Suite("A screen")
struct ScreenTests {
  private func screen(_ lines: [String], width: Int = 10, height: Int = 3) -> Screen {
    Screen(lines.map { StyledLine($0) }, width: width, height: height)
  }

  private func update(_ old: [String]?, _ new: [String]) -> String {
    screen(new).update(from: old.map { screen($0) }, in: .color).string
  }

  @Test("shows what fits")
  func cut() {
    #expect(screen(["0123456789ab", "x", "", "below"]).rows == ["0123456789", "x", ""])
    #expect(screen(["日本語のなまえ"], width: 9, height: 1).rows == ["日本語の"])
  }

  @Test("of no size stops nothing", arguments: [(0, 0), (0, 5), (5, 0), (-1, -1), (1, 1)])
  func small(width: Int, height: Int) {
    let screen = Screen([StyledLine("日本"), StyledLine("x")], width: width, height: height)
    #expect(screen.rows.allSatisfy { $0.isEmpty })
    #expect(!screen.update(from: nil, in: .color).bytes.isEmpty)
  }

  @Test("is written whole where nothing is known of the terminal")
  func first() {
    #expect(
      update(nil, ["one", "", "three"])
        == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H\u{1B}[0mone\u{1B}[3;1Hthree")
    #expect(
      screen(["x"]).update(from: screen(["x"], width: 11), in: .color).string
        .hasPrefix("\u{1B}[0m\u{1B}[2J"))
  }

  @Test(
    "writes only what has changed",
    arguments: [
      (["one", "two"], ["one", "two"], ""),
      (["one", "two"], ["one", "twx"], "\u{1B}[2;3H\u{1B}[0mx"),
      (["one"], [""], "\u{1B}[1;1H\u{1B}[0m   "),
      (["a        b"], ["x        y"], "\u{1B}[1;1H\u{1B}[0mx\u{1B}[1;10Hy"),
      (["a  b"], ["x  y"], "\u{1B}[1;1H\u{1B}[0mx  y"),
    ])
  func change(old: [String], new: [String], written: String) {
    #expect(update(old, new) == written)
  }

  @Test("sets pieces off as the terminal can")
  func styles() {
    var line = StyledLine("a")
    line.append("b", .danger)
    line.append("c", .selected)
    let screen = Screen([line], width: 3, height: 1)
    let start = "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H"
    #expect(
      screen.update(from: nil, in: .color).string
        == "\(start)\u{1B}[0ma\u{1B}[0;31mb\u{1B}[0;7mc\u{1B}[0m")
    #expect(
      screen.update(from: nil, in: .monochrome).string
        == "\(start)\u{1B}[0ma\u{1B}[0;1mb\u{1B}[0;7mc\u{1B}[0m")
  }

  @Test("tells the place anew behind what terminals disagree about")
  func wide() {
    let text = screen(["日x"]).update(from: screen([]), in: .color).string
    #expect(text == "\u{1B}[1;1H\u{1B}[0m日\u{1B}[1;3Hx")
    // Half of it can't be replaced.
    #expect(
      screen(["日本"]).update(from: screen(["日x"]), in: .color).string
        == "\u{1B}[1;3H\u{1B}[0m本\u{1B}[1;5H")
  }

  @Test("has question marks for what the terminal doesn't know")
  func ascii() {
    let line = StyledLine("é日…")
    #expect(Screen([line], width: 9, height: 1, isASCII: true).rows == ["??~"])
  }

  @Test("holds nothing that a terminal would act on")
  func hostile() {
    let line = StyledLine("\u{1B}[2J\n\u{202E}\u{9B}1m")
    let text = Screen([line], width: 60, height: 1).update(from: nil, in: .color).string
    let rest = text.split(separator: "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H\u{1B}[0m").joined()
    #expect(rest == "\\x1b[2J\\n\\u202e\\x9b1m")
  }

  @Test("that follows another makes the terminal the same as if drawn anew", arguments: 0..<200)
  func anyChange(seed: Int) {
    var generator = Pseudorandom(state: UInt64(seed) &* 7919 &+ 1)
    var terminal: [String]?
    var old: Screen?
    for _ in 0..<5 {
      let lines = (0..<3).map { _ in
        StyledLine(String((0..<10).map { _ in "ab 日é".randomElement(using: &generator) ?? " " }))
      }
      let new = Screen(lines, width: 10, height: 3)
      let shown = Cells(width: 10, height: 3, from: terminal)
      terminal = shown.after(new.update(from: old, in: .color).string)
      #expect(
        terminal
          == Cells(width: 10, height: 3, from: nil).after(
            new.update(from: nil, in: .color).string))
      old = new
    }
  }
}

/// Numbers that are the same in each run.
private struct Pseudorandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}

/// A terminal that knows what a screen writes, and no more: cells with a wide character's second one empty.
private struct Cells {
  let width: Int
  let height: Int
  let cells: [String]

  init(width: Int, height: Int, from cells: [String]?) {
    self.width = width
    self.height = height
    self.cells = cells ?? [String](repeating: "?", count: width * height)
  }

  func after(_ text: String) -> [String] {
    var cells = cells
    var place = 0
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "\u{1B}" {
        let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
        let numbers = rest[..<end].dropFirst().split(separator: ";").compactMap { Int($0) }
        if rest[end] == "J" { cells = cells.map { _ in " " } }
        if rest[end] == "H" { place = (numbers[0] - 1) * width + numbers[1] - 1 }
        rest = rest[rest.index(after: end)...]
      } else {
        cells[place] = String(character)
        if character.displayWidth == 2 { cells[place + 1] = "" }
        place += character.displayWidth
      }
    }
    return cells
  }
}
