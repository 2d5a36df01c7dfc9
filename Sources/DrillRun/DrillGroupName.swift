import ProcFS

/// The name of a drill's memory cgroup, by which a later run knows whether anybody still needs it:
/// `oomctl-drill.PID.START`, and at its end `.enabled` where the drill has enabled the memory controller.
struct DrillGroupName: Equatable, Sendable {
  let owner: ProcessIdentity
  let hasEnabled: Bool

  var text: String {
    "\(Self.prefix).\(owner.id).\(owner.startTicks)" + (hasEnabled ? ".\(Self.mark)" : "")
  }

  init(owner: ProcessIdentity, hasEnabled: Bool) {
    self.owner = owner
    self.hasEnabled = hasEnabled
  }

  /// `nil` when it isn't the name of one.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), parts[0] == Self.prefix, let number = Int32(parts[1]),
      number > 0, let start = UInt64(parts[2]), parts.count == 3 || parts[3] == Self.mark
    else { return nil }
    let owner = ProcessIdentity(id: ProcessID(number), startTicks: start)
    self.init(owner: owner, hasEnabled: parts.count == 4)
  }

  /// True where its drill goes on.
  func isOfLivingProcess(in proc: borrowing ProcFS) throws(ProcFSError) -> Bool {
    try proc.isAlive(owner)
  }

  private static let prefix = "oomctl-drill"
  private static let mark = "enabled"
}
