extension String {
  /// Within quotation marks, made printable, and cut where it grows too long for a message.
  var quoted: String { "'\(printable(limit: 80))'" }

  /// Nothing in it can move a cursor, colour a terminal, break a line or turn the reading direction.
  func printable(limit: Int = .max) -> String {
    var shown = ""
    var length = 0
    for scalar in unicodeScalars {
      let next = scalar.printable
      length += next.unicodeScalars.count
      if length > limit { return shown + "…" }
      shown += next
    }
    return shown
  }
}

extension Unicode.Scalar {
  fileprivate var printable: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case " "..."~": String(self)
    default: isInvisible ? escape : String(self)
    }
  }

  private var escape: String {
    let digits = String(value, radix: 16)
    return value <= 0xff
      ? "\\x" + (digits.count == 1 ? "0" : "") + digits : "\\u{\(digits)}"
  }

  private var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      true
    default: false
    }
  }
}
