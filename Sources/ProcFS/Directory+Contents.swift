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
      throw ProcFSError(reading: path(of: name), error)
    }
  }

  /// Hands over the first bytes of a file that somebody else chose how long to make, and whether more
  /// follow. Little beyond them is read.
  func withStart<Result>(
    of name: String, longest: Int, _ body: (Span<UInt8>, _ isCut: Bool) -> Result
  ) throws(ProcFSError) -> Result {
    let file = try open(name, flags: FileDescriptor.forReading)
    do {
      return try file.withStart(longest: longest, body)
    } catch {
      throw ProcFSError(reading: path(of: name), error)
    }
  }

  /// Hands over the lines of a file one after the other, in the memory of one: somebody else may choose how
  /// many there are. Of a longer line its start is handed over.
  func forEachLine(
    of name: String, longest: Int = 65536, _ body: (Span<UInt8>) -> Void
  ) throws(ProcFSError) {
    let file = try open(name, flags: FileDescriptor.forReading)
    do {
      try file.forEachLine(longest: longest, body)
    } catch {
      throw ProcFSError(reading: path(of: name), error)
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
      throw ProcFSError(reading: path(of: name), error)
    }
    throw ProcFSError(path: path(of: name), reason: .malformed(Number.expectation))
  }

  /// All bytes of a file. Files of many records of the kernel's need `isLong`; one that is longer than
  /// `longest` bytes is refused with `EFBIG`.
  public func contents(
    of name: String, isLong: Bool = false, longest: Int? = nil
  ) throws(ProcFSError) -> [UInt8] {
    let file = try open(name, flags: FileDescriptor.forReading)
    do {
      return try file.withContents(
        isLong: isLong, longest: longest ?? FileDescriptor.longestFile
      ) { $0.array }
    } catch {
      throw ProcFSError(reading: path(of: name), error)
    }
  }

  /// All bytes of an ordinary file, by its whole path; one that is longer than that is refused with `EFBIG`.
  public static func contents(
    of path: String, longest: Int? = nil
  ) throws(ProcFSError) -> [UInt8] {
    let file = try file(path)
    do {
      return try file.withContents(longest: longest ?? FileDescriptor.longestFile) { $0.array }
    } catch {
      throw ProcFSError(reading: path, error)
    }
  }

  /// Writes into an existing file: with one call, as the kernel's need it; ordinary ones, of a copied
  /// tree, are replaced as a whole.
  public func write(_ text: String, to name: String) throws(ProcFSError) {
    let file = try open(name, flags: FileDescriptor.forWriting)
    let bytes = Array(text.utf8)
    let isKernels: Bool
    var written = bytes.count
    do throws(Errno) {
      isKernels = try file.isKernels
      if isKernels { written = try file.write(bytes.span) }
    } catch {
      throw ProcFSError(path: path(of: name), reason: .system(error))
    }
    guard isKernels else { return try replaceBelow(name, with: bytes) }
    guard written == bytes.count else {
      throw ProcFSError(
        path: path(of: name), reason: .shortWrite(written: written, length: bytes.count))
    }
  }

  /// In the folder where it lies.
  private func replaceBelow(_ name: String, with bytes: [UInt8]) throws(ProcFSError) {
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      try replace(name, with: bytes)
      return
    }
    let file = String(name[name.utf8.index(after: slash)...])
    try directory(String(name[..<slash])).replace(file, with: bytes)
  }
}

extension FileDescriptor {
  /// 64 MiB.
  static let longestFile = 64 << 20

  /// Throws `ESPIPE` where nothing came because it isn't an ordinary file: a pipe without a writer and a
  /// device like `/dev/null` look empty, and hold nothing that could be taken for an answer.
  private func refuseEmptiness() throws(Errno) {
    guard try isOrdinary else { throw .notSeekable }
  }

  /// The number that the file holds; `nil` when it holds anything else.
  func number<Number: KernelText>(as type: Number.Type) throws(Errno) -> Number? {
    var buffer = InlineArray<32, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    let count = try read(into: &span)
    if count == 0 { try refuseEmptiness() }
    return count < span.count ? Number(parsing: span.span.extracting(first: count)) : nil
  }

  /// Hands over the bytes from here on, at most so many, and whether more follow.
  func withStart<Result>(
    longest: Int, _ body: (Span<UInt8>, _ isCut: Bool) -> Result
  ) throws(Errno) -> Result {
    var bytes: [UInt8] = []
    var buffer = InlineArray<1024, UInt8>(repeating: 0)
    while bytes.count <= longest {
      var span = buffer.mutableSpan
      let count = try read(into: &span)
      if count == 0, bytes.isEmpty { try refuseEmptiness() }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer.span.extracting(first: count).array)
    }
    return body(bytes.span.extracting(first: longest), bytes.count > longest)
  }

  /// Hands over the lines from here on, without their ends.
  func forEachLine(longest: Int, _ body: (Span<UInt8>) -> Void) throws(Errno) {
    var line: [UInt8] = []
    var isEmpty = true
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    while true {
      var span = buffer.mutableSpan
      let count = try read(into: &span)
      if count == 0, isEmpty { try refuseEmptiness() }
      guard count > 0 else { break }
      isEmpty = false
      let piece = buffer.span.extracting(first: count)
      var start = 0
      while start < count {
        let end = piece.offset(of: UInt8(ascii: "\n"), from: start)
        let room = max(0, longest - line.count)
        line.append(contentsOf: piece.extracting(start..<min(end, start + room)).array)
        if end < count {
          body(line.span)
          line.removeAll(keepingCapacity: true)
        }
        start = end + 1
      }
    }
    if !line.isEmpty { body(line.span) }
  }

  /// Hands over all bytes from here to the end.
  ///
  /// A file of one record comes whole with the first `read`, so reading stops there unless it filled
  /// the buffer. A file of many records comes piecemeal: with `isLong` it is read until nothing comes.
  func withContents<Result>(
    isLong: Bool = false, longest: Int = Self.longestFile, _ body: (Span<UInt8>) -> Result
  ) throws(Errno) -> Result {
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    var span = buffer.mutableSpan
    var count = try read(into: &span)
    if count == 0 { try refuseEmptiness() }
    guard count == span.count || isLong && count > 0 else {
      return body(span.span.extracting(first: count))
    }
    var bytes: [UInt8] = []
    while count > 0 {
      // No file that is meant here is that long; one in a strange tree may be endless.
      guard bytes.count < longest else { throw Errno(rawValue: EFBIG) }
      bytes.append(contentsOf: span.span.extracting(first: count).array)
      count = try read(into: &span)
    }
    return body(bytes.span)
  }
}

extension Directory {
  /// The content of a file; `nil` when this kernel, or the root of the tree, has no such file.
  package func readIfPresent<Text: KernelText>(
    _ file: String, as type: Text.Type = Text.self, isLong: Bool = false
  ) throws(ProcFSError) -> Text? {
    try ifPresent(try read(file, isLong: isLong))
  }
}
