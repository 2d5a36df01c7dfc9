import Glibc

extension Directory {
  /// Opens a file and hands over all its bytes. Files of many records need `isLong`.
  public func withContents<Result>(
    of name: String, isLong: Bool = false, _ body: (Span<UInt8>) -> Result
  ) throws(ProcFSError) -> Result {
    let file = try open(name, flags: FileDescriptor.forReading)
    do {
      return try file.withContents(isLong: isLong, body)
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
  }

  /// Reads a number of at most 20 digits, as most of the kernel's files hold: to clear a buffer for more
  /// would take as long as the call.
  func number<Number: KernelText>(
    in name: String, as type: Number.Type = Number.self
  ) throws(ProcFSError) -> Number {
    let file = try open(name, flags: FileDescriptor.forReading)
    do {
      let number = try file.number(as: type)
      if let number { return number }
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
    throw ProcFSError(path: path(of: name), reason: .malformed(Number.expectation))
  }

  /// All bytes of a file. Files of many records of the kernel's need `isLong`.
  public func contents(
    of name: String, isLong: Bool = false
  ) throws(ProcFSError) -> [UInt8] {
    try withContents(of: name, isLong: isLong) { $0.array }
  }

  /// All bytes of an ordinary file, by its whole path.
  public static func contents(of path: String) throws(ProcFSError) -> [UInt8] {
    do {
      return try unsafe FileDescriptor(opening: path, flags: FileDescriptor.forReading)
        .withContents { $0.array }
    } catch {
      throw ProcFSError(path: path, reason: .system(error))
    }
  }

  /// Writes into an existing file with one call, as the files of `/proc` need it.
  public func write(_ text: String, to name: String) throws(ProcFSError) {
    let file = try open(name, flags: FileDescriptor.forWriting)
    let bytes = Array(text.utf8)
    let written: Int
    do {
      written = try file.write(bytes.span)
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
    guard written == bytes.count else {
      throw ProcFSError(
        path: path(of: name), reason: .shortWrite(written: written, length: bytes.count))
    }
  }
}

extension FileDescriptor {
  /// 64 MiB.
  private static let longestFile = 64 << 20

  /// The number that the file holds; `nil` when it holds anything else.
  func number<Number: KernelText>(as type: Number.Type) throws(Errno) -> Number? {
    var buffer = InlineArray<32, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    let count = try read(into: &span)
    return count < span.count ? Number(parsing: span.span.extracting(first: count)) : nil
  }

  /// Hands over all bytes from here to the end.
  ///
  /// A file of one record comes whole with the first `read`, so reading stops there unless it filled
  /// the buffer. A file of many records comes piecemeal: with `isLong` it is read until nothing comes.
  func withContents<Result>(
    isLong: Bool = false, _ body: (Span<UInt8>) -> Result
  ) throws(Errno) -> Result {
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    var count = try read(into: &span)
    guard count == span.count || isLong && count > 0 else {
      return body(span.span.extracting(first: count))
    }
    var bytes: [UInt8] = []
    while count > 0 {
      // No file that is meant here is that long; one in a strange tree may be endless.
      guard bytes.count < Self.longestFile else { throw Errno(rawValue: EFBIG) }
      bytes.append(contentsOf: span.span.extracting(first: count).array)
      count = try read(into: &span)
    }
    return body(bytes.span)
  }
}
