package import Core
import ProcFS
import Rendering

extension Change {
  /// The change of a file to new contents, made from its present ones.
  package static func ofFile(
    _ path: String, target: String, in world: borrowing World,
    _ contents: ([UInt8]?) throws(Failure) -> String?
  ) -> Change {
    var change = Change(target: target, file: path, old: .absent, new: .absent, action: .none)
    let bytes: [UInt8]?
    do throws(ProcFSError) {
      bytes = try world.ownContents(of: path)
    } catch {
      let failure = Failure(error, writing: path)
      // Something that was planted is refused; what can't be read isn't known to be there.
      return [.symbolicLink, .notADirectory, .isADirectory].contains(error.errno)
        ? change.refused(failure) : change.failed(failure)
    }
    let old = bytes.map { String(decoding: $0, as: UTF8.self) }
    do throws(Failure) {
      let new = try contents(bytes)
      change = Change(
        target: target, file: path, old: Value(old), new: Value(new),
        action: .file(FileWrite(path: path, old: old, new: new)))
      if old == new { change.result = .unchanged }
      return change
    } catch {
      return change.refused(error)
    }
  }

  private func refused(_ failure: Failure) -> Change {
    refused(failure.message, advice: failure.advice)
  }
}
