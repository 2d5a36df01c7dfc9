import Core
import Posix
import ProcFS

/// The files of another machine's journal. They are opened beneath its root, and journalctl(1) is given them
/// open: by its own paths it would follow a strange tree's links, to wherever they lead.
final class JournalFiles {
  /// Those that can't be read.
  private(set) var troubles: [String] = []
  private var files: [OpenFile] = []

  /// One that stays open until journalctl has it, too.
  private final class OpenFile {
    let file: FileDescriptor

    init(_ file: consuming FileDescriptor) { self.file = file }
  }

  private static let folders = ["/var/log/journal", "/run/log/journal"]
  /// More are open at once in few programs.
  private static let most = 512

  init(in world: borrowing World) {
    let paths = Self.paths(in: world)
    for path in paths.suffix(Self.most) { open(path, in: world) }
    if paths.count > Self.most {
      troubles.append("only \(Self.most) of the journal's \(paths.count) files are read")
    }
  }

  /// Their numbers in this program, and in the one that reads them.
  var numbers: [CInt] { files.map { $0.file.number } }

  /// The words that name them to journalctl.
  var words: [String] { numbers.map { "--file=/proc/self/fd/\($0)" } }

  /// Where they lie in a captured tree: in a folder by the machine's identifier, beside which containers'
  /// may lie.
  static func paths(in world: borrowing World) -> [String] {
    let own = world.known(try world.contents(of: "/etc/machine-id", longest: 4096))
      .map { String(decoding: $0.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self) }
    return folders.flatMap { folder in
      let names = world.names(in: folder).filter(isMachine)
      let machines = names.filter { $0 == own }
      return (machines.isEmpty ? names : machines).flatMap { machine in
        world.names(in: "\(folder)/\(machine)").filter(isJournal)
          .sorted { importance(of: $0) < importance(of: $1) }
          .map { "\(folder)/\(machine)/\($0)" }
      }
    }
  }

  /// Users' own messages count least; the present file of the system's most.
  private static func importance(of name: String) -> Int {
    name.hasPrefix("system.") ? 2 : name.hasPrefix("system@") ? 1 : 0
  }

  private static func isMachine(_ name: String) -> Bool {
    name.utf8.count == 32 && name.utf8.allSatisfy { Character(.init($0)).isHexDigit }
  }

  /// One with a tilde was put aside because it hadn't been closed.
  private static func isJournal(_ name: String) -> Bool {
    name.hasSuffix(".journal") || name.hasSuffix(".journal~")
  }

  /// Opens one. journalctl gives up all where one isn't whole.
  private func open(_ path: String, in world: borrowing World) {
    do {
      let file = try world.file(at: path)
      // Of what isn't a file at all, such as a pipe, nobody ever said that it was part of the journal.
      guard let status = try? file.status, status.kind == .ordinary, status.size > 0,
        file.number > 2
      else { return }
      guard Self.isWhole(file, status.size) else {
        return troubles.append("\(path) is damaged")
      }
      files.append(OpenFile(file))
    } catch {
      troubles.append("\(error)")
    }
  }

  /// True where a file is as long as its head says (`struct Header` in systemd's
  /// src/libsystemd/sd-journal/journal-def.h).
  private static func isWhole(_ file: borrowing FileDescriptor, _ size: Int) -> Bool {
    var head = InlineArray<104, UInt8>(repeating: 0)
    var span = head.mutableSpan
    guard (try? file.read(into: &span, at: 0)) == 104,
      PackedFormat(beginning: head.span) == .journal
    else { return false }
    let (end, overflow) = number(in: head.span, at: 88)
      .addingReportingOverflow(number(in: head.span, at: 96))
    return !overflow && end <= UInt64(size)
  }

  private static func number(in bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << (8 * UInt64($1)) }
  }
}

extension World {
  /// The names in a folder, in their order; none where it isn't there. A failure is noted among the gaps.
  func names(in folder: String) -> [String] {
    (known(try directory(at: folder).entries()) ?? []).sorted()
  }

  /// True where this user may not read the system's journal: then journalctl shows it as empty.
  var hidesJournal: Bool {
    guard proc.isLive, let id = known(try contents(of: "/etc/machine-id", longest: 4096)) else {
      return false
    }
    let machine = String(decoding: id.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)
    var isHidden = false
    for folder in ["/var/log/journal", "/run/log/journal"] {
      do throws(ProcFSError) {
        _ = try file(at: "\(folder)/\(machine)/system.journal")
        return false
      } catch {
        if error.meaning == .hidden { isHidden = true }
      }
    }
    return isHidden
  }
}
