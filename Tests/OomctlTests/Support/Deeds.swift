import ProgramSupport
import TestSupport

/// What a changing command says that it did.
extension Run {
  /// A line for each change, as `java[1200] 0 -> -900 done`; of files the path stands for the values.
  var deeds: [String] {
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

extension FixtureTree {
  /// What the tree's process has now.
  func adjustment(of id: Int) throws -> Int? {
    Int(try file("proc/\(id)/oom_score_adj").filter { !$0.isWhitespace })
  }

  func file(_ name: String) throws -> String { try text(at: "\(path)/\(name)") }

  func has(_ name: String) -> Bool { (try? bytes(at: "\(path)/\(name)")) != nil }

  /// Files that differ from what they were, but for the journal and its lock.
  func changes(since before: [String: [UInt8]]) throws -> [String] {
    let after = try contents()
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
      .filter { !"\($0)/".hasPrefix("var/") }.sorted()
  }
}
