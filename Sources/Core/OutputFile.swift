import Posix
import ProcFS

/// A file of the user's choice that output is put into, as a whole: who reads it sees the old one or the new
/// one.
struct OutputFile {
  let path: String

  /// A device, pipe or link isn't replaced: what stands there was meant to stay.
  func replace(with bytes: [UInt8]) throws(Failure) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = String(parts.last ?? "")
    let folder = parts.dropLast().joined(separator: "/")
    guard !name.isEmpty, isOrdinary else {
      throw Failure("\(path): isn't an ordinary file", advice: "Name a file to write or replace.")
    }
    do throws(ProcFSError) {
      let directory = try Directory(path: folder.isEmpty ? (parts.count > 1 ? "/" : ".") : folder)
      try directory.replace(name, with: bytes)
    } catch {
      throw Failure(error)
    }
  }

  /// Also where nothing stands yet.
  private var isOrdinary: Bool {
    (try? FileStatus(ofLink: path)).map { $0.kind == .ordinary } ?? true
  }
}
