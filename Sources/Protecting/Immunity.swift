import Badness
import Core
import ProcFS
import Processes
import Rendering

/// Reasons against making a process immune: others die in its place.
enum Immunity {
  static func warnings(
    on subject: ScoredProcess, machine: Machine, in world: borrowing World
  ) -> [String] {
    [
      warningOfSize(subject, machine), warningOfGrowth(subject, in: world),
      warningOfLimit(subject, in: world),
    ].compactMap { $0 }
  }

  /// From a tenth of RAM on.
  private static func warningOfSize(_ subject: ScoredProcess, _ machine: Machine) -> String? {
    guard let footprint = subject.footprint, let capacity = machine.capacity else { return nil }
    let ram = capacity.ram.bytes(pageSize: capacity.pageSize)
    guard ram > 0, footprint >= ram / 10 else { return nil }
    let share = Int128(footprint) * 100 / Int128(ram)
    return
      "\(subject.label) uses \(SizeStyle.binary.phrase(footprint)), \(share) % of RAM, which the "
      + "kernel can't take back then: it kills all others first, and panics when nobody is left."
  }

  /// A process at its largest size so far is growing, or has just stopped.
  private static func warningOfGrowth(_ subject: ScoredProcess, in world: borrowing World)
    -> String?
  {
    guard let resident = subject.record.status?.resident, resident.bytes >= 64 << 20,
      let peak = world.known(try world.proc.process(subject.id).peakMemory) ?? nil,
      resident >= peak
    else { return nil }
    return
      "\(subject.label) is as large as it ever was, \(SizeStyle.binary.phrase(resident.bytes)): "
      + "if it leaks, nothing stops it."
  }

  private static func warningOfLimit(_ subject: ScoredProcess, in world: borrowing World) -> String?
  {
    guard let path = subject.record.cgroups?.memory?.path,
      let hierarchy = world.knownMemoryCgroups,
      let (group, limit) = world.known(try hierarchy.nearestLimit(from: path)) ?? nil
    else { return nil }
    return
      "\(subject.label) runs in \(group), limited to \(SizeStyle.binary.phrase(limit)): when that "
      + "is full others in it die in its place, or all in it wait for ever."
  }
}
