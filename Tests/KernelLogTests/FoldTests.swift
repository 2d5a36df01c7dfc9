import Testing

@testable import KernelLog

@Suite("The width at which lines were broken")
struct FoldTests {
  private func fold(lines: [Int], breaks: [Int] = []) -> Fold {
    var fold = Fold()
    for width in lines { fold.note(width: width) }
    for width in breaks { fold.noteBreak(at: width) }
    return fold
  }

  @Test("is a terminal's, or one at which several in a row were")
  func full() {
    for width in [80, 100, 120, 128, 132, 160, 200] {
      #expect(fold(lines: [width, 20]).isFull(width))
      #expect(!fold(lines: [width, width + 1]).isFull(width))
      #expect(!fold(lines: [width + 1]).isFull(width + 1))
      #expect(!fold(lines: [width - 1]).isFull(width - 1))
    }
    for (breaks, isFull) in [
      ([], false), ([77], false), ([77, 77], true), ([77, 77, 77], true),
      ([77, 77, 70], false), ([70, 70], false), ([77, 70, 77], false), ([77, 70, 70], false),
    ] as [([Int], Bool)] {
      #expect(fold(lines: [77], breaks: breaks).isFull(77) == isFull, "\(breaks)")
    }
    #expect(!fold(lines: [77, 90], breaks: [77, 77]).isFull(77))
  }

  @Test("is the widest that is known, behind which a word didn't fit")
  func tooLong() {
    for (width, word, isTooLong) in [(70, 6, false), (70, 7, true), (77, 1, true), (0, 76, false)] {
      #expect(fold(lines: [90], breaks: [77, 60]).isTooLong(word, behind: width) == isTooLong)
      #expect(!fold(lines: [90]).isTooLong(word, behind: width))
    }
    #expect(fold(lines: [], breaks: [60, 77, 60]).limit == 77)
  }

  @Test("shows where words are broken, unless a line has shown it itself")
  func words() {
    var fold = fold(lines: [80])
    #expect(fold.breaksWords(at: 80) && !fold.breaksWords(at: 79))
    fold.noteJoint(isInWord: false)
    #expect(!fold.breaksWords(at: 80))
    fold.noteJoint(isInWord: true)
    #expect(fold.breaksWords(at: 79))
  }
}
