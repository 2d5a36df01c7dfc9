import Changes
import Configuration
import Core
import ProcFS
import Rendering

/// Settings for oomctl's own file, and what the next boot makes of them: where another file wins it would
/// be written in vain, and isn't.
struct LastingSettings {
  /// The row of the file; `nil` where nothing is left for it.
  private(set) var file: Change?
  /// The settings that go into it.
  private(set) var values: [RequestedSetting] = []
  /// A row for each setting that something else decides at boot.
  private(set) var refused: [Change] = []
  /// Notes on what the other reader of these files would do, where the two disagree.
  private(set) var notes: [Remark] = []

  init(_ requests: [RequestedSetting], on context: TuningContext, in world: borrowing World) {
    var values: [RequestedSetting] = []
    var refused: [Change] = []
    var notes: [Remark] = []
    let name = SysctlFile.path.lastPathComponent
    let file = Change.ofFile(SysctlFile.path, target: name, in: world) { old in
      let after = context.booting(with: Self.text(of: requests, in: old ?? []))
      for request in requests {
        if let obstacle = after.obstacle(to: request) {
          refused.append(
            request.refused(obstacle, winner: after.configured(request.setting)?.value))
        } else {
          values.append(request)
          notes += after.dispute(over: request.setting).map { [.note($0)] } ?? []
        }
      }
      let bytes = values.isEmpty ? old : Self.text(of: values, in: old ?? [])
      return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    let isVain = !refused.isEmpty && values.isEmpty
    self.file = isVain ? nil : file
    (self.values, self.refused, self.notes) = (values, refused, notes)
  }

  /// The file with these in it, and without what would make them 0 again.
  private static func text(of requests: [RequestedSetting], in bytes: [UInt8]) -> [UInt8] {
    SysctlFile.setting(
      requests.map { ($0.setting.key, $0.value) },
      removing: requests.compactMap(\.setting.counterpart), in: bytes, version: Version.current)
  }

  /// The reason why a value can't be made to last in oomctl's own file; `nil` where it can.
  static func obstacle(
    to request: RequestedSetting, on context: TuningContext, in world: borrowing World
  ) -> Failure? {
    let own = (world.known(try world.ownContents(of: SysctlFile.path)) ?? nil) ?? []
    return context.booting(with: text(of: [request], in: own)).obstacle(to: request)
  }
}

extension RequestedSetting {
  /// The row of oomctl's file for it, which isn't written.
  fileprivate func refused(_ obstacle: Failure, winner: String?) -> Change {
    var change = Change(
      target: setting.key, file: SysctlFile.path, old: Value(winner), new: .text(value),
      action: .none
    ).refused("\(setting.key): \(obstacle.message)", advice: obstacle.advice)
    change.isImpossible = true
    return change
  }
}

extension TuningContext {
  /// The reason why a value that oomctl's own file has isn't there after the boot; `nil` where it
  /// is, whichever file sets it.
  fileprivate func obstacle(to request: RequestedSetting) -> Failure? {
    let setting = request.setting
    guard let winner = configured(setting) else {
      return Failure(
        "nothing sets it at boot: a later file takes it back with '-\(setting.key)'",
        advice: "Look for it with: grep -r \(setting.name) /etc/sysctl.d /usr/lib/sysctl.d")
    }
    if winner.path != SysctlFile.path, setting.stored(winner.value) != setting.stored(request.value)
    {
      return Failure(
        "\(winner.path):\(winner.line) wins at boot, with \(winner.value)",
        advice: "Change it there.")
    }
    return zeroing(setting).map { zero in
      Failure(
        "\(zero.path):\(zero.line) makes it 0 again at boot, as it sets "
          + "\(setting.counterpart ?? "")", advice: "Change it there.")
    }
  }
}
