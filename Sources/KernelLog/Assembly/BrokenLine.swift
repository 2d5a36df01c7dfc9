import LogLines

/// A line that the next one may go on with.
struct BrokenLine {
  private(set) var text: [UInt8]
  let stamp: Stamp
  let line: Int
  /// The width of its last piece, with what stands before the message.
  private var width: Int
  private var pieces = 1
  /// True where it is no sentence without what follows.
  let isFragment: Bool

  /// A sentence isn't longer, nor in more pieces.
  static let longest = (bytes: 4096, pieces: 12)

  init(_ text: Span<UInt8>, _ stamp: Stamp, line: Int, width: Int, isFragment: Bool = false) {
    self.text = text.array
    self.stamp = stamp
    self.line = line
    self.width = width
    self.isFragment = isFragment
  }

  /// Goes on with a piece, if that can belong to it, and tells the sentence so far; `nil` in it where there is none
  /// yet.
  mutating func take(
    _ piece: Span<UInt8>, width pieceWidth: Int, in list: Sentence.List, _ fold: inout Fold
  ) -> Sentence?? {
    guard pieces < Self.longest.pieces, text.count + piece.count < Self.longest.bytes else {
      return nil
    }
    if Sentence.read(piece, in: list) != nil, !Sentence.goesOn(piece, after: text.span) {
      return nil
    }
    let before = Sentence.read(text.span, in: list)
    let isFull = fold.isFull(width)
    for joint in joints(to: piece, isFull) {
      let whole = text + joint + piece.array
      let sentence = Sentence.read(whole.span, in: list)
      guard let sentence else { continue }
      guard sentence.says(moreThan: before, isFull || isTooLong(piece, fold)) else { continue }
      grow(to: whole, pieceWidth, &fold)
      return sentence
    }
    guard isFragment, before == nil else { return nil }
    grow(to: text + joints(to: piece, isFull)[0] + piece.array, pieceWidth, &fold)
    return .some(nil)
  }

  private mutating func grow(to whole: [UInt8], _ pieceWidth: Int, _ fold: inout Fold) {
    fold.noteBreak(at: width)
    text = whole
    width = pieceWidth
    pieces += 1
  }

  /// What may stand between it and a piece, the likelier first.
  private func joints(to piece: Span<UInt8>, _ isFull: Bool) -> [[UInt8]] {
    guard text.last?.isBlank != true, piece.count > 0, !piece[0].isBlank else { return [[]] }
    let blank = [UInt8(ascii: " ")]
    return isFull ? [[], blank] : [blank, []]
  }

  private func isTooLong(_ piece: Span<UInt8>, _ fold: Fold) -> Bool {
    var reader = Reader()
    return fold.isTooLong(reader.word(in: piece).count, behind: width)
  }
}

extension Sentence {
  /// True where it says more than another, of which it is a continuation. A name alone that grows is more only
  /// where the line can have been broken.
  fileprivate func says(moreThan before: Sentence?, _ canBeBroken: Bool) -> Bool {
    switch (before, self) {
    case (.row, .row(let row)): canBeBroken && row.name.utf8.count <= 15
    case (_, .row(let row)): row.name.utf8.count <= 15
    case (.kill(let before, _), .kill(let victim, _)): victim.says(moreThan: before)
    case (.summary(let before), .summary(let summary)):
      before.uid == nil && summary.uid != nil || canBeBroken && summary != before
    default: true
    }
  }
}

extension Victim {
  fileprivate func says(moreThan other: Victim) -> Bool { self != other && sizes >= other.sizes }

  /// The number of things that are known.
  private var sizes: Int {
    [totalVM, anonymous, file, shared, pageTables].count { $0 != nil } + (adjustment == nil ? 0 : 1)
      + (uid == nil ? 0 : 1)
  }
}
