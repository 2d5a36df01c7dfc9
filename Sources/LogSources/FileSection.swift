import Posix
import ProcFS

/// A part of a longer file, as far as it wasn't read yet.
struct FileSection {
  private(set) var rest: Range<Int>

  /// Reads on; 0 bytes are the end.
  mutating func read(
    from file: borrowing FileDescriptor, into buffer: inout MutableSpan<UInt8>
  ) throws(Errno) -> Int {
    guard !rest.isEmpty else { return 0 }
    var span = buffer._mutatingExtracting(..<min(buffer.count, rest.count))
    let count = try file.read(into: &span, at: rest.lowerBound)
    rest = rest.lowerBound + count..<rest.upperBound
    return count
  }
}
