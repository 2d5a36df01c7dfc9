package import Configuration
package import Core
package import ProcFS

/// The boot and the namespace, which make a process number mean one process. A captured tree may
/// show neither.
package struct BootIdentity: Equatable {
  let boot: String
  let namespace: String
  let upTicks: UInt64

  /// Throws where this machine doesn't say which boot or namespace it is: a guess would take one process
  /// for another.
  package init(in world: borrowing World) throws(Failure) {
    do throws(ProcFSError) {
      let boot = try ifPresent(try world.proc.bootID)
      // There were no namespaces of processes to be seen before 3.8.
      namespace = try ifPresent(try world.proc.pidNamespace) ?? "-"
      upTicks = UInt64(
        clamping: (try ifPresent(try world.proc.uptime)?.seconds ?? 0).multipliedSaturating(by: 100)
      )
      guard boot != nil || !world.proc.isLive else {
        throw ProcFSError(
          path: world.proc.directory.path(of: "sys/kernel/random/boot_id"),
          reason: .system(.noSuchFile))
      }
      self.boot = boot ?? "-"
    } catch {
      throw Failure(
        "\(error): which boot and which PID namespace this is can't be learned", status: .refused)
    }
  }

  /// True where the number in a journal's entry can still mean the same process.
  package func isThat(of entry: Journal.Adjustment) -> Bool {
    entry.boot == boot && entry.namespace == namespace
  }
}

extension Journal.Adjustment {
  /// The process, as long as its boot lasts and in its namespace.
  package var process: ProcessIdentity {
    ProcessIdentity(id: ProcessID(pid), startTicks: startTicks)
  }

  /// As people name a process.
  var label: String { "\(name)[\(pid)]" }
}
