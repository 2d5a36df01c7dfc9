extension Process {
  /// True where it holds a TCP socket that waits for connections: one of its descriptors (`fd`) is
  /// a socket that its network namespace lists as listening (`net/tcp`, `net/tcp6`). Only its user
  /// and root may look.
  ///
  /// A user may have half a million descriptors, and of sockets as many as all her processes. So only the first
  /// ``mostDescriptors`` are looked at (a server opens what it listens on at its start), and the tables
  /// are gone through line by line.
  public var isListening: Bool {
    get throws(ProcFSError) {
      let sockets = try self.sockets
      guard !sockets.isEmpty else { return false }
      if try isListening(on: sockets, in: "net/tcp") { return true }
      // The file is missing where IPv6 is switched off.
      return try ifPresent(try isListening(on: sockets, in: "net/tcp6")) ?? false
    }
  }

  /// The most descriptors that are looked at: 4096.
  public static let mostDescriptors = 4096

  private func isListening(
    on sockets: Set<UInt64>, in table: String
  ) throws(ProcFSError) -> Bool {
    var isFound = false
    var isHeading = true
    try directory.forEachLine(of: table, longest: 512) { line in
      if !isHeading, !isFound, let inode = SocketTable.listeningInode(in: line) {
        isFound = sockets.contains(inode)
      }
      isHeading = false
    }
    return isFound
  }

  /// The inodes of those among its first descriptors that are sockets.
  private var sockets: Set<UInt64> {
    get throws(ProcFSError) {
      var names: [String] = []
      let folder = try directory.directory("fd")
      try folder.forEachEntry { name in
        if names.count < Self.mostDescriptors, name.count > 0, name[0] != UInt8(ascii: ".") {
          names.append(name.text)
        }
      }
      var sockets: Set<UInt64> = []
      for name in names {
        // It may close one meanwhile.
        if let target = try ifPresent(try folder.link(name)), let inode = Self.socket(target) {
          sockets.insert(inode)
        }
      }
      return sockets
    }
  }

  /// `socket:[4711]`
  private static func socket(_ target: String) -> UInt64? {
    guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
    return UInt64(target.dropFirst("socket:[".utf8.count).dropLast())
  }
}

/// The lines of `net/tcp` (proc_pid_net(5), net/ipv4/tcp_ipv4.c `get_tcp4_sock`).
enum SocketTable {
  /// The inode of a socket in the state TCP_LISTEN.
  static func listeningInode(in line: Span<UInt8>) -> UInt64? {
    var fields = Cursor()
    fields.skipBlanks(in: line)
    for _ in 0..<3 { fields.skipWord(in: line) }
    guard line.holds("0A", in: fields.word(in: line)) else { return nil }
    fields.skipBlanks(in: line)
    for _ in 0..<5 { fields.skipWord(in: line) }
    return fields.natural(in: line)
  }
}
