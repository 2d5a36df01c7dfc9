import Glibc
package import ProcFS

/// The events that ended a wait; none if the time ran out.
package struct PollEvents: OptionSet {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// The process connector has something to tell.
  package static let processes = PollEvents(rawValue: 1)
  /// A signal is there.
  package static let signal = PollEvents(rawValue: 2)
  /// A key was pressed.
  package static let keys = PollEvents(rawValue: 4)
  /// The kernel's log has grown.
  package static let messages = PollEvents(rawValue: 8)
  /// A file that is watched has changed.
  package static let files = PollEvents(rawValue: 16)

  /// Waits until one of some descriptors can be read, at most some milliseconds (poll(2)). `nil`
  /// means that there is no such descriptor, or no limit on the time.
  package static func wait(
    connector: CInt? = nil, signals: CInt?, keys: CInt? = nil, messages: CInt? = nil,
    files watched: CInt? = nil, atMost milliseconds: Int?
  ) throws(Errno) -> PollEvents {
    let deadline = milliseconds.map { MonotonicClock.microseconds + Int64($0) * 1000 }
    let events = Int16(POLLIN)
    // poll(2) skips a negative one.
    var files: InlineArray<5, pollfd> = [
      pollfd(fd: connector ?? -1, events: events, revents: 0),
      pollfd(fd: signals ?? -1, events: events, revents: 0),
      pollfd(fd: keys ?? -1, events: events, revents: 0),
      pollfd(fd: messages ?? -1, events: events, revents: 0),
      pollfd(fd: watched ?? -1, events: events, revents: 0),
    ]
    // An interruption mustn't begin the time anew.
    _ = try Errno.unlessInterrupted {
      var span = files.mutableSpan
      return unsafe span.withUnsafeMutableBufferPointer {
        unsafe Int(poll($0.baseAddress, nfds_t($0.count), timeLeft(until: deadline)))
      }
    }
    // An overflow shows as an error beside the reading: what isn't zero wants to be read.
    var wakeup: PollEvents = []
    for index in files.indices where files[index].revents != 0 {
      wakeup.formUnion(PollEvents(rawValue: 1 << index))
    }
    return wakeup
  }

  /// In milliseconds, never less than there are; -1 for ever.
  fileprivate static func timeLeft(until deadline: Int64?) -> CInt {
    guard let deadline else { return -1 }
    let microseconds = max(0, deadline - MonotonicClock.microseconds)
    return CInt(clamping: (microseconds + 999) / 1000)
  }
}

extension PollEvents {
  /// Whether a descriptor takes more within that time. One that can't be polled counts as such: it is to be
  /// tried.
  package static func isWritable(_ descriptor: CInt, atMost milliseconds: CInt) -> Bool {
    var file = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&file, 1, milliseconds) != 0
  }

  /// The state of one descriptor among several.
  package enum Readiness: Sendable {
    /// There is nothing to read.
    case quiet
    /// There is something to read, or an error.
    case ready
    /// The other end is gone; there may be something to read nevertheless.
    case hungUp
  }

  /// Waits until one of these descriptors can be read or hangs up, at most that long: the state of each.
  package static func readiness(
    of descriptors: [CInt], atMost milliseconds: Int
  ) throws(Errno) -> [Readiness] {
    let deadline = MonotonicClock.microseconds + Int64(milliseconds) * 1000
    var files = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = try Errno.unlessInterrupted {
      unsafe Int(poll(&files, nfds_t(files.count), timeLeft(until: deadline)))
    }
    return files.map {
      $0.revents == 0 ? .quiet : $0.revents & Int16(POLLHUP) != 0 ? .hungUp : .ready
    }
  }
}
