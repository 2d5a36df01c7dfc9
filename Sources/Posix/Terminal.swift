import Glibc
import ProcFS

/// The terminal that the program was started on, taken over for a screen of its own until this goes.
package struct Terminal: ~Copyable {
  /// The descriptor that keys come from; `nil` where none can: then only signals end it.
  package let keys: CInt?
  private let output = STDOUT_FILENO
  private let modes: TerminalModes?
  /// Of a terminal that isn't standard input.
  private let opened: FileDescriptor?
  private var isOurs = false

  /// Takes it over.
  package init() {
    let input = STDIN_FILENO
    if let modes = TerminalModes(of: input) {
      keys = input
      self.modes = modes
      opened = nil
    } else if let file = try? Directory(path: "/dev").fileForReading("tty"),
      let modes = TerminalModes(of: file.number)
    {
      keys = file.number
      self.modes = modes
      opened = consume file
    } else {
      keys = nil
      modes = nil
      opened = nil
    }
    enter()
  }

  deinit {
    if isOurs { Self.leave(modes, keys, output) }
  }

  /// Takes it over, perhaps anew: what it shows isn't known then.
  package mutating func enter() {
    TerminalRescue.prepare(modes, input: keys ?? -1, output: output)
    isOurs = true
    if let modes, let keys { TerminalModes.set(modes.forKeys, of: keys) }
    TerminalText.write(TerminalText.enter, to: output)
  }

  /// Gives it back.
  package mutating func leave() {
    guard isOurs else { return }
    isOurs = false
    Self.leave(modes, keys, output)
  }

  private static func leave(_ modes: TerminalModes?, _ keys: CInt?, _ output: CInt) {
    // The modes come first: a user who has stopped the terminal's output has them back by then.
    if let modes, let keys { TerminalModes.set(modes.found, of: keys) }
    TerminalText.write(TerminalText.leave, to: output)
    TerminalRescue.dismiss()
  }

  /// Columns and rows (ioctl_tty(2)); a terminal that doesn't know is taken for one of 80 by 24.
  package var size: (width: Int, height: Int) {
    guard let size = Self.dimensions(of: output), size.ws_col > 0, size.ws_row > 0
    else { return (80, 24) }
    return (min(Int(size.ws_col), 500), min(Int(size.ws_row), 300))
  }

  /// What the terminal behind a descriptor says of itself; a file that isn't one doesn't answer this.
  static func dimensions(of descriptor: CInt) -> winsize? {
    var size = winsize()
    return unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  /// The bytes that were typed, without waiting; `nil` when there is nobody left to type.
  package func typed() -> [UInt8]? {
    guard let keys else { return [] }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(keys, $0.baseAddress, $0.count) }
    if count > 0 { return Array(bytes.prefix(count)) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil
  }
}
