import Changes
import Core
import Posix
import ProcFS

/// Settings that are in force on trial: the process that takes them back, and the settings to make
/// lasting once they are confirmed. It lies in `/run`, which no boot outlives.
struct PendingTrial: Equatable {
  /// The process that takes them back.
  var process: ProcessIdentity
  /// Settings that go to the file of settings, as `vm.swappiness=10`.
  var lasting: [String]

  static let path = "/run/oomctl/tuning"

  /// The lines of the file.
  var text: String {
    (["pid \(process.id)", "start \(process.startTicks)"] + lasting.map { "persist \($0)" })
      .map { $0 + "\n" }.joined()
  }

  /// `nil` when that isn't such a file.
  init?(parsing text: String) {
    var id: Int32?
    var start: UInt64?
    lasting = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { return nil }
      switch words[0] {
      case "pid": id = Int32(words[1])
      case "start": start = UInt64(words[1])
      case "persist": lasting.append(String(words[1]))
      default: return nil
      }
    }
    guard let id, let start else { return nil }
    process = ProcessIdentity(id: ProcessID(id), startTicks: start)
  }

  init(process: ProcessIdentity, lasting: [String]) {
    self.process = process
    self.lasting = lasting
  }
}

extension PendingTrial {
  /// The settings on trial; `nil` when there are none.
  static func read(in world: borrowing World) throws(Failure) -> PendingTrial? {
    do throws(ProcFSError) {
      guard let bytes = try world.ownContents(of: path) else { return nil }
      return PendingTrial(parsing: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Failure(error, writing: path)
    }
  }

  /// True where its process still waits.
  func isWaiting(in world: borrowing World) throws(Failure) -> Bool {
    do {
      return try world.proc.isAlive(process)
    } catch {
      throw Failure(error)
    }
  }

  /// Tells its process to let the settings stay, or to take them back, and waits until it has ended.
  func tell(_ signal: Int32, in world: borrowing World) throws(Failure) {
    do throws(ProcFSError) {
      try world.proc.process(process).send(signal)
    } catch {
      guard error.errno?.meansGone ?? false else { throw Failure(error) }
      return
    }
    for _ in 0..<200 {
      guard try isWaiting(in: world) else { return }
      MonotonicClock.pause(milliseconds: 10)
    }
    if try isWaiting(in: world) {
      throw Failure("the process that waits for confirmation, \(process.id), doesn't end")
    }
  }

  /// Forgets it.
  static func remove(in world: borrowing World) {
    _ = world.known(try world.folder(above: path).remove(path.lastPathComponent))
  }
}
