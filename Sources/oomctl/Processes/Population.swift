import Badness
import ProcFS

/// Processes with all that is asked of them, in ascending order of their numbers.
struct Population: Sendable {
  var subjects: [Subject]
  var survey = Survey()

  /// Of all processes, or of those listed. With `isScored` their badness is computed.
  init(
    of ids: [ProcessID]? = nil, on machine: Machine, needs: Record.Needs, isScored: Bool,
    in proc: borrowing ProcFS
  ) throws(Failure) {
    let needs = isScored ? needs.union(machine.badnessNeeds) : needs
    var survey = Survey()
    // Kernels to 2.6.35 count the children in: then all must be read, whoever is asked for.
    let isFamilyNeeded = isScored && machine.readsLegacyAdjustment
    let records = try survey.records(
      of: isFamilyNeeded ? nil : ids, needs: needs, in: proc)
    let family =
      isFamilyNeeded
      ? Family(of: records, uptime: try? proc.uptime, pageSize: machine.pageSize ?? 4096)
      : Family()
    let wanted = ids.map(Set.init)
    subjects = records.filter { wanted?.contains($0.id) ?? true }.map {
      Subject($0, on: machine, isScored: isScored, family: family)
    }
    self.survey = survey
  }

  /// What the kernel may choose from, first victim first, with their ranks.
  func ranked(on machine: Machine) -> [Subject] {
    var eligible = subjects.filter(machine.isEligible).sorted(by: machine.precedes)
    for index in eligible.indices { eligible[index].rank = index + 1 }
    return eligible
  }
}
