import Glibc

/// A folder of files made for one test, which goes with it. It is the only thing that tests pretend.
public final class FixtureTree: Sendable {
  /// Where it lies, without a slash at its end.
  public let path: String

  /// What lies at a path in the tree. A literal string is a file with that text.
  public enum Entry: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, Sendable {
    case file([UInt8])
    case link(String)
    case folder
    /// A named pipe that nobody writes into.
    case pipe
    /// A file that only root may read, with that text.
    case secret(String)

    public init(stringLiteral text: String) { self = .file(Array(text.utf8)) }
  }

  /// Makes the files, and the folders that they need: `FixtureTree(["17/oom_score": "666\n"])`.
  public init(_ entries: [String: Entry] = [:]) throws {
    var template = Array("\(Self.place)XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw DataError("a temporary folder") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    for (name, entry) in entries { try add(entry, at: name) }
  }

  deinit {
    FixtureTree.remove(path)
  }

  /// Where trees lie: in memory where that can be, for some file systems take long to make a file where many
  /// were just removed. Both names are of one length, as texts are wrapped that name a tree.
  private static let place: String = {
    if let folder = environment("TMPDIR") { return "\(folder)/oomctl-test-" }
    var system = statvfs()
    guard unsafe access("/dev/shm", W_OK) == 0, unsafe statvfs("/dev/shm", &system) == 0 else {
      return "/tmp/oomctl-test-"
    }
    // Some trees hold programs, which ST_NOEXEC forbids to start.
    return system.f_flag & 8 == 0 ? "/dev/shm/oomtest-" : "/tmp/oomctl-test-"
  }()

  /// Adds what was forgotten, or replaces it.
  public func add(_ entry: Entry, at name: String) throws {
    let full = "\(path)/\(name)"
    try FixtureTree.makeFolders(above: full)
    switch entry {
    case .file(let bytes): try write(bytes, to: full)
    case .link(let target):
      unsafe unlink(full)
      guard unsafe symlink(target, full) == 0 else { throw DataError(full) }
    case .folder:
      guard unsafe mkdir(full, 0o755) == 0 || errno == EEXIST else { throw DataError(full) }
    case .pipe:
      guard unsafe mkfifo(full, 0o644) == 0 else { throw DataError(full) }
    case .secret(let text):
      try write(Array(text.utf8), to: full)
      guard unsafe chmod(full, 0) == 0 else { throw DataError(full) }
    }
  }

  /// Removes a file or folder.
  public func remove(_ name: String) { FixtureTree.remove("\(path)/\(name)") }

  private static func makeFolders(above path: String) throws {
    let folder = TestSupport.folder(of: path)
    if unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder != "/" else { throw DataError(folder) }
    try makeFolders(above: folder)
    guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw DataError(folder) }
  }

  private static func remove(_ path: String) {
    if unsafe unlink(path) == 0 { return }
    for name in (try? names(in: path)) ?? [] where name != "." && name != ".." {
      remove("\(path)/\(name)")
    }
    unsafe rmdir(path)
  }
}
