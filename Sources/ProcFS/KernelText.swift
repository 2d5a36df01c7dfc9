/// A value that can be parsed from the text of a file in `/proc` or `/sys`.
public protocol KernelText {
  /// The content that the file should have, for the message when it hasn't: "expected …".
  static var expectation: String { get }

  /// Parses the bytes of the whole file; `nil` when they aren't what a kernel writes there.
  init?(parsing text: Span<UInt8>)
}

extension Directory {
  /// Reads a file and parses it. Files of many records need `isLong`.
  public func read<Text: KernelText>(
    _ name: String, as type: Text.Type = Text.self, isLong: Bool = false
  ) throws(ProcFSError) -> Text {
    let parsed = try withContents(of: name, isLong: isLong) { Text(parsing: $0) }
    guard let parsed else {
      throw ProcFSError(path: path(of: name), reason: .malformed(Text.expectation))
    }
    return parsed
  }
}

extension Int: KernelText {
  public static var expectation: String { "a whole number" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    cursor.skipBlanks(in: text)
    guard let value = cursor.integer(in: text), cursor.isAtLineEnd(in: text) else { return nil }
    self = value
  }
}

extension UInt64: KernelText {
  public static var expectation: String { "a number from 0 to 18446744073709551615" }

  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    cursor.skipBlanks(in: text)
    guard let value = cursor.natural(in: text), cursor.isAtLineEnd(in: text) else { return nil }
    self = value
  }
}

extension String: KernelText {
  public static var expectation: String { "a line of text" }

  /// The first line, without its end.
  public init?(parsing text: Span<UInt8>) {
    var cursor = Cursor()
    self = text.text(in: cursor.line(in: text))
  }
}
