import Arguments
import Glibc

/// An extended regular expression, as regcomp(3) understands it.
@safe final class CommandPattern: ArgumentValue, @unchecked Sendable {
  // Only read after its compilation, which POSIX allows from several threads.
  private var compiled = unsafe regex_t()

  static let placeholder = "ERE"
  static let expectation = "an extended regular expression"

  /// The C library's compiler overflows its stack on patterns that are long enough.
  private static let longest = 1000

  init?(argument: String) {
    guard (1...Self.longest).contains(argument.utf8.count) else { return nil }
    guard unsafe regcomp(&compiled, argument, REG_EXTENDED | REG_NOSUB) == 0 else { return nil }
  }

  deinit {
    unsafe regfree(&compiled)
  }

  func matches(_ text: String) -> Bool {
    unsafe regexec(&compiled, text, 0, nil, 0) == 0
  }
}
