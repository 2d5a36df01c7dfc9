import Arguments
import Core
import GuardService
import MetricsExport

/// Files that are made from the program's description of itself.
struct Generate: TextCommand {
  static let name = "generate"
  static let summary = "Print the manual page, completions, unit files, or alert rules."
  static let group: String? = "Other"
  static let examples = [
    Example("oomctl generate manual | man -l -", "Read the manual without installing it."),
    Example("source <(oomctl generate completions bash)", "Complete in this shell."),
    Example(
      "oomctl generate unit metrics > /etc/systemd/system/oomctl-metrics.service",
      "Have metrics written as a service, with 'oomctl generate timer' beside it."),
    Example(
      "oomctl generate alerts > /etc/prometheus/oomctl.rules.yml", "Have Prometheus alert."),
  ]
  static let parameters: [Parameter<Self>] =
    [
      .operand(
        "what", sets: \.what,
        help:
          "The manual page in mdoc, a script of completions, a unit file or timer of systemd's, or "
          + "rules for Prometheus."),
      .operand(
        "which", sets: \.variant,
        help:
          "Of completions the shell: bash, zsh or fish. Of a unit the service: guard, as without a "
          + "word, or metrics; of a timer only metrics."),
    ] + PagerOptions.parameters.within(\.pager)

  enum Product: String, CaseIterable, ArgumentValue {
    case manual, completions, unit, timer, alerts

    fileprivate var variants: [Variant] {
      switch self {
      case .manual, .alerts: []
      case .completions: [.bash, .zsh, .fish]
      case .unit: [.guard, .metrics]
      case .timer: [.metrics]
      }
    }
  }

  enum Variant: String, CaseIterable, ArgumentValue {
    case bash, zsh, fish
    case `guard`, metrics

    static let placeholder = "WHICH"
  }

  var what = Product.manual
  var variant: Variant?
  var pager = PagerOptions()

  mutating func validate() throws(UsageError) {
    if what == .completions, variant == nil { throw .missingOperand(Variant.placeholder) }
    if let variant, !what.variants.contains(variant) { throw .unexpectedOperand(variant.rawValue) }
  }

  func text(in environment: Environment) throws(Failure) -> String {
    switch what {
    case .manual: ManualPage(Tool.oomctl.info, date: Version.date).text
    case .completions: completions
    case .unit where variant == .metrics: MetricsUnit.service(running: environment.program())
    case .unit: GuardUnit.text(running: environment.program())
    case .timer: MetricsUnit.timer
    case .alerts: AlertRules.text
    }
  }

  /// A unit's program must be where the unit itself can see it.
  func remarks(in environment: Environment) -> [Remark] {
    let path = environment.program()
    guard what == .unit, let folder = UnitText.hiddenFolders.first(where: { path.hasPrefix($0) })
    else { return [] }
    return [
      Remark(
        text: "\(path): systemd can't start it there, as the unit hides \(folder.dropLast())",
        advice: "Install it first, as with 'make install', and call that one.", isError: false)
    ]
  }

  private var completions: String {
    let tool = Tool.oomctl.info
    return switch variant {
    case .zsh: ZshCompletion(tool).text
    case .fish: FishCompletion(tool).text
    default: BashCompletion(tool).text
    }
  }
}
