package import Core
import ProcFS

/// A request for something that isn't there.
package struct Absentee {
  /// The request in the user's words, as `4211` or `--unit ssh.service`.
  package let words: String
  package let failure: Failure
  /// The selection that it would have been; `nil` for a number.
  package var value: ProcessSelection?

  package init(words: String, failure: Failure, value: ProcessSelection? = nil) {
    self.words = words
    self.failure = failure
    self.value = value
  }
}

/// Numbers that were asked for and belong to no process.
package struct MissingNumbers {
  package private(set) var absentees: [Absentee] = []
  private var ids: Set<ProcessID> = []

  package var isEmpty: Bool { absentees.isEmpty }

  /// The reasons, as errors.
  package var remarks: [Remark] { absentees.map(\.failure.remark) }

  fileprivate mutating func add(_ id: ProcessID, _ failure: Failure) {
    if ids.insert(id).inserted { absentees.append(Absentee(words: "\(id)", failure: failure)) }
  }

  /// Adds the numbers that existed when they were asked for, and aren't among what was read then.
  package mutating func addVanished(_ numbers: [ProcessNumber], from subjects: [ScoredProcess]) {
    let found = Set(subjects.map(\.id))
    for number in numbers where !found.contains(number.id) {
      add(number.id, Failure("\(number.id): has ended meanwhile, or can't be read"))
    }
  }
}

extension ProcessSelection {
  /// The numbers asked for that belong to no process.
  package func missingNumbers(in world: borrowing World) throws(Failure) -> MissingNumbers {
    var missing = MissingNumbers()
    for number in numbers {
      if let failure = try number.absence(in: world) { missing.add(number.id, failure) }
    }
    return missing
  }
}

extension ProcessNumber {
  /// The reason why it means no process, as an error; `nil` if it means one.
  ///
  /// A thread's number is refused at once: the answer would be about its process. So is the number
  /// of a process that has ended, which is another's now.
  package func absence(in world: borrowing World) throws(Failure) -> Failure? {
    let seen: (status: ProcessStatus, inode: UInt64?)
    do throws(ProcFSError) {
      seen = try look(in: world)
    } catch {
      let isGone = error.errno?.meansGone ?? false
      return isGone ? Failure("\(id): no such process") : Failure(error)
    }
    if let group = seen.status.threadGroup, group != id {
      throw Failure(
        "\(id) is a thread of process \(group) (\(seen.status.name ?? "?"))",
        advice: "Give the process's number.", status: .usage)
    }
    guard let inode else { return nil }
    guard world.isThisMachine else {
      throw Failure("a captured tree has no inodes of pidfds", advice: "Give the number alone.")
    }
    guard seen.inode == inode else {
      throw Failure("\(id):\(inode): that process has ended; the number is another's now")
    }
    return nil
  }

  /// The status behind the number; the inode only for a process, and if one was given.
  private func look(
    in world: borrowing World
  ) throws(ProcFSError) -> (status: ProcessStatus, inode: UInt64?) {
    let process = try world.proc.process(id)
    let status = try process.status
    let isProcess = status.threadGroup.map { $0 == id } ?? true
    guard inode != nil, isProcess, world.isThisMachine else { return (status, nil) }
    return (status, try process.pidfdInode)
  }
}
