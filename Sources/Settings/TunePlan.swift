import Changes
import Core
import ProcFS
import Rendering

/// A value for a setting, as it was asked for.
package struct RequestedSetting {
  let setting: Setting
  let value: String

  /// As it is typed.
  var word: String { "\(setting.key)=\(value)" }
}

/// Settings to be written, in an order in which no step is worse than what was before.
struct TunePlan {
  private(set) var changes: [Change] = []
  /// The values in force before the changes are made, by key.
  private(set) var formerValues: [String: String] = [:]
  /// The values in force once the changes are made, by key.
  private(set) var values: [String: String] = [:]

  init(_ requests: [RequestedSetting], on context: TuningContext, in world: borrowing World)
    throws(Failure)
  {
    for setting in Setting.all { values[setting.key] = context.present(setting, in: world) }
    formerValues = values
    for request in requests.sorted(by: { $0.step < $1.step }) {
      let present = values[request.setting.key]
      if let problem = context.problem(with: request.value, for: request.setting, now: present) {
        throw Failure("\(request.setting.key)=\(request.value): \(problem)", status: .usage)
      }
      guard let present else {
        // Says why in its own words; a read that failed before may succeed now, and then nothing is known
        // of what it was planned with.
        _ = try SettingWrite.value(of: request.setting.path, in: world)
        throw Failure("\(request.setting.key): couldn't be read at first", advice: "Try again.")
      }
      let stored = request.setting.stored(request.value, replacing: present) ?? request.value
      append(request.setting, from: present, to: stored, in: world)
    }
  }

  private mutating func append(
    _ setting: Setting, from old: String, to new: String, in world: borrowing World
  ) {
    let counterpart = setting.counterpart.flatMap(Setting.named)
    let zeroed = counterpart.flatMap { other in
      values[other.key].map { (other, $0) }
    }.flatMap { $0.1 == "0" ? nil : $0 }
    var change = setting.change(
      .setting(SettingWrite(path: setting.path, old: old, new: new)), old, new, in: world)
    // A value that is as requested isn't written: it would only zero the other one.
    if old == new { change.result = .unchanged }
    changes.append(change)
    guard old != new else { return }
    values[setting.key] = new
    guard let (other, value) = zeroed else { return }
    // The kernel does that itself; a copied tree must be told.
    let write = SettingWrite(path: other.path, old: value, new: "0")
    changes.append(
      other.change(world.proc.isLive ? .zeroed(write) : .setting(write), value, "0", in: world))
    values[other.key] = "0"
  }
}

extension Setting {
  fileprivate func change(
    _ action: Change.Action, _ old: String, _ new: String, in world: borrowing World
  ) -> Change {
    Change(
      target: key, file: world.proc.directory.path(of: "sys/" + path), old: .text(old),
      new: .text(new), action: action)
  }
}

extension RequestedSetting {
  /// Its place among others: what loosens comes first, what binds last. A limit is in place before it is
  /// enforced, and the reboot before the panic.
  fileprivate var step: Int {
    let number = setting.stored(value)
    return switch setting.key {
    case "vm.overcommit_memory": number == "2" ? 4 : 0
    case "kernel.panic": 1
    case "vm.panic_on_oom": number == "0" ? 0 : 3
    default: 2
    }
  }
}
