import CgroupFS
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering

/// The group that confines a container, as metrics.
struct GroupFamilies {
  private let confinement: Confinement
  private let victim: [MetricFamily.Label]?

  init(
    _ confinement: Confinement, _ outlook: GroupOutlook?, on machine: Machine,
    in world: borrowing World
  ) {
    self.confinement = confinement
    guard let outlook, outlook.field.isWholeView,
      let first = outlook.prediction.kills.first?.victim
    else {
      victim = nil
      return
    }
    let listeners = SecureShell.listeners(among: outlook.field.subjects, in: world)
    let kind = VictimClass(of: first, listeners: listeners, on: machine)
    victim = ProcessGroup(of: first.record).labels + [.init("class", kind.rawValue)]
  }

  var all: [MetricFamily] {
    let label = [MetricFamily.Label("cgroup", SafeText.visible(confinement.path))]
    func samples(_ value: MetricValue?) -> [MetricFamily.Sample] {
      value.map { [.init(label, $0)] } ?? []
    }
    return [
      MetricFamily(
        .gauge, "oomctl_container_limit", in: .bytes,
        help: "The limit of the memory cgroup that confines this container.",
        samples(MetricValue(confinement.limit))),
      MetricFamily(
        .gauge, "oomctl_container_memory", in: .bytes,
        help: "What that memory cgroup uses, file cache included.",
        samples(MetricValue(confinement.level.usage.memory))),
      MetricFamily(
        .counter, "oomctl_container_limit_hits",
        help: "How often the limit of that memory cgroup was reached.",
        samples(MetricValue(confinement.limitHits))),
      MetricFamily(
        .counter, "oomctl_container_kills",
        help: "Processes that the OOM killer killed in that memory cgroup since it was made.",
        samples(MetricValue(confinement.kills))),
      MetricFamily(
        .info, "oomctl_container_next_victim",
        help: "The process that the kernel would kill first at that limit, by unit or cgroup.",
        victim.map { [.init($0, MetricValue(1))] } ?? []),
    ]
  }
}
