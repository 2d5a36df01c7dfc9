package import Badness
import ProcFS

extension Machine {
  /// The values of a process that the kernel weighs, recovered from `/proc`; `nil` if too little of
  /// it could be read.
  package func candidate(for record: ProcessSnapshot, family: Family = Family()) -> Candidate? {
    guard let status = record.status, let pageSize, !record.hidesMemory else { return nil }
    return Candidate(
      standing: standing(of: record),
      memory: memory(of: record, status, pageSize: pageSize),
      adjustment: record.adjustment ?? 0,
      legacyAdjustment: record.legacyAdjustment ?? 0,
      capabilities: Candidate.Capabilities(effective: status.effectiveCapabilities ?? 0),
      history: readsLegacyAdjustment
        ? family.history(of: record, pageSize: pageSize) : Candidate.History())
  }

  private func standing(of record: ProcessSnapshot) -> Candidate.Standing {
    if record.isInit { return .initProcess }
    return record.isKernelThread || isUnmarkedThread(record) ? .kernelThread : .ordinary
  }

  /// True for one of the kernel's own threads before 2.6.27, when no flag marks them: they are
  /// alive and have no memory.
  private func isUnmarkedThread(_ record: ProcessSnapshot) -> Bool {
    guard let kernel, kernel < KernelVersion(2, 6, 27) else { return false }
    return !record.hasMemory && record.stat?.isDead == false
  }

  private func memory(
    of record: ProcessSnapshot, _ status: ProcessStatus, pageSize: Int
  ) -> Candidate.Memory? {
    guard let exact = status.resident else { return nil }
    let exactPages = exact.bytes / pageSize
    return Candidate.Memory(
      total: Pages(record.sizes?.totalPages ?? (status.virtualSize?.bytes ?? 0) / pageSize),
      resident: Pages(scoresExactSums ? exactPages : record.stat?.residentPages ?? exactPages),
      swapped: Pages((status.swapped?.bytes ?? 0) / pageSize),
      pageTables: pageTables(status, pageSize: pageSize))
  }

  /// To 4.14 the kernel counts tables, and prints their sizes: on x86 one table fills one page.
  private func pageTables(_ status: ProcessStatus, pageSize: Int) -> Candidate.PageTables {
    Candidate.PageTables(
      ptes: (status.pageTables?.bytes ?? 0) / pageSize,
      pmds: (status.middlePageTables?.bytes ?? 0) / pageSize, bytes: status.pageTableBytes ?? 0)
  }
}

/// Values that kernels to 2.6.35 weigh beyond the process itself: its children, and the clock.
package struct Family: Sendable {
  private var childrenOf: [ProcessID: [Candidate.History.Child]] = [:]
  private var uptimeSeconds = 0
  private var ticksPerSecond = Self.usualTicksPerSecond

  /// CONFIG_HZ isn't exported; 2.6 on x86 came with 1000, distributions from 2.6.13 on with 250.
  private static let usualTicksPerSecond = 250
  /// Times in `/proc` are in hundredths of a second (USER_HZ).
  private static let userTicksPerSecond = 100

  init() {}

  init(of records: [ProcessSnapshot], uptime: Uptime?, pageSize: Int) {
    uptimeSeconds = uptime?.seconds ?? 0
    for record in records {
      guard let parent = record.parent else { continue }
      childrenOf[parent, default: []].append(Self.child(record, pageSize: pageSize))
    }
  }

  private static func child(_ record: ProcessSnapshot, pageSize: Int) -> Candidate.History.Child {
    guard record.hasMemory, let total = record.sizes?.totalPages else { return .noMemory }
    return .own(Pages(total))
  }

  func history(of record: ProcessSnapshot, pageSize: Int) -> Candidate.History {
    let scale = { (ticks: Int) in
      let (product, overflow) = ticks.multipliedReportingOverflow(by: ticksPerSecond)
      return overflow ? 0 : product / Self.userTicksPerSecond
    }
    let start = Int(clamping: record.stat?.startTicks ?? 0) / Self.userTicksPerSecond
    let age = min(max(0, uptimeSeconds - start), Int.max / ticksPerSecond)
    return Candidate.History(
      children: childrenOf[record.id] ?? [], ticksPerSecond: ticksPerSecond,
      userTicks: scale(record.stat?.userTicks ?? 0),
      systemTicks: scale(record.stat?.systemTicks ?? 0),
      runTicks: age * ticksPerSecond,
      uptimeSeconds: uptimeSeconds, startSeconds: start, nice: record.stat?.nice ?? 0,
      uid: Int(record.status?.realUserID ?? 0), euid: Int(record.status?.effectiveUserID ?? 0))
  }
}
