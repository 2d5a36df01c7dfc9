import Changes
import Configuration
import Core
import Posix
import ProcFS

/// A copy of the rules that were good last, which outlives the guard: a start with a broken file mustn't mean
/// no protection at all.
struct LastGoodRules {
  /// The path that the rules are read from.
  private let rulesPath: String
  /// The path of the copy.
  let path: String
  /// The user who must own it.
  private let owner: UInt32

  /// The good rules, and the time since when they were in force, in seconds since 1970.
  struct Copy {
    let text: [UInt8]
    let since: Int
  }

  enum Found {
    case nothing
    /// The reason why it isn't trusted, or can't be read.
    case unusable(String)
    case copy(Copy)
  }

  /// Each file of rules has its own: several guards may run.
  init(of rulesPath: String, in world: borrowing World) {
    self.rulesPath = rulesPath
    owner = OwnProcess.effectiveUserID
    let folder = world.environment.serviceFolder("STATE_DIRECTORY") ?? world.statePath
    let name = "guard-rules-" + String(rulesPath.fingerprint, radix: 16)
    path = folder.map { "\($0)/\(name)" } ?? ""
  }

  /// The copy, if there is one that only its owner could have written.
  func find(in world: borrowing World) -> Found {
    guard !path.isEmpty else { return .nothing }
    do throws(ProcFSError) {
      let bytes = try world.folder(above: path).trustedContents(
        of: path.lastPathComponent, owner: owner, longest: Self.longest)
      guard let bytes else { return .nothing }
      guard let copy = Self.parse(bytes, rulesPath) else {
        return .unusable("\(path): isn't a whole copy of \(rulesPath)")
      }
      return .copy(copy)
    } catch {
      return error.errno == .noSuchFile ? .nothing : .unusable("\(error)")
    }
  }

  /// Replaces the copy, unless it says the same.
  func save(_ copy: Copy, in world: borrowing World) throws(ProcFSError) {
    guard !path.isEmpty, !rulesPath.utf8.contains(UInt8(ascii: "\n")) else { return }
    if case .copy(let old) = find(in: world), old.text == Self.whole(copy.text) { return }
    let last = "\(Self.mark)\(copy.since) \(rulesPath)\n"
    try world.folder(above: path, making: true).replace(
      path.lastPathComponent, with: Self.whole(copy.text) + last.utf8, permissions: 0o600)
  }
}

extension LastGoodRules {
  /// Begins the last line, by which a copy is known to be whole. Above it are the rules, on the lines that
  /// they had.
  private static let mark =
    "# The last good rules, kept by oomctl guard. In force since, and read from: "

  private static let longest = GuardRules.largestFile + 8192

  private static func parse(_ bytes: [UInt8], _ rulesPath: String) -> Copy? {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    let end = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let last = bytes[end...].dropLast()
    guard last.starts(with: mark.utf8) else { return nil }
    let parts = last.dropFirst(mark.utf8.count).split(
      separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].elementsEqual(rulesPath.utf8),
      let since = Int(String(decoding: parts[0], as: UTF8.self))
    else { return nil }
    return Copy(text: Array(bytes[..<end]), since: since)
  }

  /// With an end of its last line.
  private static func whole(_ text: [UInt8]) -> [UInt8] {
    text.isEmpty || text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")]
  }
}

extension String {
  /// A number for its bytes, the same on each run (FNV-1a).
  fileprivate var fingerprint: UInt64 {
    utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
