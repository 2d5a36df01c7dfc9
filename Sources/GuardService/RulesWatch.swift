import Posix
import ProcFS

/// Notices that a file may have changed (inotify(7)), however it is changed: written, replaced under its
/// name, removed and made anew, and also where it is reached through links or its folder comes later.
struct RulesWatch: ~Copyable {
  private let files: FileWatch
  /// The folder that all paths begin at; empty for this machine's root.
  private let root: String
  private let components: [String]
  /// The watched files and folders, and in a folder the names that matter.
  private var watches: [CInt: Set<String>] = [:]

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - path: Whole, as seen from the root.
  ///   - root: The folder that takes its place; empty for this machine's.
  static func begun(of path: String, below root: String = "") throws(Errno) -> RulesWatch {
    var watch = try RulesWatch(path, below: root)
    try watch.renew()
    return watch
  }

  private init(_ path: String, below root: String) throws(Errno) {
    files = try FileWatch()
    self.root = root
    components = path.split(separator: "/").map(String.init)
  }

  /// For poll(2).
  var descriptor: CInt { files.descriptor }

  /// Watches what the path leads to now. Whatever changes later is noticed.
  mutating func renew() throws(Errno) {
    for watch in watches.keys { files.remove(watch) }
    watches = [:]
    var walk = Walk(root: root)
    var rest = components
    var linkCount = 0
    while !rest.isEmpty {
      let name = rest.removeFirst()
      if name == "." { continue }
      if name == ".." {
        _ = walk.folders.popLast()
        continue
      }
      // Watched first, looked at then: what changes in between is told.
      let folder = walk.path
      if rest.isEmpty { try add(folder, Self.inFolder, name) }
      let path = walk.path(of: name)
      if let target = try? Directory.link(at: path) {
        try add(folder, Self.inFolder, name)
        linkCount += 1
        guard linkCount <= 40 else { return }
        if target.hasPrefix("/") { walk.folders = [] }
        rest = target.split(separator: "/").map(String.init) + rest
      } else if rest.isEmpty {
        try add(path, Self.ofFile)
      } else {
        if try !add(path, Self.ofFolder) {
          try add(folder, Self.inFolder, name)
          // It may have come in between.
          guard try add(path, Self.ofFolder) else { return }
        }
        walk.folders.append(name)
      }
    }
  }

  /// True where something happened that may have changed the file. All events are read.
  func takesChange() -> Bool {
    var isChange = false
    files.forEachEvent { if concerns($0) { isChange = true } }
    return isChange
  }

  private func concerns(_ event: FileWatch.Event) -> Bool {
    switch event {
    case .overflow: true
    case .end: false
    case .change(let watch, let name):
      watches[watch].map { names in name.map(names.contains) ?? true } ?? false
    }
  }
}

extension RulesWatch {
  private static let ofFolder: FileWatch.Changes = .departure
  private static let ofFile: FileWatch.Changes = [.departure, .content]
  /// That what a folder's name leads to may be another.
  private static let inFolder: FileWatch.Changes = [.departure, .names]

  /// Watches something, unless it isn't there.
  @discardableResult
  private mutating func add(
    _ path: String, _ changes: FileWatch.Changes, _ name: String? = nil
  ) throws(Errno) -> Bool {
    let watch: CInt
    do throws(Errno) {
      watch = try files.add(path, for: changes)
    } catch {
      guard error.meansGone || error == .notADirectory || error.meansForbidden else { throw error }
      return false
    }
    var names = watches[watch] ?? []
    if let name { names.insert(name) }
    watches[watch] = names
    return true
  }

  /// The folders on the way, from the root.
  private struct Walk {
    let root: String
    var folders: [String] = []

    var path: String { folders.isEmpty ? root + "/" : root + "/" + folders.joined(separator: "/") }

    func path(of name: String) -> String { root + "/" + (folders + [name]).joined(separator: "/") }
  }
}
