import Posix
package import ProcFS
import Rendering
import Synchronization

/// The destination of the program's output and messages.
package struct Console: Sendable {
  package enum Stream: Int32, Sendable {
    case output = 1
    case errors = 2
  }

  /// Writes all bytes, or says what prevented it.
  package var write: @Sendable (Stream, [UInt8]) -> Errno?

  /// The process's own standard streams.
  package static let system = Console { stream, bytes in
    StandardStream(stream.rawValue).write(bytes)
  }
}

/// A mark that is set once something was written to standard output.
package final class OutputMark: Sendable {
  private let state = Atomic(false)

  package init() {}

  package var isSet: Bool { state.load(ordering: .relaxed) }

  func set() { state.store(true, ordering: .relaxed) }
}

extension Console {
  /// This console, which sets the mark as soon as there is output.
  package func marking(_ mark: OutputMark) -> Console {
    let write = write
    return Console { stream, bytes in
      if stream == .output, !bytes.isEmpty { mark.set() }
      return write(stream, bytes)
    }
  }

  /// Writes a constant to standard output, and tells whether all of it was taken.
  package static func prints(_ text: StaticString) -> Bool {
    StandardStream.output.takes(text)
  }

  /// Writes to standard output; `false` when nobody reads any more, which is no error: a full disk is one.
  /// Of a screen it is an end like others that its terminal is gone.
  package func show(_ bytes: [UInt8], onScreen: Bool = false) throws(Failure) -> Bool {
    guard let errno = write(.output, bytes) else { return true }
    guard errno == .brokenPipe || (onScreen && errno == .inputOutput) else {
      throw Failure("standard output: \(errno)")
    }
    return false
  }

  /// One message on the error stream, with everything in it that a terminal would act on made visible.
  package func complain(_ message: String, advice: String? = nil, as name: String) {
    var text = Text()
    text.line(SafeText.visible("\(name): \(message)"))
    if let advice { text.line(SafeText.visible(advice)) }
    _ = write(.errors, text.bytes)
  }
}
