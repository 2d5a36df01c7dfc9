import Badness
import ProcFS

/// What was read of one process. A file that isn't there, or that we may not read, is `nil`.
struct Record: Sendable {
  var id: ProcessID
  var score: UInt64?
  var status: ProcessStatus?
  var stat: ProcessStat?
  var sizes: ProcessSizes?
  var adjustment: Int?
  var legacyAdjustment: Int?
  var cgroups: ProcessCgroups?
  var commandLine: ProcessCommandLine?
  var executable: String?
  /// Whether it is the system's process 1, and not that of a container.
  var isInit = false

  /// Files to read.
  struct Needs: OptionSet, Sendable {
    let rawValue: Int
    static let score = Needs(rawValue: 1 << 0)
    static let status = Needs(rawValue: 1 << 1)
    static let stat = Needs(rawValue: 1 << 2)
    static let sizes = Needs(rawValue: 1 << 3)
    static let adjustment = Needs(rawValue: 1 << 4)
    static let legacyAdjustment = Needs(rawValue: 1 << 5)
    static let cgroups = Needs(rawValue: 1 << 6)
    static let commandLine = Needs(rawValue: 1 << 7)
    static let executable = Needs(rawValue: 1 << 8)
    /// What the kernel's formula asks for.
    static let badness: Needs = [.status, .stat, .sizes, .adjustment, .legacyAdjustment]
    /// What JSON shows.
    static let all: Needs = [.score, .badness, .cgroups, .commandLine]
  }
}

extension Record {
  var name: String? { stat?.name ?? status?.name }

  var parent: ProcessID? { stat?.parent ?? status?.parent }

  var isKernelThread: Bool { stat?.isKernelThread ?? status?.isKernelThread ?? false }

  /// Whether it has an address space: without one the kernel prints no sizes.
  var hasMemory: Bool { status?.resident != nil }

  /// Names by which a user may mean it: the kernel's, its program's, and what it was started as.
  var names: [String] {
    [name, program.map(Self.base), commandLine?.first.map(Self.base)].compactMap { $0 }
  }

  /// The path of its program, also when that was replaced since.
  var program: String? {
    executable.map { $0.hasSuffix(" (deleted)") ? String($0.dropLast(10)) : $0 }
  }

  private static func base(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The systemd unit it runs in.
  var unit: Unit? { cgroups?.systemd.map { Unit(cgroup: $0.path) } }
}
