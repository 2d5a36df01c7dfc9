import Badness
import Core
import ProcFS

/// Processes that cause the shortage knowingly, and are killed first for it: one that switches off
/// swap, whose pages must fit into memory (mm/swapfile.c `SYSCALL_DEFINE1(swapoff)`). Another is
/// one that has KSM unmerge its pages; of that only the unmerging itself shows.
///
/// The kernel's flag for it doesn't show from 3.7 on (include/linux/oom.h
/// `set_current_oom_origin`). A program named swapoff in the system call swapoff(2) does; where the
/// call can't be seen, an area that is being switched off is the sign.
extension Machine {
  /// True if a process is such an origin.
  func isOrigin(_ record: ProcessSnapshot) -> Bool {
    if showsOrigins { return record.stat?.isOrigin ?? false }
    guard record.name == Self.swapoff, hidesOrigins else { return false }
    switch record.systemCall {
    case .waiting(let number): return PresentSystemCall.swapoff.contains(number)
    case .elsewhere: return false
    case .running, nil:
      guard case .running = swapOff else { return false }
      return true
    }
  }

  /// True if a process may be one, by its `stat` alone, which is cheap to read.
  func mayBeOrigin(_ stat: ProcessStat) -> Bool {
    showsOrigins ? stat.isOrigin : stat.name == Self.swapoff
  }

  /// The program's name, in util-linux and in busybox.
  static let swapoff = "swapoff"

  /// True where `stat` prints the flag, to 2.6.39: `PF_SWAPOFF`, later `PF_OOM_ORIGIN`. From 3.0 to
  /// 3.6 a process that switches off swap has the adjustment 1000 meanwhile.
  private var showsOrigins: Bool { ownRule.map { $0.since < KernelVersion(3, 0) } ?? false }

  private var hidesOrigins: Bool { ownRule.map { $0.since >= KernelVersion(3, 5) } ?? false }
}

/// The state of the swap areas: whether one is being switched off.
enum SwapOff: Sendable {
  case none
  /// With the bytes of swap that the kernel counts meanwhile, and of all.
  case running(counted: Int, all: Int)
  case unknown

  /// Compares sizes: of an area that is being switched off `SwapTotal` counts only the pages still
  /// in use, `/proc/swaps` all (mm/swapfile.c `si_swapinfo`).
  ///
  /// - Parameter total: `SwapTotal`, in bytes.
  init(total: Int, in world: borrowing World) {
    // Nothing to read where there is no swap.
    guard total > 0 else {
      self = .none
      return
    }
    guard let areas = world.known(try world.proc.swapAreas) else {
      self = world.isThisMachine ? .none : .unknown
      return
    }
    self =
      areas.size > total
      ? .running(counted: Self.counted(of: areas, total), all: areas.size) : .none
  }

  /// What `total_swap_pages` is meanwhile, by which `oom_score` and the OOM killer go: without the whole area
  /// (mm/swapfile.c `SYSCALL_DEFINE1(swapoff)`). That is the one whose unused part `SwapTotal` lacks; what is used
  /// of it has become less since.
  private static func counted(of areas: SwapAreas, _ total: Int) -> Int {
    let lacking = areas.size - total
    let area = areas.areas.min {
      abs($0.size - $0.used - lacking) < abs($1.size - $1.used - lacking)
    }
    return areas.size - (area?.size ?? 0)
  }
}

extension World {
  /// True while KSM's pages are being unmerged. The 2 stays afterwards, but then no page is shared
  /// any more (mm/ksm.c `run_store`).
  package var isUnmerging: Bool {
    let folder = "/sys/kernel/mm/ksm"
    guard known(try contents(of: "\(folder)/run"))?.first == UInt8(ascii: "2"),
      let shared = known(try contents(of: "\(folder)/pages_shared"))
    else { return false }
    return shared.first != UInt8(ascii: "0")
  }
}

extension ProcessReader {
  /// Processes that are killed first whatever their scores, so that they may be missing among the
  /// leaders. Where no swap is being switched off, nothing is read.
  mutating func origins(
    needs: ProcessSnapshot.Fields, on machine: Machine, in proc: borrowing ProcFS
  ) throws(Failure) -> [ScoredProcess] {
    if case .none = machine.swapOff { return [] }
    var ids: [ProcessID] = []
    do throws(ProcFSError) {
      try proc.forEachProcess { id in
        do throws(Errno) {
          if let stat = try proc.stat(of: id), machine.mayBeOrigin(stat) { ids.append(id) }
        } catch {
          // The scan of the scores has counted hidden processes already.
          let error = ProcFSError(
            path: proc.directory.path(of: "\(id)/stat"), reason: .system(error))
          if error.meaning == .failure { note(error) }
        }
      }
    } catch {
      throw Failure(error)
    }
    var subjects: [ScoredProcess] = []
    let needs = needs.union(machine.badnessNeeds).union(.score)
    for id in ids.sorted() {
      guard let record = record(of: id, needs: needs, in: proc) else { continue }
      let subject = ScoredProcess(record, on: machine, isScored: true)
      if subject.isTakenAtOnce { subjects.append(subject) }
    }
    return subjects.sorted(by: machine.precedes)
  }
}

extension ScoredProcess {
  /// The reason why it is killed first, in a sentence.
  package var firstReason: String? {
    isTakenAtOnce
      ? "\(label) is switching off swap: the kernel kills it first, whatever its badness and adjustment."
      : nil
  }
}

extension ProcessStat {
  /// True if it has the flag of kernels to 2.6.39.
  fileprivate var isOrigin: Bool { flags & 0x0008_0000 != 0 }
}
