package import ProcFS

/// Names of users, from `etc/passwd` alone: a name service can't be asked by a static program, nor when
/// memory is short. And which of them are the system's, from `etc/login.defs`.
package struct Users: Sendable {
  /// The lowest number of an ordinary user: `UID_MIN` of login.defs(5).
  private var firstOrdinary: UInt32 = 1000
  /// The users, ascending by number; of several names for one number the first in the file is
  /// first.
  private var entries: [Entry] = []
  /// The reason why one of the files couldn't be read, though it may exist; then only root is known
  /// to be a system user.
  package private(set) var problem: ProcFSError?

  private struct Entry: Sendable {
    var id: UInt32
    var name: String
  }

  /// Reads the files, unless there are none.
  package init(in world: borrowing World) {
    if let bytes = contents(of: "/etc/login.defs", in: world),
      let first = Self.firstOrdinary(in: bytes)
    {
      firstOrdinary = first
    }
    guard let bytes = contents(of: "/etc/passwd", in: world) else { return }
    var start = 0
    for end in bytes.indices where bytes[end] == UInt8(ascii: "\n") {
      add(line: bytes[start..<end])
      start = end + 1
    }
    add(line: bytes[start...])
    let isAscending = entries.indices.dropFirst().allSatisfy {
      entries[$0 - 1].id <= entries[$0].id
    }
    if !isAscending { entries.sort { $0.id < $1.id } }
  }

  /// All bytes of a file; `nil` where there is none, or it can't be read.
  private mutating func contents(of path: String, in world: borrowing World) -> [UInt8]? {
    do throws(ProcFSError) {
      return try ifPresent(try world.contents(of: path))
    } catch {
      problem = problem ?? error
      world.gaps.note(error)
      return nil
    }
  }

  /// The homes of ordinary users, by number; of the first 256.
  package static func homes(in world: borrowing World) -> [(id: UInt32, home: String)] {
    guard let bytes = world.known(try world.contents(of: "/etc/passwd")) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).prefix(4096)
    return Array(
      lines.compactMap { line -> (id: UInt32, home: String)? in
        let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard fields.count > 5, let id = UInt32(String(decoding: fields[2], as: UTF8.self)),
          (1000..<60_000).contains(id), fields[5].first == UInt8(ascii: "/")
        else { return nil }
        return (id, String(decoding: fields[5], as: UTF8.self))
      }.prefix(256))
  }

  /// `root:x:0:0:…`
  private mutating func add(line: ArraySlice<UInt8>) {
    let colon = UInt8(ascii: ":")
    guard let nameEnd = line.firstIndex(of: colon),
      let passwordEnd = line[(nameEnd + 1)...].firstIndex(of: colon)
    else { return }
    let number = line[(passwordEnd + 1)...].prefix { $0 != colon }
    guard let id = UInt32(String(decoding: number, as: UTF8.self)) else { return }
    entries.append(Entry(id: id, name: String(decoding: line[..<nameEnd], as: UTF8.self)))
  }

  /// The name of a user, or the number where it has none.
  package func name(of id: UInt32) -> String {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id ? entries[low].name : String(id)
  }

  /// The number of a user given by name or number.
  package func id(of user: String) -> UInt32? {
    entries.first { $0.name == user }?.id ?? UInt32(user)
  }

  /// The number in `UID_MIN 1000`; the last line holds.
  private static func firstOrdinary(in bytes: [UInt8]) -> UInt32? {
    var first: UInt32?
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      // Most of the file is remarks.
      let line = rest[..<end].drop(while: isBlank)
      if line.first == UInt8(ascii: "U") { first = number(inMinimum: line) ?? first }
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    return first
  }

  private static func number(inMinimum line: ArraySlice<UInt8>) -> UInt32? {
    let words = line.split(whereSeparator: isBlank)
    guard words.count >= 2, words[0].elementsEqual("UID_MIN".utf8) else { return nil }
    return UInt32(String(decoding: words[1], as: UTF8.self))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

extension Users {
  /// Numbers that systemd gives to services for as long as they run (`DynamicUser=`, docs/UIDS-GIDS.md).
  private static let dynamic: ClosedRange<UInt32> = 61184...65519

  /// True for a system user, one that isn't for logging in: root, the users of services, and
  /// systemd's dynamic ones.
  package func isSystem(_ id: UInt32) -> Bool {
    guard problem == nil else { return id == 0 }
    return id < firstOrdinary || Self.dynamic.contains(id) && !entries.contains { $0.id == id }
  }

  /// True for an ordinary user who may be a person: not nobody, whom the kernel shows where a number
  /// has no meaning here. Where the files can't be read nobody is known to be one.
  package func isPerson(_ id: UInt32) -> Bool {
    problem == nil && !isSystem(id) && id != Self.nobody
  }

  /// `overflowuid` of the kernel, and the account of that name.
  private static let nobody: UInt32 = 65534

  /// The owner of a process.
  package func owner(of status: ProcessStatus?) -> ProcessOwner {
    guard let real = status?.realUserID, let effective = status?.effectiveUserID else {
      return ProcessOwner(ordinary: nil)
    }
    let ids = [real, effective, status?.savedUserID ?? effective]
    let ordinary = Set(ids.filter { !isSystem($0) })
    return ProcessOwner(ordinary: problem == nil || ordinary.isEmpty ? ordinary : nil)
  }
}

/// The owner of a process. A program that one user starts and that acts as another, as set-user-ID
/// ones do, belongs to both: the user who starts it chooses the time and the arguments.
package struct ProcessOwner: Hashable, Sendable {
  /// The ordinary users among the owners; `nil` where they can't be read.
  package let ordinary: Set<UInt32>?

  /// True if only root and system users own it.
  package var isSystem: Bool { ordinary?.isEmpty == true }

  /// True if all owners are system users or among these.
  package func isAmong(_ users: Set<UInt32>) -> Bool { ordinary?.isSubset(of: users) ?? false }

  /// The names of the ordinary users, as `alice`, or several.
  package func names(_ users: Users) -> String {
    guard let ordinary else { return "a user who can't be told" }
    return ordinary.sorted().map(users.name(of:)).joined(separator: " and ")
  }
}
