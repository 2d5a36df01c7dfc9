import Glibc
import ProcFS

extension Selection {
  /// Those of the numbers asked for that belong to no process, as errors.
  ///
  /// A thread's number is refused at once: what is asked of it would be asked of its process.
  func missingNumbers(in world: borrowing World) throws(Failure) -> [Remark] {
    var missing: [Remark] = []
    for number in numbers {
      do {
        let process = try world.proc.process(number.id)
        try check(number, process, in: world)
      } catch let error as ProcFSError {
        let isGone = error.errno?.meansGone ?? false
        let failure = isGone ? Failure("\(number.id): no such process") : Failure(error)
        missing.append(.error(failure.message, advice: failure.advice))
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure("\(error)")
      }
    }
    return missing
  }

  private func check(
    _ number: ProcessNumber, _ process: borrowing Process, in world: borrowing World
  ) throws {
    let status = try process.status
    if let group = status.threadGroup, group != number.id {
      throw Failure(
        "\(number.id) is a thread of process \(group) (\(status.name ?? "?"))",
        advice: "Give the process's number.", status: .usage)
    }
    if number.inode != nil, !world.isThisMachine {
      throw Failure("a captured tree has no inodes of pidfds", advice: "Give the number alone.")
    }
    if let inode = number.inode, try process.pidfdInode != inode {
      throw Failure("\(number.id):\(inode): that process has ended; the number is another's now")
    }
  }
}
