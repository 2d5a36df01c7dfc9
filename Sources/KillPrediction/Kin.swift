import ProcFS

/// Processes that have only forked since one of them was started: the others may hold what one of
/// them maps, even without having a page of it.
struct Kin {
  /// The related processes, the process itself among them.
  private(set) var members: [ProcessID] = []
  /// True if all could be found; those whose parent has ended can't.
  private(set) var isWhole = true

  /// The most processes that are looked at.
  private static let most = 256

  /// Collects them, from the first that runs the same program down to the last.
  init(of id: ProcessID, in proc: borrowing ProcFS) throws(ProcFSError) {
    let program = try proc.process(id).executable
    var first = id
    for _ in 0..<Self.most {
      let parent = try proc.process(first).stat.parent
      guard parent.rawValue > 1, try Self.runs(program, parent, in: proc) else { break }
      first = parent
    }
    members = [first]
    var next = 0
    while next < members.count {
      // Not every kernel lists children.
      let children = try ifPresent(try proc.process(members[next]).children)
      if children == nil { isWhole = false }
      for child in children ?? [] {
        guard try Self.runs(program, child, in: proc) else { continue }
        guard members.count < Self.most else {
          isWhole = false
          return
        }
        members.append(child)
      }
      next += 1
    }
  }

  /// True if a process runs the program. One that has ended meanwhile doesn't, and one that may not
  /// be read runs another.
  private static func runs(
    _ program: String, _ id: ProcessID, in proc: borrowing ProcFS
  ) throws(ProcFSError) -> Bool {
    do throws(ProcFSError) {
      return try proc.process(id).executable == program
    } catch {
      if error.meaning == .failure { throw error }
      return false
    }
  }
}
