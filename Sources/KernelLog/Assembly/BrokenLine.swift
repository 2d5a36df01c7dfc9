import DaemonLog
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
  /// True where its prefix says that it is the kernel's.
  let isKernels: Bool

  /// A sentence isn't longer, nor in more pieces.
  static let longest = (bytes: 4096, pieces: 12)

  init(
    _ text: Span<UInt8>, _ stamp: Stamp, line: Int, width: Int, isFragment: Bool = false,
    isKernels: Bool = false
  ) {
    self.text = text.array
    self.stamp = stamp
    self.line = line
    self.width = width
    self.isFragment = isFragment
    self.isKernels = isKernels
  }

  /// Goes on with a piece, if that can belong to it, and tells the sentence so far; `nil` in it where there is none
  /// yet.
  mutating func take(
    _ piece: Span<UInt8>, width pieceWidth: Int, in list: Sentence.List, _ fold: inout Fold
  ) -> Sentence?? {
    guard pieces < Self.longest.pieces, text.count + piece.count < Self.longest.bytes else {
      return nil
    }
    let isFull = fold.isFull(width)
    let isOwn = Sentence.read(piece, in: list) != nil
    guard !isOwn || isFull || Sentence.goesOn(piece, after: text.span) else { return nil }
    let before = Sentence.read(text.span, in: list)
    let canBeBroken = fold.breaksWords(at: width) || isTooLong(piece, fold)
    let readings = joints(to: piece, fold.breaksWords(at: width)).compactMap { joint in
      let whole = text + joint + piece.array
      return Sentence.read(whole.span, in: list)
        .flatMap { $0.says(moreThan: before, canBeBroken) ? $0 : nil }
        .map { Reading(joint: joint, whole: whole, sentence: $0) }
    }
    if let best = readings.max(by: { $0.sentence.weight < $1.sentence.weight }) {
      if readings.contains(where: { $0.sentence.weight < best.sentence.weight }) {
        fold.noteJoint(isInWord: best.joint.isEmpty)
      }
      grow(to: best.whole, pieceWidth, &fold)
      return best.sentence
    }
    guard isFragment, before == nil, !isOwn else { return nil }
    let joint = joints(to: piece, fold.breaksWords(at: width))[0]
    grow(to: text + joint + piece.array, pieceWidth, &fold)
    return .some(nil)
  }

  /// A way to put two pieces together.
  private struct Reading {
    let joint: [UInt8]
    let whole: [UInt8]
    let sentence: Sentence
  }

  private mutating func grow(to whole: [UInt8], _ pieceWidth: Int, _ fold: inout Fold) {
    fold.noteBreak(at: width)
    text = whole
    width = pieceWidth
    pieces += 1
  }

  /// What may stand between it and a piece, the likelier first.
  private func joints(to piece: Span<UInt8>, _ breaksWords: Bool) -> [[UInt8]] {
    guard text.last?.isBlank != true, piece.count > 0, !piece[0].isBlank else { return [[]] }
    let blank = [UInt8(ascii: " ")]
    return breaksWords ? [[], blank] : [blank, []]
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
    case (.context(_, let before), .context(_, let release)):
      release != nil && release?.utf8.contains(UInt8(ascii: "#")) == false
        && (before == nil || canBeBroken)
    case (.tableHeader(let before), .tableHeader(let columns)):
      columns.count(where: TaskColumns.isKnown) >= before.count(where: TaskColumns.isKnown)
    case (.cgroup(.statistics(_, let before)), .cgroup(.statistics(_, let after))):
      after.count > before.count || canBeBroken && after != before
    case (.summary(let before), .summary(let summary)):
      before.uid == nil && summary.uid != nil || canBeBroken && summary != before
    default: true
    }
  }
}

extension Sentence {
  /// The number of things that it tells: of two ways to join its pieces the one that tells more is right.
  fileprivate var weight: Int {
    switch self {
    case .kill(let victim, _): victim.weight
    case .summary(let summary): summary.weight
    case .tableHeader(let columns): columns.count(where: TaskColumns.isKnown)
    case .context(_, let release): release == nil ? 0 : 1
    case .invocation(let invoker):
      invoker.adjustment != nil ? 2 : invoker.legacyAdjustment != nil ? 1 : 0
    case .zone(let zone): zone.sizes.count
    case .blocks(_, _, let blocks): blocks.count { !$0.kinds.isEmpty } + blocks.count
    default: 0
    }
  }
}

extension Victim {
  fileprivate func says(moreThan other: Victim) -> Bool { self != other && weight >= other.weight }

  fileprivate var weight: Int {
    [totalVM, anonymous, file, shared, pageTables].count { $0 != nil }
      + [adjustment, uid].count { $0 != nil }
  }
}

extension Summary {
  fileprivate var weight: Int {
    [nodes, cpuset, allowedNodes, limitCgroup, taskCgroup, name].count { $0 != nil }
      + [pid, uid].count { $0 != nil } + (isGlobal ? 1 : 0)
  }
}
