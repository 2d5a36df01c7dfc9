import Glibc
package import ProcFS

/// A line on which the kernel tells what becomes of files and folders (inotify(7)).
package struct FileWatch: ~Copyable {
  private let file: FileDescriptor

  /// The changes that are to be told.
  package struct Changes: OptionSet, Sendable {
    /// The bits as inotify(7) has them.
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The file or folder itself goes away or elsewhere.
    package static let departure = Changes(IN_DELETE_SELF, IN_MOVE_SELF)
    /// The content may be another: not at each write, but when a writer is done.
    package static let content = Changes(IN_CLOSE_WRITE, IN_ATTRIB)
    /// A name in the folder may lead to something else.
    package static let names = Changes(IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO)

    private init(_ bits: Int32...) {
      rawValue = bits.reduce(0) { $0 | UInt32($1) }
    }
  }

  /// A change that came.
  package enum Event: Equatable, Sendable {
    /// Something became of the file or folder of that number: of what has this name in it, or of itself.
    case change(of: CInt, name: String?)
    /// The file or folder of that number isn't watched any more.
    case end(of: CInt)
    /// More came than there was room for.
    case overflow
  }

  /// Begins with nothing that is watched.
  package init() throws(Errno) {
    let number = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    guard number >= 0 else { throw .current }
    file = FileDescriptor(owning: number)
  }

  /// The number for poll(2).
  package var descriptor: CInt { file.number }

  /// Watches a file or folder, a link itself, for these changes besides those that it is watched for
  /// already: its number, the same under whichever name.
  package func add(_ path: String, for changes: Changes) throws(Errno) -> CInt {
    let number = unsafe inotify_add_watch(
      file.number, path, changes.rawValue | UInt32(IN_MASK_ADD) | UInt32(IN_DONT_FOLLOW))
    guard number >= 0 else { throw .current }
    return number
  }

  /// Watches the file or folder of that number no longer.
  package func remove(_ number: CInt) { inotify_rm_watch(file.number, number) }

  /// Hands over the events that there are to read, without waiting; in a flood a part of them.
  package func forEachEvent(_ body: (Event) -> Void) {
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    for _ in 0..<64 {
      var span = buffer.mutableSpan
      guard let count = try? file.read(into: &span), count > 0 else { return }
      Self.forEachEvent(in: buffer.span.extracting(first: count), body)
    }
  }

  /// The events in records of `struct inotify_event`: watch, mask, cookie, and the length of the name behind
  /// them, which is filled up with zero bytes.
  static func forEachEvent(in records: Span<UInt8>, _ body: (Event) -> Void) {
    var start = 0
    while start + 16 <= records.count {
      let number = unsafe records.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: CInt.self)
      let mask = unsafe records.bytes.unsafeLoadUnaligned(
        fromByteOffset: start + 4, as: UInt32.self)
      let length = unsafe Int(
        records.bytes.unsafeLoadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
      let end = min(start + 16 + length, records.count)
      let name = records.extracting(start + 16..<end)
      start = end
      if mask & UInt32(IN_Q_OVERFLOW) != 0 {
        body(.overflow)
      } else if mask & UInt32(IN_IGNORED) != 0 {
        body(.end(of: number))
      } else {
        body(.change(of: number, name: length == 0 ? nil : name.textToZero))
      }
    }
  }
}

extension Span<UInt8> {
  /// The text before the first zero byte.
  fileprivate var textToZero: String {
    var end = 0
    while end < count, self[end] != 0 { end += 1 }
    return extracting(first: end).text
  }
}
