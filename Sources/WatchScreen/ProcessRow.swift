import Badness
import ProcFS
import Processes

/// The state of one process: all that a line about it shows, and little enough to be kept of
/// thousands.
struct ProcessRow: Sendable, Identifiable {
  var identity: ProcessIdentity
  var parent: ProcessID?
  var name = "?"
  var user: UInt32?
  var score: UInt64?
  var adjustment: Int?
  var resident: Int?
  var swapped: Int?
  /// Resident, swapped and page tables, in bytes.
  var footprint: Int?
  /// `nil` where it wasn't asked for, or can't be told.
  var badness: Int128?
  /// True where the kernel takes it first, whatever its score.
  var isTakenAtOnce = false
  /// The memory cgroup, where it was asked for.
  var cgroup: String?
  /// 1 for the first victim; `nil` for what the kernel can't choose.
  var rank: Int?
  /// True where it is among those that were asked for.
  var isSelected = true
  var movement = Movement.unknown
  /// Bytes a minute; `nil` until that can be told.
  var growth: Int?

  /// The change of its rank within the last minute.
  enum Movement: Sendable, Equatable {
    case unknown
    /// It wasn't among those that are looked at.
    case new
    case steady
    case up(Int)
    case down(Int)
  }

  init(_ subject: ScoredProcess, on machine: Machine) {
    let record = subject.record
    identity = record.identity ?? ProcessIdentity(id: record.id, startTicks: 0)
    parent = record.parent
    name = record.name ?? "?"
    user = record.status?.effectiveUserID
    score = record.score
    adjustment = machine.readsLegacyAdjustment ? record.legacyAdjustment : record.adjustment
    resident = record.status?.resident?.bytes
    swapped = record.status?.swapped?.bytes
    footprint = record.status?.footprint
    isTakenAtOnce = subject.isTakenAtOnce
    badness = subject.exemption == nil ? subject.explanation?.badness : nil
    cgroup = record.cgroups?.memory?.path
    rank = subject.rank
  }

  var id: ProcessID { identity.id }

  /// As people name a process.
  var label: String { "\(name)[\(id)]" }
}
