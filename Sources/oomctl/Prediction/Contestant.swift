import Badness
import ProcFS

/// A process that the kernel may choose, with the badness that it has in the domain.
struct Contestant: Sendable {
  var subject: Subject
  var badness: Int128
  /// Where the kernel comes to it, which decides between equals.
  var stop = Walk.Stop.byAge

  var id: ProcessID { subject.id }
}

extension Machine {
  /// A process as the kernel sees it in that domain, before or after a reclaim; `nil` when it passes it by.
  func contestant(
    _ subject: Subject, in domain: Domain, after reclaim: Reclaim? = nil
  ) -> Contestant? {
    guard let rule, let selection, let candidate = candidate(of: subject, after: reclaim),
      domain.contains(subject.record), selection.exemption(of: candidate) == nil,
      let badness = rule.score(candidate, in: domain.capacity), selection.takes(badness: badness)
    else { return nil }
    return Contestant(
      subject: subject, badness: badness, stop: domain.walk.stop(at: subject.id))
  }

  /// What the kernel weighs of a process, before or after a reclaim.
  func candidate(of subject: Subject, after reclaim: Reclaim?) -> Candidate? {
    guard let reclaim, let pageSize else { return subject.candidate }
    return reclaim.candidate(of: subject, pageSize: pageSize)
  }

  /// The first victim in front.
  func ranked(_ contestants: [Contestant]) -> [Contestant] {
    guard let selection else { return contestants }
    return contestants.sorted {
      selection.precedes(contender($0), contender($1))
    }
  }

  /// One in the kernel's choice, at its place in the kernel's walk. Where that doesn't show age stands
  /// for it: processes are mostly added where they are started.
  func contender(_ contestant: Contestant) -> Contender {
    contender(contestant.subject, badness: contestant.badness, at: contestant.stop)
  }

  /// The same of any process.
  func contender(_ subject: Subject, badness: Int128? = nil, at stop: Walk.Stop) -> Contender {
    var contender = contender(subject, badness: badness)
    if case .at(let place) = stop { contender.startTicks = UInt64(place.position) }
    return contender
  }
}

extension Subject {
  /// What its death gives back: anonymous memory, its swap and its page tables. Files stay in the cache,
  /// and shared memory stays where it is.
  var freed: Int {
    guard let status = record.status else { return 0 }
    return ProcessStatus.sum(
      anonymous ?? 0, status.swapped?.bytes ?? 0, status.pageTableBytes ?? 0)
  }

  /// To 4.4 `status` doesn't tell, but `statm` has the pages of files and shared memory.
  private var anonymous: Int? {
    if let anonymous = record.status?.anonymous { return anonymous.bytes }
    guard let resident = record.status?.resident?.bytes, let sizes = record.sizes,
      sizes.residentPages > 0
    else { return record.status?.resident?.bytes }
    let own = max(0, sizes.residentPages &- max(0, sizes.sharedPages))
    return Int(clamping: Int128(resident) * Int128(own) / Int128(sizes.residentPages))
  }
}
