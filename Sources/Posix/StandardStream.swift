import Glibc
package import ProcFS

/// One of the three files that a program is started with (stdin(3)).
package struct StandardStream: Sendable {
  /// The number for system calls.
  package let number: CInt

  /// The stream of that number.
  package init(_ number: CInt) { self.number = number }

  /// The one that is read from.
  package static let input = StandardStream(STDIN_FILENO)
  /// The one for results.
  package static let output = StandardStream(STDOUT_FILENO)
  /// The one for messages.
  package static let errors = StandardStream(STDERR_FILENO)

  /// Writes all bytes (write(2)), or tells what prevented that.
  package func write(_ bytes: [UInt8]) -> Errno? {
    var rest = bytes[...]
    var interruptions = 0
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress, $0.count)
      }
      if count < 0 {
        let errno = Errno.current
        interruptions += 1
        guard errno == .interrupted, interruptions < 1000 else { return errno }
      } else if count == 0 {
        return Errno(rawValue: EIO)
      } else {
        rest = rest.dropFirst(count)
      }
    }
    return nil
  }

  /// Writes a constant, and tells whether all of it was taken at once.
  package func takes(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return unsafe Glibc.write(number, text.utf8Start, count) == count
  }

  /// True where it is a terminal (isatty(3)).
  package var isTerminal: Bool { isatty(number) == 1 }

  /// The next bytes, waited for: of a terminal a line, of which there is no more than 4 KiB; `nil` at the end,
  /// or where they can't be read.
  package func next() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(number, &buffer, buffer.count)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }

  /// The columns of the terminal (ioctl_tty(2)), 0 where it doesn't know them; `nil` where it is none.
  package var columns: Int? {
    Terminal.dimensions(of: number).map { Int($0.ws_col) }
  }
}
