extension Process {
  /// Whether it holds a TCP socket that waits for connections: one of its descriptors (`fd`) is a socket
  /// that its network namespace lists as listening (`net/tcp`, `net/tcp6`). Only its user and root may
  /// look.
  public var isListening: Bool {
    get throws(ProcFSError) {
      let listening = try listeningSockets
      guard !listening.isEmpty else { return false }
      let folder = try directory.directory("fd")
      for name in try folder.entries() {
        // It may close one meanwhile.
        guard let target = try ifPresent(try folder.link(name)), let inode = Self.socket(target)
        else { continue }
        if listening.contains(inode) { return true }
      }
      return false
    }
  }

  /// Inodes. Where IPv6 is switched off its file is missing.
  private var listeningSockets: Set<UInt64> {
    get throws(ProcFSError) {
      let first: SocketTable = try directory.read("net/tcp", isLong: true)
      let second: SocketTable? = try directory.readIfPresent("net/tcp6", isLong: true)
      return first.listening.union(second?.listening ?? [])
    }
  }

  /// `socket:[4711]`
  private static func socket(_ target: String) -> UInt64? {
    guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
    return UInt64(target.dropFirst("socket:[".utf8.count).dropLast())
  }
}

/// The lines of `net/tcp` (proc_pid_net(5), net/ipv4/tcp_ipv4.c `get_tcp4_sock`).
struct SocketTable: KernelText {
  static var expectation: String { "lines of sockets" }

  /// Inodes of those in the state TCP_LISTEN.
  var listening: Set<UInt64> = []

  init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    // The headings.
    _ = cursor.line(in: text)
    while !cursor.isAtEnd(in: text) {
      var fields = cursor
      _ = cursor.line(in: text)
      fields.skipBlanks(in: text)
      for _ in 0..<3 { fields.skipWord(in: text) }
      guard text.holds("0A", in: fields.word(in: text)) else { continue }
      fields.skipBlanks(in: text)
      for _ in 0..<5 { fields.skipWord(in: text) }
      if let inode = fields.natural(in: text) { listening.insert(inode) }
    }
  }
}
