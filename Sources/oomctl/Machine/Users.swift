import ProcFS

/// Names of users, from `etc/passwd` alone: a name service can't be asked by a static program, nor when
/// memory is short.
struct Users: Sendable {
  private var names: [UInt32: String] = [:]

  /// Reads the file, unless there is none.
  init(in root: borrowing Directory) {
    guard let bytes = try? root.contents(of: "etc/passwd") else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(
        separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count > 2, let id = UInt32(String(decoding: fields[2], as: UTF8.self)),
        names[id] == nil
      else { continue }
      names[id] = String(decoding: fields[0], as: UTF8.self)
    }
  }

  /// The name of a user, or the number where it has none.
  func name(of id: UInt32) -> String { names[id] ?? String(id) }

  /// The number of a user given by name or number.
  func id(of user: String) -> UInt32? {
    names.first { $0.value == user }?.key ?? UInt32(user)
  }
}
