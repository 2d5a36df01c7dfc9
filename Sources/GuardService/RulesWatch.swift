import Glibc
import ProcFS

/// Notices that a file may have changed (inotify(7)), however it is changed: written, replaced under its
/// name, removed and made anew, and also where it is reached through links or its folder comes later.
struct RulesWatch: ~Copyable {
  private let file: FileDescriptor
  /// The folder that all paths begin at; empty for this machine's root.
  private let root: String
  private let components: [String]
  /// The watched files and folders, and in a folder the names that matter.
  private var watches: [CInt: Set<String>] = [:]

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - path: Whole, as seen from the root.
  ///   - root: The folder that takes its place; empty for this machine's.
  static func begun(of path: String, below root: String = "") throws(Errno) -> RulesWatch {
    var watch = try RulesWatch(path, below: root)
    try watch.renew()
    return watch
  }

  private init(_ path: String, below root: String) throws(Errno) {
    let number = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    guard number >= 0 else { throw .current }
    file = FileDescriptor(owning: number)
    self.root = root
    components = path.split(separator: "/").map(String.init)
  }

  /// For poll(2).
  var descriptor: CInt { file.number }

  /// Watches what the path leads to now. Whatever changes later is noticed.
  mutating func renew() throws(Errno) {
    for watch in watches.keys { inotify_rm_watch(file.number, watch) }
    watches = [:]
    var walk = Walk(root: root)
    var rest = components
    var linkCount = 0
    while !rest.isEmpty {
      let name = rest.removeFirst()
      if name == "." { continue }
      if name == ".." {
        _ = walk.folders.popLast()
        continue
      }
      // Watched first, looked at then: what changes in between is told.
      let folder = walk.path
      if rest.isEmpty { try add(folder, Self.inFolder, name) }
      let path = walk.path(of: name)
      if let target = Self.link(path) {
        try add(folder, Self.inFolder, name)
        linkCount += 1
        guard linkCount <= 40 else { return }
        if target.hasPrefix("/") { walk.folders = [] }
        rest = target.split(separator: "/").map(String.init) + rest
      } else if rest.isEmpty {
        try add(path, Self.ofFile)
      } else {
        if try !add(path, Self.ofFolder) {
          try add(folder, Self.inFolder, name)
          // It may have come in between.
          guard try add(path, Self.ofFolder) else { return }
        }
        walk.folders.append(name)
      }
    }
  }

  /// True where something happened that may have changed the file. All events are read.
  func takesChange() -> Bool {
    var isChange = false
    var buffer = InlineArray<4096, UInt8>(repeating: 0)
    // In a flood the rest is read the next time.
    for _ in 0..<64 {
      var span = buffer.mutableSpan
      guard let count = try? file.read(into: &span), count > 0 else { break }
      if concerns(buffer.span.extracting(first: count)) { isChange = true }
    }
    return isChange
  }

  /// The records of `struct inotify_event`: watch, mask, cookie, and the length of the name behind them.
  private func concerns(_ events: Span<UInt8>) -> Bool {
    var (start, isConcern) = (0, false)
    while start + 16 <= events.count {
      let watch = unsafe events.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: CInt.self)
      let mask = unsafe events.bytes.unsafeLoadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
      let length = unsafe Int(
        events.bytes.unsafeLoadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
      let end = min(start + 16 + length, events.count)
      let name = events.extracting(start + 16..<end)
      start = end
      if mask & UInt32(IN_Q_OVERFLOW) != 0 { isConcern = true }
      guard let names = watches[watch], mask & UInt32(IN_IGNORED) == 0 else { continue }
      isConcern = isConcern || length == 0 || names.contains(name.textToZero)
    }
    return isConcern
  }
}

extension RulesWatch {
  /// That a folder or file itself goes away or elsewhere.
  private static let ofFolder = UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)
  /// That its content may be another: not at each write, but when a writer is done.
  private static let ofFile = ofFolder | UInt32(IN_CLOSE_WRITE) | UInt32(IN_ATTRIB)
  /// That what a folder's name leads to may be another.
  private static let inFolder =
    ofFolder | UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO)

  /// Watches something, unless it isn't there.
  @discardableResult
  private mutating func add(
    _ path: String, _ mask: UInt32, _ name: String? = nil
  ) throws(Errno) -> Bool {
    let watch = unsafe inotify_add_watch(
      file.number, path, mask | UInt32(IN_MASK_ADD) | UInt32(IN_DONT_FOLLOW))
    guard watch >= 0 else {
      let errno = Errno.current
      guard errno.meansGone || errno == .notADirectory || errno.meansForbidden else { throw errno }
      return false
    }
    var names = watches[watch] ?? []
    if let name { names.insert(name) }
    watches[watch] = names
    return true
  }

  private static func link(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &buffer, buffer.count)
    return count > 0
      ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  /// The folders on the way, from the root.
  private struct Walk {
    let root: String
    var folders: [String] = []

    var path: String { folders.isEmpty ? root + "/" : root + "/" + folders.joined(separator: "/") }

    func path(of name: String) -> String { root + "/" + (folders + [name]).joined(separator: "/") }
  }
}

extension Span<UInt8> {
  /// A name is filled up with zero bytes.
  fileprivate var textToZero: String {
    var end = 0
    while end < count, self[end] != 0 { end += 1 }
    return unsafe extracting(first: end).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
}
