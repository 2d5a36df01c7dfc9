import Glibc
import TestSupport

extension FixtureTree {
  /// All that lies in the tree by its path: a file's bytes, where a link leads, and of a folder nothing.
  package func contents() throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    try gather("", into: &found)
    return found
  }

  private func gather(_ folder: String, into found: inout [String: [UInt8]]) throws {
    for name in try names(in: "\(path)/\(folder)") where name != "." && name != ".." {
      let below = folder.isEmpty ? name : "\(folder)/\(name)"
      var information = stat()
      guard unsafe lstat("\(path)/\(below)", &information) == 0 else {
        throw DataError(below, "is gone")
      }
      switch information.st_mode & S_IFMT {
      case S_IFDIR:
        found[below] = []
        try gather(below, into: &found)
      case S_IFLNK: found[below] = try link(below)
      case S_IFREG: found[below] = try bytes(at: "\(path)/\(below)")
      default: found[below] = [0]
      }
    }
  }

  private func link(_ name: String) throws -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("\(path)/\(name)", &buffer, buffer.count)
    guard count >= 0 else { throw DataError(name, "is no link") }
    return buffer.prefix(count).map(UInt8.init(bitPattern:))
  }
}

extension FixtureTree {
  /// What the tree's process has now.
  package func adjustment(of id: Int) throws -> Int? {
    Int(try file("proc/\(id)/oom_score_adj").filter { !$0.isWhitespace })
  }

  package func file(_ name: String) throws -> String { try text(at: "\(path)/\(name)") }

  package func has(_ name: String) -> Bool { (try? bytes(at: "\(path)/\(name)")) != nil }

  /// Files that differ from what they were, but for the journal and its lock.
  package func changes(since before: [String: [UInt8]]) throws -> [String] {
    let after = try contents()
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
      .filter { !"\($0)/".hasPrefix("var/") }.sorted()
  }
}
