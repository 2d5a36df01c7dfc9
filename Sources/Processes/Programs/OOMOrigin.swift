import Badness
import Core
import ProcFS

/// Who causes the shortage knowingly, and is killed first for it: who switches off swap, whose pages must find room
/// in memory (mm/swapfile.c `SYSCALL_DEFINE1(swapoff)`). Who has KSM unmerge its pages is another one, which shows only
/// in that it happens.
///
/// From 3.7 on the kernel's flag for that doesn't show (include/linux/oom.h `set_current_oom_origin`), but a program
/// of that name does which is in swapoff(2); and where that can't be seen, whether some area is being switched off.
extension Machine {
  /// Whether a process is marked so.
  func isOrigin(_ record: Record) -> Bool {
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

  /// Whether one may be, by what is cheap to read.
  func mayBeOrigin(_ stat: ProcessStat) -> Bool {
    showsOrigins ? stat.isOrigin : stat.name == Self.swapoff
  }

  /// The program's name, of util-linux as of busybox.
  static let swapoff = "swapoff"

  /// To 2.6.39 `stat` prints the flag: `PF_SWAPOFF`, later `PF_OOM_ORIGIN`. From 3.0 to 3.6 whoever switches off
  /// swap has the adjustment 1000 meanwhile.
  private var showsOrigins: Bool { ownRule.map { $0.since < KernelVersion(3, 0) } ?? false }

  private var hidesOrigins: Bool { ownRule.map { $0.since >= KernelVersion(3, 5) } ?? false }
}

/// Whether a swap area is being switched off.
enum SwapOff: Sendable {
  case none
  /// With the bytes of swap that the kernel counts meanwhile, and of all.
  case running(counted: Int, all: Int)
  case unknown

  /// Of an area that is being switched off `SwapTotal` counts only what is still in use, `/proc/swaps` all
  /// (mm/swapfile.c `si_swapinfo`).
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
  /// Whether KSM's pages are being unmerged. The 2 stays afterwards, but then none is shared any more (mm/ksm.c
  /// `run_store`).
  package var isUnmerging: Bool {
    let folder = "/sys/kernel/mm/ksm"
    guard known(try contents(of: "\(folder)/run"))?.first == UInt8(ascii: "2"),
      let shared = known(try contents(of: "\(folder)/pages_shared"))
    else { return false }
    return shared.first != UInt8(ascii: "0")
  }
}

extension Survey {
  /// Those that are killed first whatever their scores are, and so needn't be among the leaders by these. Where no
  /// swap is being switched off, nothing is read.
  mutating func origins(
    needs: Record.Needs, on machine: Machine, in proc: borrowing ProcFS
  ) throws(Failure) -> [Subject] {
    if case .none = machine.swapOff { return [] }
    var ids: [ProcessID] = []
    do throws(ProcFSError) {
      try proc.forEachProcess { id in
        do throws(Errno) {
          if let stat = try proc.stat(of: id), machine.mayBeOrigin(stat) { ids.append(id) }
        } catch {
          // The scores tell already who is hidden.
          let error = ProcFSError(
            path: proc.directory.path(of: "\(id)/stat"), reason: .system(error))
          if error.meaning == .failure { note(error) }
        }
      }
    } catch {
      throw Failure(error)
    }
    var subjects: [Subject] = []
    let needs = needs.union(machine.badnessNeeds).union(.score)
    for id in ids.sorted() {
      guard let record = record(of: id, needs: needs, in: proc) else { continue }
      let subject = Subject(record, on: machine, isScored: true)
      if subject.isTakenAtOnce { subjects.append(subject) }
    }
    return subjects.sorted(by: machine.precedes)
  }
}

extension Subject {
  /// Why it is killed first, in a sentence.
  package var firstReason: String? {
    isTakenAtOnce
      ? "\(label) is switching off swap: the kernel kills it first, whatever its badness and adjustment."
      : nil
  }
}

extension ProcessStat {
  /// Whether it bears the flag that kernels to 2.6.39 have for it.
  fileprivate var isOrigin: Bool { flags & 0x0008_0000 != 0 }
}
