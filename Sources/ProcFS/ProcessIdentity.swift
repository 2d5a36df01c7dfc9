/// One process, whatever becomes of its number: numbers come again, and with its start a number
/// means one process of this boot.
public struct ProcessIdentity: Sendable, Hashable {
  /// The number in the namespace of the `/proc` that is read.
  public var id: ProcessID
  /// The start, in clock ticks since boot: field 22 of `stat`.
  public var startTicks: UInt64

  public init(id: ProcessID, startTicks: UInt64) {
    self.id = id
    self.startTicks = startTicks
  }
}

extension Process {
  /// Its number and its start, from `stat`.
  public var identity: ProcessIdentity {
    get throws(ProcFSError) { ProcessIdentity(id: id, startTicks: try stat.startTicks) }
  }
}

extension ProcFS {
  /// A handle on the process that is meant: `ESRCH` where it has ended, and its number is free or
  /// another's.
  public func process(_ identity: ProcessIdentity) throws(ProcFSError) -> Process {
    let process = try process(identity.id)
    guard try process.identity == identity else {
      throw ProcFSError(path: "\(identity.id)", reason: .system(.noSuchProcess))
    }
    return process
  }

  /// True where it is there and hasn't ended: a zombie has.
  public func isAlive(_ identity: ProcessIdentity) throws(ProcFSError) -> Bool {
    try livingStart(of: identity.id) == identity.startTicks
  }

  /// True where a process of that number, whichever it is, is there and hasn't ended.
  public func isAlive(_ id: ProcessID) throws(ProcFSError) -> Bool {
    try livingStart(of: id) != nil
  }

  private func livingStart(of id: ProcessID) throws(ProcFSError) -> UInt64? {
    guard let process = try ifPresent(try process(id)), let stat = try ifPresent(try process.stat),
      !stat.isDead
    else { return nil }
    return stat.startTicks
  }
}
