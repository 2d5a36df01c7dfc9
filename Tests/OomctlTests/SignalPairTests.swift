import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// `OOMCTL_SIGNAL_PAIRS` says how many (`make signals`: 10 000), `OOMCTL_SEED` repeats a run, and
/// `OOMCTL_PROGRAM` is another executable than the tests' own.
@Suite("A terminal that watch has taken over", .enabled(if: Executable.path != nil))
struct SignalPairTests {
  /// All that can be caught.
  private static let signals = (1...64).filter { $0 != SIGKILL && $0 != SIGSTOP }.map { CInt($0) }
  /// By these it doesn't end by itself; the last two wait until it does.
  private static let harmless =
    [SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD, SIGURG, SIGWINCH, 32, 33]

  @Test("is given back, whichever two signals come, and in whichever moment")
  func pairs() throws {
    let tree = try FixtureMachine.server.tree()
    let program = try environment("OOMCTL_PROGRAM") ?? #require(Executable.path)
    let count = environment("OOMCTL_SIGNAL_PAIRS").flatMap { Int($0) } ?? 50
    let seed = environment("OOMCTL_SEED").flatMap { UInt64($0) } ?? UInt64(time(nil))
    var lot = Lot(state: seed)
    var endings: [Int: Int] = [:]
    var takenOver = 0
    var failures = 0
    for number in 1...count {
      let pair = [Self.signals.randomElement(using: &lot), Self.signals.randomElement(using: &lot)]
        .compactMap { $0 }
      let distance = UInt32.random(in: 0...5000, using: &lot)
      // Now and then before there is a screen.
      let isEarly = Int.random(in: 0..<8, using: &lot) == 0
      let phase = UInt32.random(in: 0...(isEarly ? 60_000 : 30_000), using: &lot)
      let hasSmallStack = Int.random(in: 0..<8, using: &lot) == 0
      let words = [program, "watch", "--root", tree.path, "--interval", "0.1"]
      let terminal = try PseudoTerminal(
        hasSmallStack ? ["/bin/sh", "-c", "ulimit -s 64; exec \"$0\" \"$@\""] + words : words,

        // The toolchain's own runtime would ask whoever sits there what to do about a crash.
        variables: ["TERM=xterm", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"],
        isControlling: false, settings: { $0.makeOdd() })
      if !isEarly { #expect(terminal.shows { $0.isAlternate }) }
      usleep(phase)
      terminal.send(pair[0])
      usleep(distance)
      terminal.send(pair[1])
      if pair.allSatisfy({ Self.harmless.contains($0) }) {
        usleep(UInt32.random(in: 0...5000, using: &lot))
        terminal.send(SIGTERM)
      }
      let status = terminal.wait()
      endings[status, default: 0] += 1
      // What was written arrives a moment later.
      let isRestored =
        terminal.modes.numbers == terminal.found.numbers && terminal.shows { $0.isOrdinary }
      if terminal.written.count > 0 { takenOver += 1 }
      if !isRestored { failures += 1 }
      #expect(
        isRestored,
        "pair \(number) of seed \(seed): signals \(pair), \(distance) µs apart, after \(phase) µs, status \(status)"
      )
      if number % 1000 == 0 { report(number, takenOver, failures, endings, seed) }
    }
    report(count, takenOver, failures, endings, seed)
    #expect(takenOver > count / 2)
  }

  private func report(
    _ count: Int, _ takenOver: Int, _ failures: Int, _ endings: [Int: Int], _ seed: UInt64
  ) {
    let bySignal = endings.filter { $0.key > 128 }
    print(
      "\(count) pairs of signals (seed \(seed)): \(takenOver) found a screen; ended in order \(endings[0, default: 0]), by "
        + "\(bySignal.count) different signals \(bySignal.values.reduce(0, +)); terminal not given back: \(failures)"
    )
  }

  /// SplitMix64, which can be repeated.
  private struct Lot: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var number = state
      number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
      number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
      return number ^ number >> 31
    }
  }
}

extension termios {
  /// All of it as numbers.
  fileprivate var numbers: [UInt32] {
    let keys = unsafe withUnsafeBytes(of: c_cc) { unsafe $0.map { UInt32($0) } }
    return [c_iflag, c_oflag, c_cflag, c_lflag] + keys
  }

  /// Settings that no terminal has by itself.
  fileprivate mutating func makeOdd() {
    c_iflag |= tcflag_t(IXANY | IXON | ICRNL)
    c_cc.2 = 0x15
  }
}

extension EmulatedTerminal {
  /// Whether it is as a shell needs it.
  fileprivate var isOrdinary: Bool { !isAlternate && isCursorVisible && wrapsLines && isPlain }
}
