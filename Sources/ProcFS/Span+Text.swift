import Glibc

extension Span<UInt8> {
  /// The bytes as text. Names are any bytes: what isn't UTF-8 is repaired.
  package var text: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Some of the bytes as text.
  func text(in range: Range<Int>) -> String { extracting(range).text }

  var array: [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// True where exactly `word` is in that range.
  package func holds(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return starts(with: word, at: range.lowerBound)
  }

  /// True where `word` is at that offset.
  func starts(with word: StaticString, at offset: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard offset + length <= count else { return false }
    for index in 0..<length where unsafe self[offset + index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  /// The offset of the next such byte, from an offset on; the end if there is none. Lines are long,
  /// and most are skipped: memchr(3) is several times as fast as a loop.
  func offset(of byte: UInt8, from start: Int) -> Int {
    guard start < count else { return count }
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), count - start)
      else { return count }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// The offset of the last such byte.
  func lastOffset(of byte: UInt8) -> Int? {
    var offset = count - 1
    while offset >= 0 {
      if self[offset] == byte { return offset }
      offset -= 1
    }
    return nil
  }
}
