package import ProcFS

/// The reads that failed on a command's way, although the files may be there: reported at the end,
/// so that nothing that failed passes for absent.
package final class Gaps {
  /// Reads that failed: something asked for couldn't be done.
  package private(set) var failures: [ProcFSError] = []
  /// Files that may not be read.
  private(set) var hidden: [ProcFSError] = []
  /// Failures beyond those that are kept.
  private var furtherCount = 0

  /// A command that goes on for days meets the same failure again and again.
  private static let most = 16

  /// Takes note of a read that failed. What is absent, or not enabled, is no gap.
  package func note(_ error: ProcFSError) {
    switch error.meaning {
    case .absent, .notEnabled: break
    case .hidden: Self.add(error, to: &hidden)
    case .failure: if !Self.add(error, to: &failures) { furtherCount += 1 }
    }
  }

  @discardableResult
  private static func add(_ error: ProcFSError, to errors: inout [ProcFSError]) -> Bool {
    if errors.contains(error) { return true }
    guard errors.count < most else { return false }
    errors.append(error)
    return true
  }

  package var isEmpty: Bool { failures.isEmpty && hidden.isEmpty }

  /// A line for each.
  var remarks: [Remark] {
    var remarks = failures.map { Remark.error("\($0)") }
    if furtherCount > 0 { remarks.append(.error("\(furtherCount) more reads failed")) }
    return remarks + hidden.map { .note("\($0): the result is incomplete") }
  }
}

extension World {
  /// The value that a read gives; `nil` where the kernel doesn't offer it, or has it switched off.
  /// Any other error is noted among the gaps, which make the report incomplete.
  package func known<Value: ~Copyable>(
    _ read: @autoclosure () throws(ProcFSError) -> Value
  ) -> Value? {
    do throws(ProcFSError) {
      return try read()
    } catch {
      gaps.note(error)
      return nil
    }
  }
}
