import Configuration
import Core
import ProcFS
import Processes
import Rendering

extension UndoPlan {
  mutating func undoing(_ entry: Journal.Adjustment, in world: borrowing World) -> Change {
    let id = ProcessID(entry.pid)
    let file = AdjustmentFile(rawValue: entry.file) ?? .modern
    let target = entry.label
    let blank = Change(
      target: target, file: world.proc.directory.path(of: "\(id)/\(file.rawValue)"),
      old: .absent, new: .absent, action: .none)
    guard identity.boot == entry.boot else {
      return blank.settled("\(target): was a process of another boot")
    }
    guard identity.namespace == entry.namespace else {
      // The namespace from which it is seen can still take it back.
      let reason = "\(target): is a process of another PID namespace"
      return isForced
        ? blank.settled(reason)
        : blank.refused(reason, advice: "Undo it from there; --force forgets it.")
    }
    let write: AdjustmentWrite
    do throws(ProcFSError) {
      let process = try world.proc.process(id)
      guard try process.identity == entry.process else {
        return blank.settled("\(target): has ended")
      }
      let present = try file.value(of: process)
      write = AdjustmentWrite(
        process: entry.process, name: entry.name, file: file,
        old: adjustments[id] ?? present, value: entry.old, expected: entry.old)
    } catch {
      guard error.errno?.meansGone ?? false else {
        return blank.failed(Failure("\(error)"))
      }
      return blank.settled("\(target): has ended")
    }
    var change = Change(
      target: target, file: blank.file, old: Value(write.old), new: Value(entry.old),
      action: .adjustment(write))
    if write.old == entry.old {
      change.result = .unchanged
    } else if write.old != entry.new, !isForced {
      return change.refused(
        "\(target): \(file.rawValue) is \(write.old) now, set by someone else since",
        advice: "--force brings it back to \(entry.old) nevertheless.")
    }
    adjustments[id] = entry.old
    return change
  }

  mutating func undoing(_ entry: Journal.FileChange, in world: borrowing World) -> Change {
    var change = Change(
      target: entry.path, file: entry.path, old: Value(entry.new), new: Value(entry.old),
      action: .none)
    guard FileWrite.isOurs(entry.path) else {
      return change.refused(
        "\(entry.path): oomctl never writes that file, so this entry isn't oomctl's",
        advice: "Look at the journal, and who may write to it.")
    }
    let current: String?
    do throws(ProcFSError) {
      let present = try world.ownContents(of: entry.path)
      current = files[entry.path] ?? present.map { String(decoding: $0, as: UTF8.self) }
    } catch {
      return change.failed(Failure(error, writing: entry.path))
    }
    change = Change(
      target: entry.path, file: entry.path, old: Value(current), new: Value(entry.old),
      action: .file(FileWrite(path: entry.path, old: current, new: entry.old)))
    if current == entry.old {
      change.result = .unchanged
    } else if current != entry.new, !isForced {
      return change.refused(
        "\(entry.path): was changed by someone else since",
        advice: "Look at it; --force brings back what stood there before.")
    }
    files[entry.path] = .some(entry.old)
    return change
  }

  mutating func undoing(
    _ entry: Journal.SettingChange, of call: Journal.Call, in world: borrowing World
  ) -> Change {
    let path = String(entry.path.dropFirst("sys/".utf8.count))
    let key = SettingWrite.key(of: path)
    let blank = Change(
      target: key, file: world.proc.directory.path(of: entry.path), old: .absent, new: .absent,
      action: .none)
    guard Setting.named(key) != nil, entry.boot == identity.boot else {
      return blank.settled("\(key): was set before the last boot")
    }
    let present: String
    do throws(Failure) {
      let found = try SettingWrite.value(of: path, in: world)
      present = settings[path] ?? found
    } catch {
      return blank.failed(Failure(error.message))
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
      action: comesAlong ? .zeroed(write) : .setting(write))
    if present == entry.old {
      change.result = .unchanged
    } else if present != entry.new, !isForced {
      return change.refused(
        "\(key): is \(present) now, set by someone else since",
        advice: "--force brings it back to \(entry.old) nevertheless.")
    }
    settings[path] = entry.old
    return change
  }
}

extension Change {
  /// This change with nothing left to do, and the reason.
  fileprivate func settled(_ reason: String) -> Change {
    var copy = self
    copy.result = .unchanged
    copy.error = reason
    return copy
  }
}
