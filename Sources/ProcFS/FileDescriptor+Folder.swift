import CLinux
import Glibc

extension FileDescriptor {
  /// The target of a symbolic link in this folder.
  func link(_ name: String) throws(Errno) -> String { try Self.link(name, in: number) }

  /// The target of a symbolic link in an open folder; `EINVAL` when it isn't a link.
  static func link(_ name: String, in number: CInt) throws(Errno) -> String {
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    let count = try unsafe span.withUnsafeMutableBytes { (bytes) throws(Errno) in
      guard let start = bytes.baseAddress else { throw .invalidArgument }
      return try Errno.patiently {
        unsafe readlinkat(number, name, start.assumingMemoryBound(to: CChar.self), bytes.count)
      }
    }
    return buffer.span.extracting(first: count).text
  }

  /// Walks over the names in this folder, `.` and `..` among them (getdents64(2): readdir(3) would take
  /// its buffer from the heap, and ask four more questions).
  func forEachEntry(_ body: (Span<UInt8>) -> Void) throws(Errno) {
    // A descriptor of its own, for a position of its own: several may walk at once.
    let list = try unsafe FileDescriptor(opening: ".", in: number, flags: Self.asFolder)
    var buffer = InlineArray<16384, UInt8>(repeating: 0)
    while true {
      var span = buffer.mutableSpan
      let folder = list.number
      let count = try unsafe span.withUnsafeMutableBytes { (bytes) throws(Errno) in
        try Errno.patiently {
          unsafe linux_getdents64(Int(SYS_getdents64), folder, bytes.baseAddress, bytes.count)
        }
      }
      guard count > 0 else { return }
      Self.forEachName(in: buffer.span.extracting(first: count), body)
    }
  }

  /// The names in records of `struct linux_dirent64`: their length stands at offset 16, the name, which
  /// ends with a zero byte, from 19 on.
  private static func forEachName(in records: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    var start = 0
    while start + 19 < records.count {
      let length = unsafe records.bytes.unsafeLoadUnaligned(
        fromByteOffset: start + 16, as: UInt16.self)
      let name = records.extracting(start + 19..<min(start + Int(length), records.count))
      var end = 0
      while end < name.count, name[end] != 0 { end += 1 }
      body(name.extracting(first: end))
      guard length > 0 else { return }
      start += Int(length)
    }
  }
}
