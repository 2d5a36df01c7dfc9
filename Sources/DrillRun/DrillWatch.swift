import Core
import Glibc
import Posix
import ProcFS

/// The events that a drill waits for: that its members answer or die, and that it is told to end.
struct DrillWatch: ~Copyable {
  private let signals: Signals

  init() throws(Failure) {
    do throws(Errno) {
      signals = try Signals()
    } catch {
      throw Failure("signals: \(error)")
    }
  }

  enum Event: Equatable {
    /// The member of that index has what it was told to take.
    case answer(Int)
    case death(Int)
  }

  /// The next event; `nil` when none came in time.
  func next(
    of members: [DrillMember], within milliseconds: Int = DrillWatch.timeout
  ) throws(Failure) -> Event? {
    let deadline = MonotonicClock.microseconds + Int64(milliseconds) * 1000
    var files = ([signals.descriptor] + members.map(\.channel)).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    do throws(Errno) {
      _ = try Errno.unlessInterrupted {
        let rest = max(0, deadline - MonotonicClock.microseconds)
        return unsafe Int(poll(&files, nfds_t(files.count), CInt(clamping: (rest + 999) / 1000)))
      }
    } catch {
      throw Failure("poll: \(error)")
    }
    guard files[0].revents == 0 else {
      throw Failure("ended by a signal", advice: "Nothing of the drill is left behind.")
    }
    // The dead first: what they answered before doesn't count.
    let ready = members.indices.filter { files[$0 + 1].revents != 0 }
    if let dead = ready.first(where: { files[$0 + 1].revents & Int16(POLLHUP) != 0 }) {
      return .death(dead)
    }
    guard let index = ready.first else { return nil }
    return members[index].answer() == nil ? .death(index) : .answer(index)
  }

  /// Far more than any of it takes, in milliseconds.
  static let timeout = 20_000
}
