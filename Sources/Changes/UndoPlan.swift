import Configuration
import Core
import ProcFS
import Processes
import Rendering

/// Changes that take others back, the latest first.
struct UndoPlan {
  private(set) var changes: [Change] = []
  private var hints: [String] = []
  private var notes: [Remark] = []
  /// The change in the journal that each is for; none for inherited values.
  private var places: [Int: (call: Int, index: Int)] = [:]
  let isForced: Bool
  let identity: BootIdentity
  private let machine: Machine
  /// The values that are there once the changes before are made.
  var adjustments: [ProcessID: Int] = [:]
  var files: [String: String?] = [:]
  var settings: [String: String] = [:]

  init(
    of calls: [Journal.Call], isForced: Bool, withDescendants: Bool, on machine: Machine,
    in world: borrowing World
  ) throws(Failure) {
    self.isForced = isForced
    self.machine = machine
    identity = try BootIdentity(in: world)
    for call in calls {
      for recorded in call.changes.reversed() where recorded.isOpen {
        let change: Change
        switch recorded.change {
        case .adjustment(let entry): change = undoing(entry, in: world)
        case .file(let entry): change = undoing(entry, in: world)
        case .setting(let entry): change = undoing(entry, of: call, in: world)
        case .undone, .failed, .caller: continue
        }
        places[changes.count] = (call.id, recorded.index)
        changes.append(change)
        if case .adjustment(let entry) = recorded.change, change.result == .planned {
          try addHeirs(of: entry, take: withDescendants, in: world)
        }
      }
    }
  }

  var report: ChangeReport {
    let settled = changes.filter { $0.result == .unchanged }.compactMap(\.error)
    return ChangeReport(changes: changes, notes: notes, hints: settled.map { "\($0)." } + hints)
  }

  mutating func carryOut(_ session: inout ChangeSession, in world: borrowing World) {
    for index in changes.indices { changes[index].apply(in: world) }
    // A process that is gone, or a value that is back already, needs no second try.
    let settled = changes.indices.filter { [.done, .unchanged].contains(changes[$0].result) }
    session.markUndone(settled.compactMap { places[$0] }, in: world)
    notes += Systemd.reload(after: changes, in: world) + session.notes
  }
}

extension UndoPlan {
  /// Those that were born with the value since.
  private mutating func addHeirs(
    of entry: Journal.Adjustment, take: Bool, in world: borrowing World
  ) throws(Failure) {
    let processes = try ProcessList(
      on: machine, needs: [.stat, .status, .adjustment, .legacyAdjustment], isScored: false,
      in: world.proc)
    notes += processes.reader.remarks
    let file = AdjustmentFile(rawValue: entry.file) ?? .modern
    let id = ProcessID(entry.pid)
    let family = processes.subjects.descendants(of: [id])
    let heirs = processes.subjects.without(world.ownProcess).filter { subject in
      subject.id != id && family.contains(subject.id)
        && file.value(of: subject.record) == entry.new
        && subject.record.stat?.startTicks ?? 0 >= entry.upTicks
        && adjustments[subject.id] == nil
    }
    guard !heirs.isEmpty else { return }
    guard take else {
      hints.append(
        "\(heirs.listed) inherited \(entry.new) from \(entry.label); --tree takes "
          + "along what was inherited.")
      return
    }
    let request = AdjustmentRequest(amount: .absolute(entry.old), isLegacy: file == .legacy)
    for heir in heirs {
      adjustments[heir.id] = entry.old
      changes.append(request.change(of: heir, on: machine, in: world))
    }
  }
}
