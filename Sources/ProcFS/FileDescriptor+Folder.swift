import Glibc

extension FileDescriptor {
  /// Where a symbolic link in this folder leads.
  func link(_ name: String) throws(Errno) -> String {
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    let number = number
    let count = unsafe span.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe readlinkat(
        number, name, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count >= 0 else { throw .current }
    return buffer.span.extracting(first: count).text
  }

  /// Walks over the names in this folder, `.` and `..` among them.
  func forEachEntry(_ body: (Span<UInt8>) -> Void) throws(Errno) {
    // readdir(3) owns the descriptor that it reads from, so it gets one of its own.
    let own = unsafe openat(number, ".", Self.asFolder | O_CLOEXEC)
    guard own >= 0, let stream = unsafe fdopendir(own) else { throw .current }
    defer { _ = unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
        let bytes = unsafe name.bindMemory(to: UInt8.self)
        let length = unsafe bytes.firstIndex(of: 0) ?? bytes.count
        let known = unsafe UnsafeBufferPointer(rebasing: bytes[..<length])
        unsafe body(Span(_unsafeElements: known))
      }
    }
  }
}
