import Testing

@testable import KernelLog

@Suite("Lines that could have to do with a kill")
struct LineFinderTests {
  @Test(
    "are found by their words, wherever these stand",
    arguments: [
      ("oom-kill", 0), ("oom_reaper", 0), ("oomd", 0), ("panic_on_oom", 9), ("earlyoom", 5),
      ("killed ", 1), ("Killed ", 1), ("kill process", 1), ("Killed, status=9", 1),
      ("killable process", 1), ("kill init!", 1), ("killing process", 1), ("killing due", 1),
      ("killing '", 1), ("Kill '", 1), ("killer: ", 1), ("kill to", 1), ("kill failed", 1),
      ("Mem-Info", 2), ("Mem-info", 2), ("failcnt ", 3), ("SIGKILL", 1), ("SIGTERM", 1),
      ("MESSAGE\":[", 7),
    ])
  func telling(words: String, place: Int) {
    for before in 0..<36 {
      for after in [0, 1, 2, 15, 16, 17, 18, 19, 40] {
        let text =
          [UInt8](repeating: 46, count: before) + words.utf8 + [UInt8](repeating: 46, count: after)
        for start in [0, before / 2, before] {
          #expect(LineFinder.nextHit(in: text.span, from: start) == before + place)
        }
        #expect(LineFinder.nextHit(in: text.span, from: before + place + 1) == nil)
      }
    }
  }

  @Test(
    "aren't those that only look a little like them",
    arguments: [
      "room", "oom", "oo", "oom ", "xoom-", "will ", "ill process", "skill", "killjoy", "kill",
      "killed", "kil",
      "em-Info", "Mem-", "xem-i", "m-i", "m-I", "failcnt", "ailcnt ", "lcn", "IGKILL", "SIGKIL",
      "SIGKxLL",
      "IGTERM", "SIGHUP", "\":[", "ESSAGE\":[", "MESSAGE\":", "yoom", "arlyoo", "Bill process",
    ])
  func others(words: String) {
    for before in 0..<20 {
      for after in [0, 1, 17, 40] {
        let text =
          [UInt8](repeating: 46, count: before) + words.utf8 + [UInt8](repeating: 46, count: after)
        #expect(LineFinder.nextHit(in: text.span, from: 0) == nil)
      }
      #expect(LineFinder.nextHit(in: Array(words.utf8).span, from: 0) == nil)
    }
  }

  @Test("are counted, and end where they end, in whatever part of a text")
  func ends() {
    let text = (0..<70).map { UInt8($0 % 7 == 3 || $0 % 31 == 0 || 33...36 ~= $0 ? 10 : 46) }
    for start in 0...text.count {
      for end in start...text.count {
        let part = text[start..<end]
        #expect(LineFinder.countLineEnds(in: text.span, start..<end) == part.count { $0 == 10 })
        #expect(
          LineFinder.lastLineEnd(in: text.span, from: start, before: end) == part.lastIndex(of: 10))
      }
    }
  }
}
