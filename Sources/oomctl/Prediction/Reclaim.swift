import Badness
import ProcFS

/// What has become of memory when the kernel chooses.
///
/// At once, as by SysRq-f or in a sudden burst, sizes are as they are. In a shortage that comes slower reclaim
/// goes first: mapped files leave RAM, but for what is locked, and shared memory is swapped out, for which no
/// process counts it any more (mm/rmap.c `try_to_unmap_one` leaves an entry only for anonymous pages).
struct Reclaim: Sendable {
  /// Bytes of shared memory that swap has room for, and of all that there is.
  private let swapRoom: Int
  private let shared: Int

  init(swapRoom: Int, shared: Int) {
    self.swapRoom = max(0, swapRoom)
    self.shared = shared
  }

  /// In a domain as it is now; `nil` where the machine's memory can't be read.
  init?(in domain: Domain, _ world: borrowing World) {
    guard let memory = world.known(try world.proc.memoryInfo), memory[.total] != nil else {
      return nil
    }
    var room = memory[.swapFree]?.bytes ?? 0
    // What a group may not swap stays.
    if let swap = domain.limits?.swap { room = min(room, swap) }
    if domain.limits?.swappiness == 0 { room = 0 }
    self.init(swapRoom: room, shared: memory[.shared]?.bytes ?? 0)
  }

  /// A process's candidate as it would be then.
  func candidate(of subject: Subject, pageSize: Int) -> Candidate? {
    guard var candidate = subject.candidate, var memory = candidate.memory,
      let dropped = dropped(from: subject.record)
    else { return subject.candidate }
    memory.resident = Pages(max(0, memory.resident.count - dropped / pageSize))
    candidate.memory = memory
    return candidate
  }

  /// Bytes that leave RAM and count for nobody then; `nil` where the kernel doesn't tell what is of files.
  func dropped(from record: Record) -> Int? {
    guard let status = record.status, let file = status.fileMapped?.bytes else {
      // To 4.4 files and shared memory are one number.
      return record.sizes.flatMap { _ in
        record.anonymousBytes.map { max(0, (record.status?.resident?.bytes ?? 0) - $0) }
      }
    }
    let shared = status.shared?.bytes ?? 0
    // What is locked beyond the anonymous memory is the least that can be of files.
    let locked = max(0, (status.locked?.bytes ?? 0) - (status.anonymous?.bytes ?? 0))
    let lockedShared = min(shared, locked)
    let lockedFile = min(file, locked - lockedShared)
    return file - lockedFile + swappedOut(shared - lockedShared)
  }

  private func swappedOut(_ bytes: Int) -> Int {
    guard shared > swapRoom else { return swapRoom > 0 ? bytes : 0 }
    return Int(clamping: Int128(bytes) * Int128(swapRoom) / Int128(max(1, shared)))
  }
}
