import Rendering

/// What a terminal shows after what was written to it: as much of xterm as a program's screen needs.
struct EmulatedTerminal {
  private(set) var width: Int
  private(set) var height: Int
  private var cells: [[Character]]
  /// The one that is left behind for another screen.
  private var saved: [[Character]]?
  private var row = 0
  private var column = 0
  private(set) var isCursorVisible = true
  private(set) var wrapsLines = true
  /// Whether the looks of text are as they were at first.
  private(set) var isPlain = true
  private var pending: [UInt8] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Self.blank(width, height)
  }

  private static func blank(_ width: Int, _ height: Int) -> [[Character]] {
    [[Character]](repeating: [Character](repeating: " ", count: width), count: height)
  }

  /// Whether a program has a screen of its own.
  var isAlternate: Bool { saved != nil }

  /// Its lines, without blanks at their ends.
  var lines: [String] {
    cells.map { line in
      let text = String(line.filter { $0 != Self.secondHalf })
      return text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
    }
  }

  var text: String { lines.joined(separator: "\n") }

  private static let secondHalf: Character = "\u{0}"

  mutating func resize(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Self.blank(width, height)
    (row, column) = (0, 0)
  }

  mutating func write(_ bytes: [UInt8]) {
    pending += bytes
    while let length = lengthOfNext() {
      act(on: Array(pending.prefix(length)))
      pending.removeFirst(length)
    }
  }

  /// Bytes of the next character or sequence; `nil` while it isn't whole.
  private func lengthOfNext() -> Int? {
    guard let first = pending.first else { return nil }
    if first == 0x1B {
      guard pending.count > 1 else { return nil }
      guard pending[1] == 0x5B else { return 2 }
      return pending.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
    }
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return pending.count >= length ? length : nil
  }

  private mutating func act(on bytes: [UInt8]) {
    switch bytes[0] {
    case 0x1B where bytes.count > 2: sequence(String(decoding: bytes.dropFirst(2), as: UTF8.self))
    case 0x0D: column = 0
    case 0x0A: lineFeed()
    case 0x08: column = max(0, column - 1)
    case 0x20...: put(Character(String(decoding: bytes, as: UTF8.self)))
    default: break
    }
  }

  private mutating func lineFeed() {
    row += 1
    guard row >= height else { return }
    row = height - 1
    cells.removeFirst()
    cells.append([Character](repeating: " ", count: width))
  }

  private mutating func put(_ character: Character) {
    let columns = String(character).displayWidth
    if column + columns > width {
      guard wrapsLines else { return }
      column = 0
      lineFeed()
    }
    guard columns > 0, column + columns <= width else { return }
    cells[row][column] = character
    if columns == 2 { cells[row][column + 1] = Self.secondHalf }
    column += columns
  }

  private mutating func sequence(_ text: String) {
    let numbers = text.dropLast().split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) ?? 1 }
    switch text.last {
    case "H":
      row = min(max(numbers[0], 1), height) - 1
      column = min(max(numbers.count > 1 ? numbers[1] : 1, 1), width) - 1
    case "J": cells = Self.blank(width, height)
    case "K": for index in column..<width { cells[row][index] = " " }
    case "m": isPlain = text == "0m" || text == "m"
    case "h", "l": set(text.dropLast(), to: text.last == "h")
    default: break
    }
  }

  private mutating func set(_ mode: Substring, to isOn: Bool) {
    switch mode {
    case "?7": wrapsLines = isOn
    case "?25": isCursorVisible = isOn
    case "?1049" where isOn && saved == nil:
      saved = cells
      cells = Self.blank(width, height)
    case "?1049" where !isOn:
      cells = saved ?? cells
      saved = nil
    default: break
    }
  }
}
