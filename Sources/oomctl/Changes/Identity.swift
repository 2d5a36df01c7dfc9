import Configuration
import ProcFS

/// What makes a process number mean one process: the boot and the namespace. A captured tree may show
/// neither.
struct Identity: Equatable {
  let boot: String
  let namespace: String
  let upTicks: UInt64

  init(in world: borrowing World) {
    boot = (try? world.proc.bootID) ?? "-"
    namespace = (try? world.proc.pidNamespace) ?? "-"
    upTicks = UInt64(
      clamping: ((try? world.proc.uptime)?.seconds ?? 0).multipliedSaturating(by: 100))
  }

  /// Whether a number of a journal's entry can still be the same process's.
  func isThat(of entry: Journal.Adjustment) -> Bool {
    entry.boot == boot && entry.namespace == namespace
  }
}

extension Journal.Adjustment {
  /// As people name a process.
  var label: String { "\(name)[\(pid)]" }
}
