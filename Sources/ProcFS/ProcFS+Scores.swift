extension ProcFS {
  /// The score of one process, without a handle on it: three calls to the kernel and no allocation, for
  /// the scan of all. The path is relative to the one descriptor of `/proc`.
  public func oomScore(of id: ProcessID) throws(Errno) -> UInt64? {
    try open("/oom_score", of: id).number(as: UInt64.self)
  }

  /// The status of one process, as cheaply.
  public func status(of id: ProcessID) throws(Errno) -> ProcessStatus? {
    try open("/status", of: id).withContents { ProcessStatus(parsing: $0) }
  }

  /// The line of `stat` of one process, as cheaply.
  public func stat(of id: ProcessID) throws(Errno) -> ProcessStat? {
    try open("/stat", of: id).withContents { ProcessStat(parsing: $0) }
  }

  private func open(_ name: StaticString, of id: ProcessID) throws(Errno) -> FileDescriptor {
    let path = ProcessPath(id, file: name)
    return try FileDescriptor(
      opening: path.bytes.span, in: directory.descriptor.number, flags: FileDescriptor.forReading,
      isConfined: directory.isConfined)
  }
}

/// The path of a file of a process relative to `/proc`, spelt on the stack; a zero byte ends it.
struct ProcessPath {
  private(set) var bytes = InlineArray<32, UInt8>(repeating: 0)

  /// `file` has at most 20 bytes, beginning with the slash.
  init(_ id: ProcessID, file: StaticString) {
    var digits = InlineArray<10, UInt8>(repeating: 0)
    var rest = id.rawValue.magnitude
    var length = 0
    repeat {
      digits[length] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      length += 1
    } while rest > 0
    var end = 0
    if id.rawValue < 0 {
      bytes[end] = UInt8(ascii: "-")
      end += 1
    }
    while length > 0 {
      length -= 1
      bytes[end] = digits[length]
      end += 1
    }
    for index in 0..<min(file.utf8CodeUnitCount, 20) {
      bytes[end + index] = unsafe file.utf8Start[index]
    }
  }
}
