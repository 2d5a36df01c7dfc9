/// A score, as the steps that lead to it.
public struct Explanation: Hashable, Sendable {
  /// The unit of the score.
  public let unit: BadnessUnit
  /// The reason why the process isn't eligible; `nil` when it is.
  public let exemption: Exemption?
  /// The steps in the kernel's order; none when the process isn't eligible.
  public let terms: [Term]
  /// The value that the kernel's function literally returns, for the ineligible too.
  public let returned: Int128
  /// The content of `/proc/PID/oom_score`, for the ineligible too.
  ///
  /// `nil` before 2.6.11, which has no such file, and where the kernel would divide by zero.
  public let oomScore: Int128?

  /// The score by which candidates are ranked; `nil` when the process isn't eligible.
  public var badness: Int128? { terms.last?.result }
}
