import Glibc

/// The words that this program was called with, looked at in place: making an array of them takes longer
/// than some answers.
package enum CommandWords {
  /// The first one: the name that it was called by.
  package static var name: String? {
    unsafe CommandLine.unsafeArgv[0].map { unsafe String(cString: $0) }
  }

  /// The number of words, the name among them; 0 where the runtime can't find them.
  package static var count: Int { Int(CommandLine.argc) }

  /// True where exactly this word follows the name.
  package static func are(_ word: StaticString) -> Bool {
    guard CommandLine.argc == 2, let given = unsafe CommandLine.unsafeArgv[1] else { return false }
    // A constant ends with a zero byte, too.
    return unsafe strcmp(
      given, UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self))
      == 0
  }
}
