import CgroupFS
package import Core
import ProcFS

/// Programs that kill before the kernel does, by rules of their own.
package enum OtherKillers {
  private static let names = KnownProgram.names(.killer)

  /// Such programs among processes.
  package static func among(_ subjects: [ScoredProcess]) -> [ScoredProcess] {
    subjects.filter { $0.record.name.map(names.contains) ?? false }
  }

  /// Such programs that run, as `earlyoom[702]`. Where not all processes were read, those that run
  /// as services.
  package static func running(among subjects: [ScoredProcess], in world: borrowing World)
    -> [String]
  {
    var found = among(subjects).map(\.label)
    guard found.isEmpty, let hierarchy = world.knownMemoryCgroups else { return found }
    for name in names {
      let service = "/system.slice/\(name).service"
      for id in world.known(try hierarchy.processes(in: service)) ?? [] {
        found.append("\(name)[\(id)]")
      }
    }
    return found
  }
}
