import Core
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
    of members: [MemoryChild], within milliseconds: Int = DrillWatch.timeout
  ) throws(Failure) -> Event? {
    let states: [PollEvents.Readiness]
    do throws(Errno) {
      states = try PollEvents.readiness(
        of: [signals.descriptor] + members.map(\.channel), atMost: milliseconds)
    } catch {
      throw Failure("poll: \(error)")
    }
    guard states[0] == .quiet else {
      throw Failure("ended by a signal", advice: "Nothing of the drill is left behind.")
    }
    // The dead first: what they answered before doesn't count.
    let ready = members.indices.filter { states[$0 + 1] != .quiet }
    if let dead = ready.first(where: { states[$0 + 1] == .hungUp }) { return .death(dead) }
    guard let index = ready.first else { return nil }
    return members[index].answer() == nil ? .death(index) : .answer(index)
  }

  /// Far more than any of it takes, in milliseconds.
  static let timeout = 20_000
}
