import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("A file that nobody else can have written")
struct DirectoryTrustTests {
  private let own = geteuid()

  private func contents(
    _ mode: mode_t = 0o644, folder: mode_t = 0o755, owner: UInt32? = geteuid(),
    of name: String = "file"
  ) throws -> String? {
    let tree = try FixtureTree(["in/file": "text", "in/link": .link("file"), "in/sub": .folder])
    unsafe chmod("\(tree.path)/in/file", mode)
    unsafe chmod("\(tree.path)/in", folder)
    let directory = try Directory(path: "\(tree.path)/in")
    let bytes = try directory.trustedContents(of: name, owner: owner, longest: 100)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("is its owner's or root's, in a folder of theirs that nobody else can write")
  func trusted() throws {
    #expect(try contents() == "text" && contents(0o600) == "text")
    #expect(try contents(of: "none") == nil)
    for mode in [0o664, 0o646, 0o666] as [mode_t] {
      #expect(throws: ProcFSError.self) { try contents(mode) }
      #expect(try contents(mode, owner: nil) == "text")
    }
    for mode in [0o775, 0o757, 0o777] as [mode_t] {
      #expect(throws: ProcFSError.self) { try contents(folder: mode) }
      #expect(try contents(folder: mode, owner: nil) == "text")
    }
  }

  @Test("isn't a link or a folder, even where no owner is asked for")
  func kinds() {
    for owner in [nil, own] {
      #expect(throws: ProcFSError.self) { try contents(owner: owner, of: "link") }
      #expect(throws: ProcFSError.self) { try contents(owner: owner, of: "sub") }
    }
  }

  @Test("isn't another user's, though root's", .enabled(if: geteuid() == 0, "needs root"))
  func owners() throws {
    #expect(try contents(owner: 5) == "text")
    let tree = try FixtureTree(["file": "text"])
    unsafe chown("\(tree.path)/file", 7, 7)
    let directory = try Directory(path: tree.path)
    #expect(throws: ProcFSError.self) {
      try directory.trustedContents(of: "file", owner: 5, longest: 100)
    }
    #expect(throws: ProcFSError.self) {
      try directory.trustedContents(of: "file", owner: 0, longest: 100)
    }
    #expect(try directory.trustedContents(of: "file", owner: 7, longest: 100) != nil)
    #expect(throws: ProcFSError.self) { try directory.refuseForeign("file") }
  }

  @Test("isn't refused as foreign, nor is what isn't there")
  func foreign() throws {
    let tree = try FixtureTree(["own": "x", "open": "x", "group": "x"])
    unsafe chmod("\(tree.path)/open", 0o646)
    unsafe chmod("\(tree.path)/group", 0o664)
    let directory = try Directory(path: tree.path)
    try directory.refuseForeign("own")
    try directory.refuseForeign("none")
    for name in ["open", "group"] {
      #expect(throws: ProcFSError.self) { try directory.refuseForeign(name) }
    }
    let error = #expect(throws: ProcFSError.self) { try directory.refuseForeign("own/x") }
    #expect(error?.errno == .notADirectory)
  }
}
