import Badness
import ProcFS

/// A process that the kernel may choose, with the badness that it has in the domain.
struct Contestant: Sendable {
  var subject: Subject
  var badness: Int128

  var id: ProcessID { subject.id }
}

extension Machine {
  /// A process as the kernel sees it in that domain; `nil` when it passes it by.
  func contestant(_ subject: Subject, in domain: Domain) -> Contestant? {
    guard let rule, let selection, let candidate = subject.candidate,
      domain.contains(subject.record), selection.exemption(of: candidate) == nil,
      let badness = rule.score(candidate, in: domain.capacity), selection.takes(badness: badness)
    else { return nil }
    return Contestant(subject: subject, badness: badness)
  }

  /// The first victim in front. Within a memory cgroup the kernel walks group by group, which `/proc`
  /// doesn't show: there age decides between equals only nearly.
  func ranked(_ contestants: [Contestant]) -> [Contestant] {
    guard let selection else { return contestants }
    return contestants.sorted {
      selection.precedes(
        contender($0.subject, badness: $0.badness), contender($1.subject, badness: $1.badness))
    }
  }
}
