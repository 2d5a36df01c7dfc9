import TestSupport

/// What a changing command says that it did.
extension Run {
  /// A line for each change, as `java[1200] 0 -> -900 done`; of files the path stands for the values.
  var actions: [String] {
    get throws {
      try json["changes"].elements.map { change in
        let (target, result) = (try change["target"].string, try change["result"].string)
        // Of what isn't there, there is no file.
        guard case .text(let file) = try change["file"] else { return "\(target) \(result)" }
        guard case .number(let new) = try change["new"] else {
          return "\(Run.shortened(file)) \(result)"
        }
        return "\(target) \(try change["old"].integer) -> \(new) \(result)"
      }
    }
  }

  /// The sentences below the table.
  var hints: [String] { get throws { try json["hints"].elements.map { try $0.string } } }

  /// Without the tree's folder.
  private static func shortened(_ file: String) -> String {
    let words = file.split(separator: "/")
    guard let etc = words.firstIndex(of: "etc") else { return file }
    return "/" + words[etc...].joined(separator: "/")
  }
}
