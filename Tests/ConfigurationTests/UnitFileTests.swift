import Configuration
import Testing

@Suite("A unit's file")
struct UnitFileTests {
  @Test(
    "says which adjustment its service has",
    arguments: [
      ("OOMScoreAdjust=-900", -900), ("OOMScoreAdjust=-900\n", -900), ("OOMScoreAdjust=+9", 9),
      ("  OOMScoreAdjust \t=  5\t \n", 5), ("OOMScoreAdjust=5\r\n", 5),
      ("Nice=1\rOOMScoreAdjust=5", 5),
      ("OOMScoreAdjust=1\nOOMScoreAdjust=2", 2), ("OOMScoreAdjust=0", 0),
      ("OOMScoreAdjust=0x10", 16), ("OOMScoreAdjust=-010", -8), ("OOMScoreAdjust=1000", 1000),
      // What can't be read changes nothing.
      ("OOMScoreAdjust=1\nOOMScoreAdjust=2000", 1), ("OOMScoreAdjust=1\nOOMScoreAdjust=x", 1),
      ("OOMScoreAdjust=1\nOOMScoreAdjust", 1), ("OOMScoreAdjust=1\nOOMScoreAdjust=2 # why", 1),
      ("OOMScoreAdjust=1\nOOMScoreAdjust==2", 1), ("OOMScoreAdjust=1\nOOMScoreAdjust=--2", 1),
      ("OOMScoreAdjust=1\noomscoreadjust=2", 1), ("OOMScoreAdjust=1\nOOMScoreAdjust=0x-2", 1),
      ("OOMScoreAdjust=1\nOOMScoreAdjust=99999999999999999999", 1),
      // Empty takes it back.
      ("OOMScoreAdjust=1\nOOMScoreAdjust=", nil), ("OOMScoreAdjust=1\nOOMScoreAdjust= \t\n", nil),
      ("OOMScoreAdjust=\nOOMScoreAdjust=3", 3), ("", nil),
    ])
  func assignments(text: String, adjustment: Int?) {
    #expect(DropIn.adjustment(in: Array("[Service]\n\(text)".utf8)) == adjustment)
  }

  @Test(
    "says it among its settings for services only",
    arguments: [
      ("OOMScoreAdjust=5", nil), ("[Unit]\nOOMScoreAdjust=5", nil),
      ("[Service]\n[Install]\nOOMScoreAdjust=5", nil),
      ("[Unit]\nA=b\n\n  [Service] \nOOMScoreAdjust=5\n[Install]\nOOMScoreAdjust=6", 5),
      ("[Service]\nOOMScoreAdjust=5\n[X]\n[Service]\nOOMScoreAdjust=6", 6),
      ("[service]\nOOMScoreAdjust=5", nil), ("[ Service ]\nOOMScoreAdjust=5", nil),
      ("[Service]\nOOMScoreAdjust=5\n[Broken\n[Service]\nOOMScoreAdjust=6", 5),
      ("\u{feff}[Service]\nOOMScoreAdjust=5", 5),
    ])
  func sections(text: String, adjustment: Int?) {
    #expect(DropIn.adjustment(in: Array(text.utf8)) == adjustment)
  }

  @Test(
    "may continue a line, and comment it",
    arguments: [
      ("#OOMScoreAdjust=5", nil), (" ; OOMScoreAdjust=5", nil), ("# x\\\nOOMScoreAdjust=5", 5),
      ("OOMScoreAdjust=\\\n5", 5), ("OOMScoreAdjust=\\\r\n  5\r\n", 5), ("OOMScoreAdjust\\\n=5", 5),
      ("OOMScoreAdjust=\\\n# why\n; because\n5", 5), ("OOMScoreAdjust=\\\n\n5", nil),
      ("Environment=A\\\nOOMScoreAdjust=5", nil), ("Environment=A\\\\\nOOMScoreAdjust=5", 5),
      ("Environment=A\\ \nOOMScoreAdjust=5", 5), ("OOMScoreAdjust=5\\", 5),
      ("OOMScoreAdjust=1\\\n2", nil), ("A=b\0OOMScoreAdjust=5", 5),
      ("A=b\\\n\rOOMScoreAdjust=5", nil),
    ])
  func continuations(text: String, adjustment: Int?) {
    #expect(DropIn.adjustment(in: Array("[Service]\n\(text)".utf8)) == adjustment)
  }

  @Test("is read in time however often it continues", .timeLimit(.minutes(1)))
  func longLine() {
    let lines = String(repeating: "\\\n", count: 100_000)
    #expect(DropIn.adjustment(in: Array("[Service]\nOOMScoreAdjust=5\(lines)".utf8)) == 5)
  }

  @Test("is read whatever its bytes are")
  func anyBytes() {
    let line = Array("\u{feff}[Service]\r\nOOMScoreAdjust=\\\n-5\n".utf8)
    for offset in line.indices {
      _ = DropIn.adjustment(in: Array(line[..<offset]))
      for byte in [0, 0x0A, 0x0D, 0x5C, 0x5B, 0x3D, 0xFF] as [UInt8] {
        var changed = line
        changed[offset] = byte
        _ = DropIn.adjustment(in: changed)
      }
    }
    #expect(DropIn.adjustment(in: line) == -5)
  }
}
