/// A generation of kernels, by what their OOM reports look like.
public enum Era: String, CaseIterable, Sendable, CustomStringConvertible {
  case e0 = "2.6.9"
  case e0b = "2.6.18"
  case e1 = "2.6.31"
  case e2 = "2.6.34"
  case e3 = "3.2"
  case e4 = "3.16"
  case e5 = "4.12"
  case e6 = "4.17"
  case e7 = "4.19"
  case e8 = "5.2"
  case e9 = "6.1"
  case e10 = "6.12"
  case r6 = "RHEL 6"
  case r7 = "RHEL 7"
  case r8 = "RHEL 8"

  public var description: String { rawValue }

  /// What `uname -r` says.
  public var release: String {
    switch self {
    case .e0: "2.6.9-5.EL"
    case .e0b: "2.6.18-6-686"
    case .e1: "2.6.31.3"
    case .e2: "2.6.34-12-desktop"
    case .e3: "3.2.0-4-amd64"
    case .e4: "3.16.0-11-amd64"
    case .e5: "4.12.14-lp151.28.91-default"
    case .e6: "4.17.0+"
    case .e7: "4.19.0-27-amd64"
    case .e8: "5.2.21-200.fc30.x86_64"
    case .e9: "6.1.0-18-amd64"
    case .e10: "6.12.9-rc3-next-20250101"
    case .r6: "2.6.32-573.el6.x86_64"
    case .r7: "3.10.0-1160.el7.x86_64"
    case .r8: "4.18.0-553.8.1.el8_10.x86_64"
    }
  }

  /// The kernel of kernel.org whose lines it prints, as 30_200 for 3.2: vendors port them back.
  public var level: Int {
    switch self {
    case .e0: 20_609
    case .e0b: 20_618
    case .e1: 20_631
    case .e2: 20_634
    case .e3: 30_200
    case .e4: 31_600
    case .e5: 41_200
    case .e6: 41_700
    case .e7: 41_900
    case .e8: 50_200
    case .e9: 60_100
    case .e10: 61_200
    case .r6: 20_636
    case .r7: 31_000
    case .r8: 50_400
    }
  }

  /// Whether it has memory cgroups whose shortages it reports.
  public var hasCgroups: Bool { level >= 20_630 }

  /// Whether it can kill all of a cgroup: `memory.oom.group`.
  public var hasGroupKills: Bool { level >= 41_900 }

  /// Whether a line before the kill line names who was chosen.
  public var printsSelection: Bool { 20_616..<50_100 ~= level }

  /// Whether it prints a table of processes.
  public var printsTasks: Bool { level >= 20_625 }

  /// Whether it prints a summary line.
  public var printsSummary: Bool { level >= 50_000 }

  /// Whether the first line names the invoker.
  public var namesInvoker: Bool { level >= 20_619 }

  /// Whether the first line has oom_adj alone.
  public var hasLegacyAdjustment: Bool { level < 20_636 }

  /// Whether a kernel thread takes a victim's memory, and says so.
  public var hasReaper: Bool { level >= 40_600 }
}
