import ProcFS

/// Names of users, from `etc/passwd` alone: a name service can't be asked by a static program, nor when
/// memory is short.
struct Users: Sendable {
  /// Ascending by number; of several names for one number the first in the file stands first.
  private var entries: [Entry] = []

  private struct Entry: Sendable {
    var id: UInt32
    var name: String
  }

  /// Reads the file, unless there is none.
  init(in world: borrowing World) {
    guard let bytes = world.known(try world.contents(of: "/etc/passwd")) else { return }
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
  func name(of id: UInt32) -> String {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id ? entries[low].name : String(id)
  }

  /// The number of a user given by name or number.
  func id(of user: String) -> UInt32? {
    entries.first { $0.name == user }?.id ?? UInt32(user)
  }
}
