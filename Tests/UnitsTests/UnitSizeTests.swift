import Testing

@testable import Units

@Suite("A size in a unit's file")
struct UnitSizeTests {
  @Test(
    "is bytes, with letters of base 1024, a part of RAM, or none",
    arguments: [
      ("4096", .bytes(4096)), ("0", .bytes(0)), ("1K", .bytes(1024)), ("2M", .bytes(2 << 20)),
      ("3G", .bytes(3 << 30)), ("1T", .bytes(1 << 40)), ("7B", .bytes(7)),
      ("2 G", .bytes(2 << 30)), ("infinity", .infinity), ("50%", .ofRAM(hundredths: 5000)),
      ("12.5%", .ofRAM(hundredths: 1250)), ("100%", .ofRAM(hundredths: 10_000)),
      ("0.05%", .ofRAM(hundredths: 5)),
      ("", nil), ("G", nil), ("-1", nil), ("1X", nil), ("1.", nil), ("101%", nil), ("100.01%", nil),
      ("max", nil), ("1 2", nil), ("99999999999T", nil), ("%", nil),
    ] as [(String, UnitSize?)])
  func forms(text: String, size: UnitSize?) {
    #expect(UnitSize(parsing: text) == size)
  }

  @Test("is kept by the kernel in whole pages")
  func pages() {
    #expect(UnitSize.bytes(10_000).bytes(ofRAM: 0, page: 4096) == 8192)
    #expect(UnitSize.bytes(10_000).bytes(ofRAM: 0, page: 0) == 10_000)
    #expect(UnitSize.ofRAM(hundredths: 5000).bytes(ofRAM: 1 << 30, page: 4096) == 512 << 20)
    #expect(UnitSize.infinity.bytes(ofRAM: 1 << 30, page: 4096) == nil)
  }
}
