import Core
import Posix
import ProcFS

/// A file of the kernel's store: a part of what was logged before a crash.
///
/// The log is cut from its end, so that part 1 is the latest (fs/pstore/platform.c `pstore_dump`). Each begins with a
/// line as `Panic#1 Part3`; what a store has as one piece may have none.
struct CrashPart {
  private let name: String
  /// The store's kind, as `efi_pstore` in `dmesg-efi_pstore-170000000001001`.
  private let store: String
  private let id: UInt64
  /// As `Panic#1`.
  private var crash = ""
  private var number = 1

  /// Logs of the parts in a folder.
  static func joined(
    in folder: String, _ names: [String], isCopy: Bool, in world: borrowing World
  ) -> [CrashLog] {
    var parts = names.compactMap { CrashPart($0) }.suffix(CrashLog.most * 16)
    for index in parts.indices { parts[index].readHead(in: folder, world) }
    parts.sort { ($0.store, $0.id) < ($1.store, $1.id) }
    var groups: [[CrashPart]] = []
    for part in parts {
      if let last = groups.last?.last, part.goesOn(after: last) {
        groups[groups.count - 1].append(part)
      } else {
        groups.append([part])
      }
    }
    return groups.suffix(CrashLog.most).map { log(of: $0, in: folder, isCopy: isCopy) }
  }

  private static func log(of group: [CrashPart], in folder: String, isCopy: Bool) -> CrashLog {
    let parts = group.sorted { $0.number > $1.number }
    let name = "\(folder)/\(group[0].name)"
    return CrashLog(
      parts.count == 1 ? name : "\(name) (\(parts.count) parts)",
      parts: parts.map { "\(folder)/\($0.name)" }, taken: group[0].time, isCopy: isCopy)
  }

  private init?(_ name: String) {
    // One with another end couldn't be unpacked by the kernel.
    guard let dash = name.utf8.lastIndex(of: UInt8(ascii: "-")),
      let id = UInt64(name[name.utf8.index(after: dash)...]), name.utf8.prefix(upTo: dash).count > 6
    else { return nil }
    self.name = name
    self.id = id
    store = String(name[..<dash].dropFirst("dmesg-".utf8.count))
  }

  private mutating func readHead(in folder: String, _ world: borrowing World) {
    var head = InlineArray<64, UInt8>(repeating: 0)
    var span = head.mutableSpan
    guard let file = world.known(try world.file(at: "\(folder)/\(name)")),
      let count = try? file.read(into: &span, at: 0)
    else { return }
    let line = head.span.extracting(first: count).text.prefix { $0 != "\n" }
    let words = line.split(separator: " ")
    guard words.count == 2, words[0].utf8.contains(UInt8(ascii: "#")), words[1].hasPrefix("Part"),
      let number = Int(words[1].dropFirst(4))
    else { return }
    crash = String(words[0])
    self.number = number
  }

  /// True where both are of one crash, and were written one after the other.
  private func goesOn(after other: CrashPart) -> Bool {
    store == other.store && !crash.isEmpty && crash == other.crash && number > other.number
  }

  /// The time of the crash, in seconds since 1970, where the number tells.
  ///
  /// EFI's begins with it in decimal (drivers/firmware/efi/efi-pstore.c `generic_id`), ERST's in binary
  /// (drivers/firmware/efi/cper.c `cper_next_record_id`).
  private var time: Int? {
    let time = store.hasPrefix("efi") ? id / 100_000 : id >> 32
    // From 2010 on, as the store itself.
    return 1_262_304_000...0xFFFF_FFFF ~= time ? Int(time) : nil
  }

  /// The same of parts by their names.
  static func time(of names: [String]) -> Int? {
    names.compactMap { CrashPart($0)?.time }.max()
  }
}
