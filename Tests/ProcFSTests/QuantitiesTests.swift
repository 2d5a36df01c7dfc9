import Testing

@testable import ProcFS

@Suite("The number of a process")
struct ProcessIDTests {
  @Test(
    "is read from a folder's name, if it is one",
    arguments: [
      ("1", 1), ("17", 17), ("4194304", 4_194_304), ("2147483647", .max), ("2147483648", nil),
      ("99999999999999999999", nil), ("0", nil), ("017", nil), ("-1", nil), ("+1", nil), ("", nil),
      ("self", nil), ("17x", nil), ("17 ", nil), (" 17", nil), ("1.7", nil), ("٣", nil),
    ] as [(String, Int32?)])
  func parses(name: String, expected: Int32?) {
    #expect(ProcessID(parsing: Array(name.utf8).span)?.rawValue == expected)
  }

  @Test("is written as a number and compared as one")
  func order() {
    #expect(ProcessID(17).description == "17")
    #expect(([100, 9, 17] as [ProcessID]).sorted() == [9, 17, 100])
    #expect(ProcessID(rawValue: 17) == ProcessID(17))
  }
}

@Suite("An amount in units of 1024 bytes")
struct KibibytesTests {
  @Test(
    "has a number of bytes, at most what Int holds",
    arguments: [
      (0, 0), (1, 1024), (-3, -3072), (.max, .max), (.min, .min),
      (1 << 53, .max), ((1 << 53) - 1, 9_223_372_036_854_774_784), (-(1 << 53), .min),
    ])
  func bytes(count: Int, expected: Int) {
    #expect(Kibibytes(count).bytes == expected)
  }

  @Test("is compared by its size")
  func order() {
    #expect(Kibibytes(-1) < 0 && Kibibytes(9) < 10 && !(Kibibytes(10) < 10))
  }
}
