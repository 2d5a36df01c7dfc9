import ProcFS
import TestSupport
import Testing

@testable import LogSources

@Suite("The numbers of the ring buffer's records")
struct RecordNumbersTests {
  @Test(
    "are found in each record",
    arguments: [
      ("6,1234,29615677857,-;text", 1234), ("4,0,1,-,caller=T12;text", 0), ("6,12", 12),
      ("6,", nil), ("6", nil), ("", nil), ("6,x", nil),
      ("6,99999999999999999999999999,1,-;text", 999_999_999_999_999_999),
      ("6,288230376151711744,1,-;text", 288_230_376_151_711_744), (",7", 7), ("6,7:", 7),
      ("6,/", nil),
      ("6,288230376151711743,1,-;text", 288_230_376_151_711_743),
      ("6,2882303761517117445", 288_230_376_151_711_744),
    ] as [(String, Int?)])
  func number(record: String, number: Int?) {
    #expect(RecordNumbers.number(of: Array(record.utf8).span) == number)
  }

  @Test("tell how many were overwritten meanwhile, and whether the boot's first one is there")
  func lost() throws {
    let pair = try SocketPair()
    var numbers = RecordNumbers()
    #expect(!numbers.areComplete)
    for number in [0, 1, 2] { try pair.send(Array("6,\(number),1,-;x\n".utf8)) }
    #expect(try Self.read(pair, &numbers) == "6,0,1,-;x\n6,1,1,-;x\n6,2,1,-;x\n")
    #expect(numbers.areComplete)
    for number in [10, 11] { try pair.send(Array("6,\(number),1,-;x\n".utf8)) }
    _ = try Self.read(pair, &numbers)
    #expect(numbers.lost == 7)
    #expect(!numbers.areComplete)
  }

  private static func read(
    _ pair: borrowing SocketPair, _ numbers: inout RecordNumbers
  ) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var span = buffer.mutableSpan
    let count = try numbers.read(from: pair.receiver, into: &span)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  @Test(
    "are read as long as another record fits",
    arguments: [(8191, 0), (8192, 1), (8201, 1), (8202, 2), (8211, 2), (8212, 3), (1 << 16, 3)])
  func room(size: Int, count: Int) throws {
    let pair = try SocketPair()
    for number in 0..<3 { try pair.send(Array("6,\(number),1,-;x\n".utf8)) }
    var numbers = RecordNumbers()
    var buffer = [UInt8](repeating: 0, count: size)
    var span = buffer.mutableSpan
    #expect(try numbers.read(from: pair.receiver, into: &span) == 10 * count)
  }

  @Test("tell nothing of a log whose beginning is lost")
  func beginning() throws {
    let pair = try SocketPair()
    var numbers = RecordNumbers()
    for number in [5, 6] { try pair.send(Array("6,\(number),1,-;x\n".utf8)) }
    _ = try Self.read(pair, &numbers)
    #expect(numbers.first == 5)
    #expect(numbers.lost == 0)
    #expect(!numbers.areComplete)
  }
}
