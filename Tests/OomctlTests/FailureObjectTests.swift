import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A call for JSON that fails")
struct FailureObjectTests {
  @Test(
    "prints an object with the reason",
    arguments: [
      ("adjust nosuch -n 3", "no process matches 'nosuch'"),
      ("unprotect java", "nothing here was protected by oomctl"),
      ("undo", "there is nothing to undo"), ("undo --id 99", "no call 99 is in the journal"),
      ("predict --in /nosuch", nil), ("history show 999", nil),
      ("drill --limit 10G", "a captured tree is no live machine: nobody can be killed there"),
      ("tune --keep", "on a captured tree nothing is on trial"),
      ("tune min_free_kbytes=4000000", nil), ("watch nosuch", nil),
    ] as [(String, String?)])
  func object(words: String, text: String?) throws {
    let words = words.split(separator: " ").map(String.init)
    let tree = try FixtureMachine.tuned.tree()
    let result = run(words + ["--json"], on: tree)
    let json = try result.json
    #expect(try json["oomctl"]["command"].string == words[0])
    #expect(json.kernelIsNamed)
    guard result.status != .done else { return }
    #expect(try json["complete"] == false)
    let error = try json["error"]
    #expect(try error["status"].integer == Int(result.status.rawValue))
    let found = try error["text"].string
    if let text { #expect(found == text) }
    // The error stream says the same, with and without.
    let parts = found.split(separator: tree.path, omittingEmptySubsequences: false)
    var lines = "oomctl: \(parts.joined(separator: "ROOT"))\n"
    if case .text(let advice) = try error["advice"] { lines += "\(advice)\n" }
    #expect(run(words, on: tree).errors.hasSuffix(lines))
    #expect(result.status == run(words, on: tree).status)
  }

  @Test("of a folder that isn't there names no kernel")
  func noWorld() throws {
    let result = run(["list", "--json", "--root", "/nowhere/at/all"])
    #expect(try result.json["kernel"] == nil)
    #expect(try result.json["error"]["status"] == 1 && result.status == .failed)
  }

  @Test("prints none where the words were wrong, or no object was asked for")
  func none() throws {
    let tree = try FixtureMachine.tuned.tree()
    #expect(run(["undo", "--json", "--nosuch"], on: tree).output.isEmpty)
    #expect(run(["undo"], on: tree).output.isEmpty)
    #expect(run(["watch", "--json-lines", "999999"], on: tree).output.isEmpty)
  }
}

extension JSON {
  fileprivate var kernelIsNamed: Bool { (try? self["kernel"].string) != nil }
}
