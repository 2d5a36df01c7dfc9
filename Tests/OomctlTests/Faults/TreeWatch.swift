import Glibc
import TestSupport

/// A tree that is looked at again and again: only what has changed is read anew.
final class TreeWatch {
  private let tree: FixtureTree
  private var seen: [String: (mark: Mark, bytes: [UInt8])] = [:]

  /// By which a file is known to be the same.
  private struct Mark: Equatable {
    let values: [Int]

    init(_ information: stat) {
      values = [
        Int(information.st_ino), Int(information.st_size), Int(information.st_mode),
        information.st_mtim.tv_sec, information.st_mtim.tv_nsec, information.st_ctim.tv_sec,
        information.st_ctim.tv_nsec,
      ]
    }
  }

  init(_ tree: FixtureTree) { self.tree = tree }

  /// As `FixtureTree.contents`.
  func contents() throws -> TreeContents {
    var found: TreeContents = [:]
    try gather("", into: &found)
    return found
  }

  private func gather(_ folder: String, into found: inout TreeContents) throws {
    for name in try names(in: "\(tree.path)/\(folder)") where name != "." && name != ".." {
      let below = folder.isEmpty ? name : "\(folder)/\(name)"
      var information = stat()
      guard unsafe lstat("\(tree.path)/\(below)", &information) == 0 else { continue }
      switch information.st_mode & S_IFMT {
      case S_IFDIR:
        found[below] = []
        try gather(below, into: &found)
      case S_IFREG:
        let mark = Mark(information)
        if let known = seen[below], known.mark == mark {
          found[below] = known.bytes
        } else {
          let bytes = try bytes(at: "\(tree.path)/\(below)")
          seen[below] = (mark, bytes)
          found[below] = bytes
        }
      default: continue
      }
    }
  }

  /// Makes it what it was. Links stay: the program makes none.
  func restore(_ before: TreeContents) throws {
    let present = try contents()
    for name in present.keys.sorted(by: >) where before[name] == nil { tree.remove(name) }
    for (name, bytes) in before where present[name] != bytes {
      try tree.add(bytes.isEmpty ? .folder : .file(bytes), at: name)
    }
  }
}
