/// The words that a process was started with, or what it has written over them since: `/proc/PID/cmdline`
/// (proc_pid_cmdline(5)).
///
/// A process may make them megabytes long, and change them whenever it likes. So only the first
/// ``longest`` bytes are ever read, and all that looks at a command line looks at those; ``isCut`` says
/// when there were more.
public struct ProcessCommandLine: Hashable, Sendable {
  /// The most bytes that are read: 4096.
  public static let longest = 4096

  /// The bytes that were read, with a zero byte behind each word. Kept so, since a word may be
  /// empty.
  private let bytes: [UInt8]

  /// True where the file held more than ``longest`` bytes; the last word may then be a part of one.
  public let isCut: Bool

  /// From the file's bytes.
  init(_ bytes: [UInt8], isCut: Bool) {
    self.bytes = bytes
    self.isCut = isCut
  }

  /// From words, of which only the first ``longest`` bytes are taken.
  public init(_ words: [String]) {
    var bytes: [UInt8] = []
    for word in words where bytes.count <= Self.longest {
      bytes += word.utf8.prefix(Self.longest + 1)
      bytes.append(0)
    }
    self.init(Array(bytes.prefix(Self.longest)), isCut: bytes.count > Self.longest)
  }

  /// True where there is no word at all, as for a kernel thread.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The words that were read; what isn't UTF-8 in them is repaired.
  public var words: [String] {
    var words: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes.span.offset(of: 0, from: start)
      words.append(bytes.span.text(in: start..<end))
      start = end + 1
    }
    return words
  }

  /// The first word, which the process's starter calls it by.
  public var first: String? {
    isEmpty ? nil : bytes.span.text(in: 0..<bytes.span.offset(of: 0, from: 0))
  }

  /// The words that were read with a blank between each two.
  public var text: String {
    let end = bytes.last == 0 ? bytes.count - 1 : bytes.count
    let blanked = bytes[..<max(end, 0)].map { $0 == 0 ? UInt8(ascii: " ") : $0 }
    return blanked.span.text
  }
}
