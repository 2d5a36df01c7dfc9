import Core
import KernelLog
import Posix
import ProcFS

/// A log that a collector of support data left in its tree, as a command printed it, or copied into a file
/// with others.
package struct CapturedLog: Hashable, Sendable {
  /// From the root.
  let path: String
  /// Of a file that holds several, the heading of this one.
  var heading: String?
  /// The bytes of that; all without.
  var range: Range<Int>?
  /// True for the ring buffer's: its clock begins with the boot, unless it has a calendar, and only root can
  /// write to it.
  let isRing: Bool

  package var name: String { heading.map { "\(path) (\($0))" } ?? path }

  /// All in a tree.
  static func all(in world: borrowing World) -> [CapturedLog] {
    guard !world.proc.isLive else { return [] }
    return printed(in: world) + copied(in: world)
  }
}

// sos (sos/report/plugins/kernel.py, logs.py): a file for each command, named after it.
extension CapturedLog {
  private static let rings = "/sos_commands/kernel"
  private static let journals = "/sos_commands/logs"

  private static func printed(in world: borrowing World) -> [CapturedLog] {
    let rings = world.names(in: rings).filter { $0 == "dmesg" || $0.hasPrefix("dmesg_") }
    // With a calendar where it has one, unless the time of boot is known.
    let isBootKnown = (try? world.proc.bootTime) != nil
    let ring = isBootKnown ? rings.first : rings.first { $0.holds("-T") } ?? rings.first
    let journals = world.names(in: journals).filter { name in
      name.hasPrefix("journalctl_") && !asides.contains(where: { name.holds($0) })
    }
    return
      (ring.map { [CapturedLog(path: "\(Self.rings)/\($0)", isRing: true)] } ?? [])
      + journals.map { CapturedLog(path: "\(Self.journals)/\($0)", isRing: false) }
  }

  /// What journalctl prints that isn't a log.
  private static let asides = ["--disk-usage", "--list-boots", "--verify", "--header", "--fields"]
}

// supportutils (supportconfig): files of many sections, each with a heading.
extension CapturedLog {
  private static let files = ["/boot.txt", "/messages.txt"]
  /// Words of the headings of those that may hold the kernel's messages.
  private static let kernels = [
    "dmesg", "journalctl", "boot.msg", "/messages", "/warn", "localmessages",
  ]

  private static func copied(in world: borrowing World) -> [CapturedLog] {
    files.flatMap { path in
      guard let file = try? world.file(at: path), (try? file.status.kind) == .ordinary else {
        return [CapturedLog]()
      }
      var sections = SectionScan()
      sections.read(file)
      return sections.found.filter { section in
        kernels.contains { section.heading.holds($0) }
      }
      .prefix(CrashLog.most).map { section in
        CapturedLog(
          path: path, heading: section.heading, range: section.range,
          isRing: section.heading.holds("dmesg"))
      }
    }
  }
}

/// Finds the sections of a file of supportutils': `#==[ Command ]===…#`, and on the next line `# /bin/dmesg -T`.
struct SectionScan {
  private(set) var found: [(heading: String, range: Range<Int>)] = []

  private static let mark = Array("#==[ ".utf8)
  private static let longestLine = 256
  /// No heading is looked for beyond: what follows belongs to the last section.
  private static let longestFile = 1 << 30

  mutating func read(_ file: borrowing FileDescriptor) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    var offset = 0
    var line: [UInt8] = []
    var lineStart = 0
    var isHeading = false
    while offset < Self.longestFile {
      var span = buffer.mutableSpan
      guard let count = try? file.read(into: &span, at: offset), count > 0 else { break }
      for index in 0..<count {
        let byte = buffer[index]
        guard byte == UInt8(ascii: "\n") else {
          if line.count < Self.longestLine { line.append(byte) }
          continue
        }
        take(line, lineStart..<offset + index + 1, &isHeading)
        line.removeAll(keepingCapacity: true)
        lineStart = offset + index + 1
      }
      offset += count
    }
    close(at: (try? file.status.size) ?? offset)
  }

  private mutating func take(_ line: [UInt8], _ place: Range<Int>, _ isHeading: inout Bool) {
    if isHeading, line.starts(with: "# ".utf8) {
      let start = place.upperBound
      found.append((String(decoding: line.dropFirst(2), as: UTF8.self), start..<start))
    }
    isHeading = line.starts(with: Self.mark)
    if isHeading { close(at: place.lowerBound) }
  }

  private mutating func close(at end: Int) {
    guard let last = found.indices.last, found[last].range.isEmpty else { return }
    found[last].range = found[last].range.lowerBound..<max(end, found[last].range.lowerBound)
  }
}
