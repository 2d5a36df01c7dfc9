/// The value that a read gives; `nil` where the thing is gone, or not offered by this kernel. Every
/// other error is passed on: it isn't absence.
package func ifPresent<Value: ~Copyable>(
  _ read: @autoclosure () throws(ProcFSError) -> Value
) throws(ProcFSError) -> Value? {
  do throws(ProcFSError) {
    return try read()
  } catch {
    guard error.meaning == .absent || error.meaning == .notEnabled else { throw error }
    return nil
  }
}
