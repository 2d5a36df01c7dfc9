package import ProcFS
import Rendering

/// Everything from outside that a command may read, opened once.
package struct World: ~Copyable {
  package let environment: Environment
  /// The folder under which all paths of another machine lie; `nil` for this machine.
  private let root: Directory?
  package let proc: ProcFS
  /// The reads that have failed so far.
  package let gaps = Gaps()

  /// True where the tree is the running machine's own and not a captured one.
  package var isThisMachine: Bool { root == nil }

  /// - Parameters:
  ///   - path: The tree's root, `nil` for this machine.
  ///   - environment: The surroundings.
  ///   - needsProc: Whether a tree without a folder `proc` is refused; a rescued disk's has logs only.
  package init(
    root path: String?, environment: Environment, needsProc: Bool = true
  ) throws(Failure) {
    guard let path else {
      self.init(environment, root: nil, proc: try Self.openOwnProc())
      return
    }
    let root = try Self.openRoot(path)
    let proc = try Self.openProc(in: root, isNeeded: needsProc)
    self.init(environment, root: root, proc: proc)
  }

  private init(_ environment: Environment, root: consuming Directory?, proc: consuming ProcFS) {
    self.environment = environment
    self.root = root
    self.proc = proc
  }

  /// All bytes of an ordinary file, by its path from the root; one that is longer is refused.
  package func contents(of path: String, longest: Int? = nil) throws(ProcFSError) -> [UInt8] {
    switch root {
    case .some(let root): try root.contents(of: path, longest: longest)
    case .none: try Directory.contents(of: path, longest: longest)
    }
  }

  /// An open file of any kind, by its path from the root.
  package func file(at path: String) throws(ProcFSError) -> FileDescriptor {
    switch root {
    case .some(let root): try root.fileForReading(path)
    case .none: try Directory.file(path)
    }
  }

  /// A folder, by its path from the root.
  package func directory(at path: String) throws(ProcFSError) -> Directory {
    switch root {
    case .some(let root): try root.directory(path == "/" ? "." : String(path.drop { $0 == "/" }))
    case .none: try Directory(path: path)
    }
  }

  private static func openOwnProc() throws(Failure) -> ProcFS {
    do {
      return try ProcFS()
    } catch {
      throw Failure(
        "\(error)", advice: "The proc file system must be mounted: mount -t proc proc /proc")
    }
  }

  private static func openRoot(_ path: String) throws(Failure) -> Directory {
    do {
      return try Directory(path: path, isConfined: true)
    } catch {
      throw Failure(error)
    }
  }

  private static func openProc(
    in root: borrowing Directory, isNeeded: Bool
  ) throws(Failure) -> ProcFS {
    do {
      return try ProcFS(try root.directory("proc"))
    } catch {
      if !isNeeded, error.meaning == .absent { return ProcFS(missingIn: root) }
      throw Failure(
        "\(error)",
        advice: "--root names a folder with a folder 'proc' in it, as a captured tree has.")
    }
  }
}
