import Arguments
import Badness
import Core
import Diagnosis
import GuardService
import KillPrediction
import ProcFS
import Processes
import Rendering

/// Metrics for monitoring, in the text format of Prometheus.
package struct Metrics: WorldCommand {
  static let name = "metrics"
  static let summary = "Print metrics for Prometheus, or write them for node_exporter."
  static let group: String? = "Serve"
  static let discussion = [
    """
    Prints kills, overcommit and the commit limit, memory, pressure, how far zones are from their \
    watermarks, the next victim, protected processes, the groups from which the first victims would come, \
    and whether the guard is at work. Processes are told together by systemd unit, or by memory cgroup where \
    there is none, never by number. Inside a container with a memory limit, its group is told of as well. \
    The next victim is left out where not all processes are seen. What the kernel doesn't tell is left out; it is never 0. The guard \
    itself reports how it fares, in /run/oomctl-guard/state; if there are several guards, the one that \
    started or read its rules last counts.
    """,
    """
    With --output a file is replaced as a whole, as node_exporter's textfile collector needs it: its name \
    must end in .prom. 'oomctl generate unit metrics' and 'oomctl generate timer' have systemd do that \
    regularly, 'oomctl generate alerts' prints rules for Prometheus.
    """,
  ]
  static let examples = [
    Example("oomctl metrics", "See what there is."),
    Example(
      "oomctl metrics --output /var/lib/prometheus/node-exporter/oomctl.prom",
      "Write it where Debian's node_exporter looks."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .flag(
        "openmetrics", sets: \.format, to: .openMetrics,
        help: "Print OpenMetrics in place of Prometheus' own format."),
      .option(
        "top", sets: \.top,
        help: "Tell of that many units or memory cgroups at the most, 10 by default."),
      .option(
        "output", sets: \.output, placeholder: "FILE", completion: .files,
        help: "Write into that file, as a whole, and print nothing."),
    ] + CommonOptions.parameters.within(\.common)

  var format = MetricsWriter.Format.prometheus
  var top = GroupCount(10)
  var output: PlainText?
  var common = CommonOptions()

  mutating func validate() throws(UsageError) {
    // node_exporter reads no other files of its folder, and says nothing of them.
    if let file = output?.text, !file.utf8.suffix(5).elementsEqual(".prom".utf8) {
      throw .contradiction("the name for --output must end in .prom: node_exporter reads no other")
    }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    try program.report(of: self, to: output?.text)
  }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    let machine = Machine(world, options: common.machine)
    let processes = try ProcessList(
      on: machine, needs: [.score, .status, .cgroups, .commandLine, .executable], isScored: true,
      in: world.proc)
    let completeness = Completeness(of: processes, in: world)
    let subjects = processes.subjects.without(world.ownProcess).filter(\.record.hasMemory)
    var report = MetricsReport(
      format: format, isComplete: completeness.isComplete, remarks: processes.reader.remarks)
    report.families.append(kills(in: world))
    do {
      let facts = try MemoryFacts(common.machine, cgroup: nil, in: world)
      report.families += MemoryFamilies(facts: facts).all
    } catch {
      report.remarks.append(.error(error.message, advice: error.advice))
    }
    report.families += processFamilies(
      subjects, VictimOrder(of: processes, on: machine, in: world), machine,
      isWholeView: completeness.seesAll, in: world)
    if let confinement = world.confinement {
      let outlook = try GroupOutlook(confinement, on: machine, in: world)
      report.families += GroupFamilies(confinement, outlook, on: machine, in: world).all
    }
    let state = GuardState(
      among: subjects, isComplete: completeness.seesAll, in: world)
    report.families += guardState(state)
    report.remarks += state.problems.map { .error("\($0)") }
    // Failed reads on the way are known at the end.
    report.isComplete =
      report.isComplete && world.gaps.isEmpty && !report.remarks.contains(where: \.isError)
    report.families = program(on: machine, isComplete: report.isComplete) + report.families
    return report
  }
}

extension Metrics {
  private func program(on machine: Machine, isComplete: Bool) -> [MetricFamily] {
    [
      MetricFamily(
        .info, "oomctl_build", help: "The program that looked.",
        [.init([.init("version", Version.current)], MetricValue(1))]),
      MetricFamily(
        .info, "oomctl_kernel", help: "The kernel, and the first one that scores by its rule.",
        machine.release.map { release in
          let rule = machine.rule.map { "\($0.since)" } ?? ""
          return [.init([.init("release", release), .init("rule", rule)], MetricValue(1))]
        } ?? []),
      MetricFamily(
        .gauge, "oomctl_complete", help: "Whether all processes could be seen, and all else read.",
        MetricValue(isComplete)),
    ]
  }

  private func kills(in world: borrowing World) -> MetricFamily {
    MetricFamily(
      .counter, "oomctl_kills",
      help:
        "Processes that the kernel's OOM killer took since boot, the system's and those in memory "
        + "cgroups.", MetricValue(world.known(try world.proc.memoryEvents)?.oomKills))
  }

  private func processFamilies(
    _ subjects: [ScoredProcess], _ order: VictimOrder, _ machine: Machine, isWholeView: Bool,
    in world: borrowing World
  ) -> [MetricFamily] {
    let families = ProcessFamilies(
      machine: machine, ranked: order.ranked, lead: order.lead, subjects: subjects,
      listeners: SecureShell.listeners(among: subjects, in: world),
      policy: Policy(ofSystemOn: machine, in: world), isWholeView: isWholeView, top: top.number)
    guard let hierarchy = world.knownMemoryCgroups else { return families.all { _ in nil } }
    return families.all { $0.kills(in: hierarchy, world) }
  }

  private func guardState(_ state: GuardState) -> [MetricFamily] {
    [
      MetricFamily(
        .gauge, "oomctl_guard_running", help: "Whether oomctl guard is at work.",
        state.isRunning.map { MetricValue($0) }),
      MetricFamily(
        .gauge, "oomctl_guard_rules", help: "Rules that the guard keeps, or would.",
        MetricValue(state.ruleCount)),
      MetricFamily(
        .gauge, "oomctl_guard_rules_valid", help: "Whether the file of rules can be used.",
        state.hasGoodRules.map { MetricValue($0) }),
    ]
  }
}

/// The number of groups that are reported: each is a series in the monitoring, for as long as that
/// remembers.
struct GroupCount: ArgumentValue, Equatable {
  let number: Int

  static let placeholder = "N"
  static let expectation = "a whole number from 0 to 1000"

  init(_ number: Int) {
    self.number = number
  }

  init?(argument: String) {
    guard let number = Int(argument), (0...1000).contains(number) else { return nil }
    self.number = number
  }
}
