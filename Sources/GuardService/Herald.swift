import Core
import Posix
import ProcFS

/// The guard's messages: they never flood a log, and don't wait for a reader who has stopped
/// reading.
final class Herald {
  private let writer: MessageWriter
  private let attention: Attention
  private var actions = Allowance(1000)
  private var troubles = Allowance(20)
  /// True where the last message wasn't taken.
  private var isStuck = false
  private var lost = 0

  init(_ writer: MessageWriter, _ attention: Attention) {
    self.writer = writer
    self.attention = attention
  }

  /// Passes on an action on a process, or an obstacle to it.
  func pass(on message: RuleEnforcer.Message, at now: Int64 = MonotonicClock.microseconds) {
    if let due, now >= due { settle(at: now) }
    switch message {
    case .action(let sentence):
      if actions.admits(at: now) { say(sentence) }
    case .trouble(let sentence):
      if troubles.admits(at: now) { complain(sentence) }
    }
  }

  /// A message for everybody, however many came before.
  func complain(_ sentence: String) {
    guard isHeard(on: .errors) else { return }
    writer.complain(sentence.shortened)
  }

  /// A message that all went well.
  func say(_ sentence: String) {
    guard !writer.isQuiet, isHeard(on: .output) else { return }
    writer.say(sentence.shortened)
  }

  /// A message that needs no action.
  func remark(_ sentence: String) {
    if !writer.isQuiet { complain(sentence) }
  }

  /// The time at which a sum of the left-out messages is to be reported, by the monotonic clock.
  var due: Int64? { [actions.due, troubles.due].compactMap { $0 }.min() }

  /// Tells those sums whose time has come; at the end all.
  func settle(at now: Int64 = .max) {
    if let due = actions.due, now >= due, let sum = actions.takeSum() {
      say("\(sum) more \(sum == 1 ? "process was" : "processes were") adjusted in that minute")
    }
    if let due = troubles.due, now >= due, let sum = troubles.takeSum() {
      complain("\(sum) more \(sum == 1 ? "message" : "messages") like these in that minute")
    }
  }

  /// True where the stream takes a message without waiting; the first time it doesn't, it has a
  /// second.
  private func isHeard(on stream: Console.Stream) -> Bool {
    let deadline = MonotonicClock.microseconds + (isStuck ? 0 : 1_000_000)
    while !isWritable(stream) {
      guard attention.goesOn(), MonotonicClock.microseconds < deadline else {
        isStuck = true
        lost += 1
        return false
      }
    }
    isStuck = false
    if lost > 0 {
      let sum = lost
      lost = 0
      complain("\(sum) \(sum == 1 ? "message" : "messages") lost: nobody read them")
    }
    return true
  }

  /// A pipe that can be written takes 4 KiB, a socket more.
  private func isWritable(_ stream: Console.Stream) -> Bool {
    PollEvents.isWritable(stream.rawValue, atMost: isStuck ? 0 : 50)
  }
}

extension String {
  /// So short that a pipe takes it at once.
  fileprivate var shortened: String {
    unicodeScalars.count <= 1000 ? self : String(unicodeScalars.prefix(1000)) + "…"
  }
}
