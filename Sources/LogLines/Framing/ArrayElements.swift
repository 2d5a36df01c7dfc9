/// The objects in the arrays of a JSON text, as collectors export many records on one line.
package enum ArrayElements {
  /// More objects within each other than any collector writes.
  private static let deepest = 64

  /// True where a text begins an array of texts or objects. Rows of task tables begin with a bracket, too.
  package static func beginArray(_ text: Span<UInt8>) -> Bool {
    var reader = Reader()
    guard reader.skip("[", in: text) else { return false }
    LogEntry.skipSpace(in: text, at: &reader)
    switch reader.next(in: text) {
    case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "'"): return true
    default: return false
    }
  }

  /// The places of the objects that are elements of an array and hold no such array themselves.
  package static func places(in text: Span<UInt8>) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var open: [Bracket] = []
    var reader = Reader()
    while let byte = reader.next(in: text) {
      switch byte {
      case UInt8(ascii: "\""):
        guard LogEntry.string(in: text, at: &reader) != nil else { return places }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < deepest else { return places }
        open.append(Bracket(start: reader.offset, isArray: byte == UInt8(ascii: "[")))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard let bracket = open.popLast() else { return places }
        let isElement = !bracket.isArray && open.last?.isArray == true
        if isElement, !bracket.holdsElements {
          places.append(bracket.start..<reader.offset + 1)
        }
        if let last = open.indices.last, isElement || bracket.holdsElements {
          open[last].holdsElements = true
        }
      default: break
      }
      reader.offset += 1
    }
    return places
  }

  private struct Bracket {
    let start: Int
    let isArray: Bool
    /// True where elements were found within it.
    var holdsElements = false
  }
}
