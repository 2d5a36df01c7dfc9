import ProcFS
import Rendering

/// Everything from outside that a command may read, opened once.
struct World: ~Copyable {
  let environment: Environment
  /// The folder under which all paths lie.
  let root: Directory
  let proc: ProcFS
  /// Whether the tree is the running machine's own and not a captured one.
  let isThisMachine: Bool

  /// `path` is the tree's root, `nil` for this machine.
  init(root path: String?, environment: Environment) throws(Failure) {
    let root = try Self.openRoot(path)
    proc = try Self.openProc(in: root, isThisMachine: path == nil)
    self.root = root
    self.environment = environment
    isThisMachine = path == nil
  }

  private static func openRoot(_ path: String?) throws(Failure) -> Directory {
    do {
      return try Directory(path: path ?? "/", isConfined: path != nil)
    } catch {
      throw Failure(error)
    }
  }

  private static func openProc(
    in root: borrowing Directory, isThisMachine: Bool
  ) throws(Failure) -> ProcFS {
    do {
      return ProcFS(try root.directory("proc"))
    } catch {
      let advice =
        isThisMachine
        ? "The proc file system must be mounted: mount -t proc proc /proc"
        : "--root names a folder with a folder 'proc' in it, as a captured tree has."
      throw Failure("\(error)", advice: advice)
    }
  }
}
