/// The task that asked for memory, where the kernel or a driver in it names one.
public struct Invoker: Hashable, Sendable {
  /// Its `comm`; `nil` to 2.6.18.
  public var name: String?
  /// Its process number, from the line that begins with `CPU:` or `Pid:`.
  public var pid: Int?
  /// The flags of the allocation as a number; their meaning differs between kernels.
  public var gfpMask: UInt64?
  /// The names of these flags, printed from 4.6 on.
  public var gfpFlags: String?
  /// The size asked for is 2 to this power, in pages; -1 where SysRq asked.
  public var order: Int?
  /// Its `oom_score_adj`.
  public var adjustment: Int?
  /// Its `oom_adj`, from -17 to 15, which kernels before 2.6.36 print.
  public var legacyAdjustment: Int?

  package init() {}
}
