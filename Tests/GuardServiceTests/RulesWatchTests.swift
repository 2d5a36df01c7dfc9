import Glibc
import ProcFS
import TestSupport
import Testing

@testable import GuardService

@Suite("The watch over a file of rules")
struct RulesWatchTests {
  private final class Observer {
    private var watch: RulesWatch

    init(_ path: String, below root: String = "") throws {
      watch = try RulesWatch.begun(of: path, below: root)
    }

    /// Whether doing something is noticed; what has happened before doesn't count.
    func notices(_ action: () throws -> Void) throws -> Bool {
      try watch.renew()
      while watch.takesChange() {}
      try action()
      return watch.takesChange()
    }

    func takesChange() -> Bool { watch.takesChange() }

    func renew() throws { try watch.renew() }
  }

  private func link(_ target: String, at path: String) { unsafe symlink(target, path) }

  @Test("notices writing, replacing, removing and making anew")
  func file() throws {
    let tree = try FixtureTree(["etc/rules": "a = 1\n", "etc/other": "", "etc/new": "b = 1\n"])
    let path = "\(tree.path)/etc/rules"
    let watch = try Observer(path)
    #expect(try !watch.notices { _ = try text(at: path) })
    #expect(try watch.notices { try write(Array("a = 2\n".utf8), to: path) })
    #expect(try watch.notices { unsafe rename("\(tree.path)/etc/new", path) })
    #expect(try watch.notices { try write(Array("a = 3\n".utf8), to: path) })
    #expect(try watch.notices { unsafe rename(path, "\(tree.path)/etc/old") })
    #expect(try watch.notices { unsafe rename("\(tree.path)/etc/old", path) })
    #expect(try watch.notices { unsafe unlink(path) })
    #expect(try watch.notices { try write(Array("a = 4\n".utf8), to: path) })
    #expect(try watch.notices { unsafe chmod(path, 0o600) })
  }

  @Test("has forgotten what happened before it was renewed: the file is read after that")
  func before() throws {
    let tree = try FixtureTree(["etc/rules": "a = 1\n"])
    let path = "\(tree.path)/etc/rules"
    let watch = try Observer(path)
    try write(Array("a = 2\n".utf8), to: path)
    try watch.renew()
    #expect(!watch.takesChange())
    try write(Array("a = 3\n".utf8), to: path)
    #expect(watch.takesChange())
  }

  @Test("doesn't care about files beside it")
  func others() throws {
    let tree = try FixtureTree(["etc/rules": "a = 1\n", "etc/other": ""])
    let watch = try Observer("\(tree.path)/etc/rules")
    #expect(
      try !watch.notices {
        try write([], to: "\(tree.path)/etc/other")
        try write([], to: "\(tree.path)/etc/rules.swp")
        unsafe unlink("\(tree.path)/etc/rules.swp")
        try write([], to: "\(tree.path)/beside")
      })
  }

  @Test("takes a flood of which events were lost for a change")
  func lostEvents() throws {
    let tree = try FixtureTree(["etc/other": ""])
    let (one, other) = ("\(tree.path)/etc/other", "\(tree.path)/etc/beside")
    let watch = try Observer("\(tree.path)/etc/rules")
    let most = try text(at: "/proc/sys/fs/inotify/max_queued_events")
    let count = try #require(Int(most.filter(\.isNumber)))
    #expect(
      try !watch.notices {
        unsafe rename(one, other)
        unsafe rename(other, one)
      })
    // Two events each time; they are read in several goes.
    for _ in 0...count / 4 {
      unsafe rename(one, other)
      unsafe rename(other, one)
    }
    #expect((0..<count / 4096 + 2).contains { _ in watch.takesChange() })
  }

  @Test("notices a folder that comes later, and one that goes")
  func folder() throws {
    let tree = try FixtureTree()
    let folder = "\(tree.path)/a"
    let watch = try Observer("\(folder)/b/rules")
    #expect(try watch.notices { unsafe mkdir(folder, 0o755) })
    #expect(try watch.notices { unsafe mkdir("\(folder)/b", 0o755) })
    #expect(try watch.notices { try write([], to: "\(folder)/b/rules") })
    #expect(try watch.notices { unsafe rename(folder, "\(tree.path)/c") })
    #expect(try watch.notices { unsafe rename("\(tree.path)/c", folder) })
    #expect(try watch.notices { try write([1], to: "\(folder)/b/rules") })
  }

  @Test("follows links, of the file and of folders")
  func links() throws {
    let tree = try FixtureTree(["one/rules": "", "two/rules": "", "etc/x": "", "far/rules": ""])
    let root = tree.path
    // As configuration is mounted into containers: one link to a file behind a link to a folder.
    link("..data/rules", at: "\(root)/etc/rules")
    link("../one", at: "\(root)/etc/..data")
    link("../two", at: "\(root)/etc/..new")
    let watch = try Observer("\(root)/etc/rules")
    #expect(try watch.notices { try write([1], to: "\(root)/one/rules") })
    #expect(try !watch.notices { try write([1], to: "\(root)/two/rules") })
    #expect(try watch.notices { unsafe rename("\(root)/etc/..new", "\(root)/etc/..data") })
    #expect(try watch.notices { try write([2], to: "\(root)/two/rules") })
    #expect(
      try watch.notices {
        unsafe unlink("\(root)/etc/rules")
        link("\(root)/far/rules", at: "\(root)/etc/rules")
      })
    #expect(try watch.notices { try write([1], to: "\(root)/far/rules") })
  }

  @Test("bears links that lead nowhere, and in circles")
  func deadLinks() throws {
    let tree = try FixtureTree(["x": ""])
    link("b", at: "\(tree.path)/a")
    link("a", at: "\(tree.path)/b")
    link("none/rules", at: "\(tree.path)/c")
    let circle = try Observer("\(tree.path)/a")
    #expect(try circle.notices { unsafe unlink("\(tree.path)/b") })
    let dead = try Observer("\(tree.path)/c")
    #expect(try dead.notices { unsafe mkdir("\(tree.path)/none", 0o755) })
    #expect(try dead.notices { try write([], to: "\(tree.path)/none/rules") })
  }

  @Test("stays inside the folder that stands for the root")
  func root() throws {
    let tree = try FixtureTree(["etc/x": "", "srv/rules": ""])
    link("/srv/rules", at: "\(tree.path)/etc/rules")
    let watch = try Observer("/etc/rules", below: tree.path)
    #expect(try watch.notices { try write([1], to: "\(tree.path)/srv/rules") })
  }

  @Test("takes a flood of events for what it is")
  func flood() throws {
    let tree = try FixtureTree(["rules": ""])
    let watch = try Observer("\(tree.path)/rules")
    #expect(
      try watch.notices {
        for _ in 0..<5000 { try write([1], to: "\(tree.path)/rules") }
      })
    while watch.takesChange() {}
    #expect(try watch.notices { try write([2], to: "\(tree.path)/rules") })
  }
}
