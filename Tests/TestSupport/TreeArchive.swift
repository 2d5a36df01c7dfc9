/// A whole machine's files in one text, so that differences can be read.
///
///     #> proc/17/status
///     Name:   sleeper
///     #> proc/17/cmdline
///     /bin/sleep\01\0\
///     #> proc/self -> 17
///
/// A line that ends with a lone backslash has no line end in the file; `\0` is a zero byte, `\xHH` any
/// other that can't be read, and `\\` a backslash.
public struct TreeArchive {
  public private(set) var entries: [String: FixtureTree.Entry] = [:]

  public init(at path: String) throws {
    var name: String?
    var content: [UInt8] = []
    for line in try bytes(at: path).split(separator: 10, omittingEmptySubsequences: false)
      .dropLast()
    {
      guard line.starts(with: Array("#> ".utf8)) else {
        content += try TreeArchive.decoded(line, in: path)
        continue
      }
      if let name { entries[name] = .file(content) }
      content = []
      let words = String(decoding: line.dropFirst(3), as: UTF8.self).split(separator: " ")
      guard words.count == 3, words[1] == "->" else {
        name = words.joined(separator: " ")
        continue
      }
      entries[String(words[0])] = .link(String(words[2]))
      name = nil
    }
    if let name { entries[name] = .file(content) }
  }

  private static func decoded(_ line: ArraySlice<UInt8>, in path: String) throws -> [UInt8] {
    var result: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case nil: return result
      case UInt8(ascii: "0"): result.append(0)
      case UInt8(ascii: "\\"): result.append(byte)
      case UInt8(ascii: "x"):
        guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          throw DataError(path, "has a wrong escape")
        }
        result.append(code)
        rest = rest.dropFirst(2)
      default: throw DataError(path, "has an unknown escape")
      }
    }
    return result + [10]
  }
}
