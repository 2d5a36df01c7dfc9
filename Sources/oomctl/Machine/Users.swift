import ProcFS

/// Names of users, from `etc/passwd` alone: a name service can't be asked by a static program, nor when
/// memory is short.
struct Users: Sendable {
  private var names: [UInt32: String] = [:]

  /// Reads the file, unless there is none.
  init(in root: borrowing Directory) {
    guard let bytes = try? root.contents(of: "etc/passwd") else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) { add(line) }
  }

  /// `root:x:0:0:…`: of several names for one number the first holds.
  private mutating func add(_ line: ArraySlice<UInt8>) {
    let colon = UInt8(ascii: ":")
    guard let nameEnd = line.firstIndex(of: colon),
      let passwordEnd = line[(nameEnd + 1)...].firstIndex(of: colon)
    else { return }
    let number = line[(passwordEnd + 1)...].prefix { $0 != colon }
    guard let id = UInt32(String(decoding: number, as: UTF8.self)), names[id] == nil else { return }
    names[id] = String(decoding: line[..<nameEnd], as: UTF8.self)
  }

  /// The name of a user, or the number where it has none.
  func name(of id: UInt32) -> String { names[id] ?? String(id) }

  /// The number of a user given by name or number.
  func id(of user: String) -> UInt32? {
    names.first { $0.value == user }?.key ?? UInt32(user)
  }
}
