import ProcFS

/// Reads the ring buffer's records, and keeps count of them by their numbers: `PRIORITY,NUMBER,…;TEXT`
/// (kernel/printk/printk.c `info_print_ext_header`).
struct RecordNumbers {
  /// The first record that was there; the boot's first one is 0.
  private(set) var first: Int?
  private var next = 0
  /// The number of records that were overwritten while we read.
  private(set) var lost = 0

  /// A record never is longer: `PRINTK_MESSAGE_MAX`, before 6.4 `CONSOLE_EXT_LOG_MAX`.
  static let longestRecord = 8192

  /// True where nothing of this boot is missing.
  var areComplete: Bool { first == 0 && lost == 0 }

  /// Reads as many as fit; one call of the kernel's yields one. 0 bytes are the end, for now.
  mutating func read(
    from file: borrowing FileDescriptor, into buffer: inout MutableSpan<UInt8>
  ) throws(Errno) -> Int {
    var count = 0
    while buffer.count - count >= Self.longestRecord {
      do throws(Errno) {
        var rest = buffer._mutatingExtracting(count...)
        let length = try file.read(into: &rest)
        guard length > 0 else { break }
        note(rest.span.extracting(first: length))
        count += length
      } catch .brokenPipe {
        // Records were overwritten; the next call goes on with the oldest there is.
        continue
      } catch .again {
        break
      }
    }
    return count
  }

  private mutating func note(_ record: Span<UInt8>) {
    guard let number = Self.number(of: record) else { return }
    if first == nil {
      first = number
    } else if number > next {
      lost += number - next
    }
    next = number + 1
  }

  /// The digits after the first comma.
  static func number(of record: Span<UInt8>) -> Int? {
    var index = 0
    while index < record.count, record[index] != UInt8(ascii: ",") { index += 1 }
    index += 1
    var number: Int?
    while index < record.count, number ?? 0 < 1 << 58 {
      let digit = record[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      number = (number ?? 0) * 10 + Int(digit)
      index += 1
    }
    return number
  }
}
