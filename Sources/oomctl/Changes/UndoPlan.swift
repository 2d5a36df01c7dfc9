import Configuration
import ProcFS
import Rendering

/// Changes that take others back, the latest first.
struct UndoPlan {
  private(set) var changes: [Change] = []
  private var hints: [String] = []
  private var notes: [Remark] = []
  /// Which of the journal's changes each is for; none for inherited values.
  private var places: [Int: (call: Int, index: Int)] = [:]
  private let isForced: Bool
  private let identity: Identity
  private let machine: Machine
  /// What is there once the changes before are made.
  private var adjustments: [ProcessID: Int] = [:]
  private var files: [String: String?] = [:]
  private var settings: [String: String] = [:]

  init(
    of calls: [Journal.Call], isForced: Bool, withDescendants: Bool, on machine: Machine,
    in world: borrowing World
  ) throws(Failure) {
    self.isForced = isForced
    self.machine = machine
    identity = Identity(in: world)
    for call in calls {
      for recorded in call.changes.reversed() where !recorded.isUndone {
        let change: Change
        switch recorded.change {
        case .adjustment(let entry): change = undoing(entry, in: world)
        case .file(let entry): change = undoing(entry, in: world)
        case .setting(let entry): change = undoing(entry, of: call, in: world)
        case .undone: continue
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
    // What is gone, or as it was, needs no second try.
    let settled = changes.indices.filter { [.done, .unchanged].contains(changes[$0].result) }
    session.markUndone(settled.compactMap { places[$0] }, in: world)
    notes += Systemd.reload(after: changes, in: world) + session.notes
  }
}

extension UndoPlan {
  private mutating func undoing(_ entry: Journal.Adjustment, in world: borrowing World) -> Change {
    let id = ProcessID(entry.pid)
    let file = AdjustmentFile(rawValue: entry.file) ?? .modern
    let target = "\(entry.name)[\(id)]"
    let blank = Change(
      target: target, file: world.proc.directory.path(of: "\(id)/\(file.rawValue)"),
      old: .absent, new: .absent, deed: .none)
    guard identity.boot == entry.boot else {
      return blank.settled("\(target): was a process of another boot")
    }
    guard identity.namespace == entry.namespace else {
      // From where it is seen it can still be taken back.
      let reason = "\(target): is a process of another PID namespace"
      return isForced
        ? blank.settled(reason)
        : blank.refused(reason, advice: "Undo it from there; --force forgets it.")
    }
    let write: AdjustmentWrite
    do throws(ProcFSError) {
      let process = try world.proc.process(id)
      guard try process.stat.startTicks == entry.startTicks else {
        return blank.settled("\(target): has ended")
      }
      let present = try file.value(of: process)
      write = AdjustmentWrite(
        id: id, startTicks: entry.startTicks, name: entry.name, file: file,
        old: adjustments[id] ?? present, value: entry.old, expected: entry.old)
    } catch {
      guard error.errno?.meansGone ?? false else {
        var change = blank
        change.result = .failed
        change.error = "\(error)"
        return change
      }
      return blank.settled("\(target): has ended")
    }
    var change = Change(
      target: target, file: blank.file, old: Value(write.old), new: Value(entry.old),
      deed: .adjustment(write))
    if write.old == entry.old {
      change.result = .unchanged
    } else if write.old != entry.new, !isForced {
      return change.refused(
        "\(target): \(file.rawValue) is \(write.old) now, set by another since",
        advice: "--force brings it back to \(entry.old) nevertheless.")
    }
    adjustments[id] = entry.old
    return change
  }

  private mutating func undoing(_ entry: Journal.FileChange, in world: borrowing World) -> Change {
    var change = Change(
      target: entry.path, file: entry.path, old: Value(entry.new), new: Value(entry.old),
      deed: .none)
    let current: String?
    do throws(ProcFSError) {
      let present = try world.ownContents(of: entry.path)
      current = files[entry.path] ?? present.map { String(decoding: $0, as: UTF8.self) }
    } catch {
      let failure = Failure(error, writing: entry.path)
      change.result = .failed
      change.error = failure.message
      change.advice = failure.advice
      return change
    }
    change = Change(
      target: entry.path, file: entry.path, old: Value(current), new: Value(entry.old),
      deed: .file(FileWrite(path: entry.path, old: current, new: entry.old)))
    if current == entry.old {
      change.result = .unchanged
    } else if current != entry.new, !isForced {
      return change.refused(
        "\(entry.path): was changed by another since",
        advice: "Look at it; --force brings back what stood there before.")
    }
    files[entry.path] = .some(entry.old)
    return change
  }

  private mutating func undoing(
    _ entry: Journal.SettingChange, of call: Journal.Call, in world: borrowing World
  ) -> Change {
    let path = String(entry.path.dropFirst("sys/".utf8.count))
    let key = SettingWrite.key(of: path)
    let blank = Change(
      target: key, file: world.proc.directory.path(of: entry.path), old: .absent, new: .absent,
      deed: .none)
    guard Setting.named(key) != nil, entry.boot == identity.boot else {
      return blank.settled("\(key): was set before the last boot")
    }
    let present: String
    do throws(Failure) {
      let found = try SettingWrite.value(of: path, in: world)
      present = settings[path] ?? found
    } catch {
      var change = blank
      change.result = .failed
      change.error = error.message
      return change
    }
    // Of two that zero each other the one that wasn't 0 brings the other along.
    let comesAlong =
      entry.old == "0" && world.proc.isLive
      && call.changes.contains { other in
        guard case .setting(let other) = other.change, let setting = Setting.named(key) else {
          return false
        }
        return setting.counterpart.flatMap(Setting.named).map { "sys/" + $0.path } == other.path
          && other.old != "0"
      }
    let write = SettingWrite(path: path, old: present, new: entry.old)
    var change = Change(
      target: key, file: blank.file, old: .text(present), new: .text(entry.old),
      deed: comesAlong ? .zeroed(write) : .setting(write))
    if present == entry.old {
      change.result = .unchanged
    } else if present != entry.new, !isForced {
      return change.refused(
        "\(key): is \(present) now, set by another since",
        advice: "--force brings it back to \(entry.old) nevertheless.")
    }
    settings[path] = entry.old
    return change
  }

  /// Those that were born with the value since.
  private mutating func addHeirs(
    of entry: Journal.Adjustment, take: Bool, in world: borrowing World
  ) throws(Failure) {
    let population = try Population(
      on: machine, needs: [.stat, .status, .adjustment, .legacyAdjustment], isScored: false,
      in: world.proc)
    let file = AdjustmentFile(rawValue: entry.file) ?? .modern
    let id = ProcessID(entry.pid)
    let family = population.subjects.descendants(of: [id])
    let heirs = population.subjects.filter { subject in
      subject.id != id && family.contains(subject.id)
        && file.value(of: subject.record) == entry.new
        && subject.record.stat?.startTicks ?? 0 >= entry.upTicks
        && adjustments[subject.id] == nil
    }
    guard !heirs.isEmpty else { return }
    guard take else {
      hints.append(
        "\(Inheritance.list(heirs)) inherited \(entry.new) from \(entry.name)[\(id)]; --tree takes "
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

extension Change {
  /// The same with nothing left to do, and why.
  fileprivate func settled(_ reason: String) -> Change {
    var copy = self
    copy.result = .unchanged
    copy.error = reason
    return copy
  }
}
