import Core
import Posix
import ProcFS

/// The end of a kernel's log that a crash left behind: in one file, or in parts that a small store could take.
package struct CrashLog: Hashable, Sendable {
  /// For people.
  package let name: String
  /// The paths of its parts from the root, in the order of time.
  let parts: [String]
  /// The time of the crash, in seconds since 1970, where its names tell; else the last part's file tells.
  let taken: Int?
  /// True where it was copied after the next boot, so that its file is younger than the crash.
  let isCopy: Bool

  init(_ name: String, parts: [String], taken: Int? = nil, isCopy: Bool = false) {
    self.name = name
    self.parts = parts
    self.taken = taken
    self.isCopy = isCopy
  }

  /// All of a machine: those that the firmware or memory still has (Documentation/ABI/testing/pstore), those that
  /// systemd-pstore(8) took from there, and the logs beside kdump's images.
  static func all(in world: borrowing World) -> [CrashLog] {
    stored(in: world) + archived(in: world) + dumped(in: world)
  }

  /// More aren't read of a place, where anything may have been put into a strange tree.
  static let most = 256
}

// The store of the kernel's own.
extension CrashLog {
  private static let store = "/sys/fs/pstore"

  private static func stored(in world: borrowing World) -> [CrashLog] {
    let names = world.names(in: store).filter { $0.hasPrefix("dmesg-") }
    return CrashPart.joined(in: store, names, isCopy: false, in: world)
  }
}

// What systemd-pstore(8) made of it: a file dmesg.txt of each crash, or the parts where it doesn't know
// the store's kind.
extension CrashLog {
  private static let archive = "/var/lib/systemd/pstore"

  private static func archived(in world: borrowing World) -> [CrashLog] {
    logs(below: archive, in: world, depth: 2)
  }

  private static func logs(
    below folder: String, in world: borrowing World, depth: Int
  ) -> [CrashLog] {
    let names = world.names(in: folder)
    let parts = names.filter { $0.hasPrefix("dmesg-") }
    if names.contains(joint) {
      let path = "\(folder)/\(joint)"
      return [CrashLog(path, parts: [path], taken: CrashPart.time(of: parts), isCopy: true)]
    }
    let folders = names.filter { UInt64($0) != nil }
    let further =
      depth == 0
      ? []
      : folders.suffix(most).flatMap { logs(below: "\(folder)/\($0)", in: world, depth: depth - 1) }
    return further + CrashPart.joined(in: folder, parts, isCopy: true, in: world)
  }

  private static let joint = "dmesg.txt"
}

// What kdump-tools, kexec-tools and SUSE's kdump put beside the image of a crashed kernel's memory.
extension CrashLog {
  private static let dumps = "/var/crash"

  private static func dumped(in world: borrowing World) -> [CrashLog] {
    let folders = world.names(in: dumps).filter { isFolder($0, in: world) }
    return folders.suffix(most).flatMap { folder in
      world.names(in: "\(dumps)/\(folder)").filter(isLog).prefix(4).map { name in
        CrashLog("\(dumps)/\(folder)/\(name)", parts: ["\(dumps)/\(folder)/\(name)"])
      }
    }
  }

  private static func isFolder(_ name: String, in world: borrowing World) -> Bool {
    guard !others.contains(where: { name.hasSuffix($0) }),
      let entry = world.known(try world.file(at: "\(dumps)/\(name)"))
    else { return false }
    return (try? entry.status.kind) == .folder
  }

  /// What apport(1) puts there.
  private static let others = [".crash", ".upload", ".uploaded", ".lock", ".log"]

  private static func isLog(_ name: String) -> Bool {
    name.hasPrefix("dmesg.") || name.hasPrefix("vmcore-dmesg")
  }
}

extension CrashLog {
  /// The text, and when it was taken.
  ///
  /// Where this machine's own is read, every part must be root's alone: `/var/crash` is open to all, so that
  /// others could invent a crash.
  func contents(in world: borrowing World) throws(ProcFSError) -> (bytes: [UInt8], taken: Int) {
    var bytes: [UInt8] = []
    var written = 0
    for part in parts {
      let name = part.lastPathComponent
      let folder = try world.directory(at: String(part.dropLast(name.utf8.count + 1)))
      guard
        let content = try folder.trustedContents(
          of: name, owner: world.proc.isLive ? 0 : nil, longest: Self.longest)
      else { throw ProcFSError(path: part, reason: .system(.noSuchFile)) }
      guard bytes.count + content.count <= Self.longest else {
        throw ProcFSError(path: part, reason: .system(.fileTooLarge))
      }
      bytes += content
      if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
      written = max(written, (try? world.file(at: part).status.modified) ?? 0)
    }
    return (bytes, taken ?? written)
  }

  /// 64 MiB: no kernel's log is that long.
  private static let longest = 64 << 20
}
