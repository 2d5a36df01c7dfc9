package import Badness

/// A fact that a reader should know besides a verdict.
package enum ReplayRemark: Equatable, Sendable {
  /// Up to 5.0: the kernel chose this one, and killed its child.
  case sacrificedChild(of: String)
  /// Somebody pressed SysRq-f, or wrote to `/proc/sysrq-trigger`: memory wasn't short.
  case sysRq
  /// Before 5.9 all scores below 1 are 1, so that a tiny process dies instead of a large one.
  case floor
  /// The report's release follows rules of another one.
  case rules(of: KernelVersion)
  /// The printed score is of this process with root's bonus.
  case bonus(String)
  /// The printed score isn't the computed one.
  case score(printed: Int, computed: Int128)

  package var text: String {
    switch self {
    case .sacrificedChild(let name): "\(name) was chosen, and its child died in its stead"
    case .sysRq: "asked for by SysRq"
    case .floor:
      "kernels before 5.9 raise all scores to 1, so protected processes all tie and a tiny one dies"
    case .rules(let kernel): "follows the rule of \(kernel)"
    case .bonus(let name): "\(name) had CAP_SYS_ADMIN, as its score tells"
    case .score(let printed, let computed): "the kernel printed score \(printed), not \(computed)"
    }
  }
}
