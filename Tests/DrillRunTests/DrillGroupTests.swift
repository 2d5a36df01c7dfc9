import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import DrillRun
@testable import Processes

@Suite("A drill's memory cgroup")
struct DrillGroupTests {
  private static func group(in place: String, hasEnabled: Bool = false) -> DrillGroup {
    let owner = ProcessIdentity(id: ProcessID(47), startTicks: 11)
    return DrillGroup(
      place: place, name: DrillGroupName(owner: owner, hasEnabled: hasEnabled), limit: 1 << 20)
  }

  private let folder = "sys/fs/cgroup"

  /// A machine's memory cgroups, of version 2 unless there are others.
  private func tree(_ files: [String: FixtureTree.Entry]) throws -> FixtureTree {
    try FixtureMachine.server.with {
      $0.files["\(folder)/cgroup.controllers"] = "cpu memory\n"
      $0.files["\(folder)/cgroup.subtree_control"] = "cpu memory\n"
      for (name, entry) in files { $0.files["\(folder)/\(name)"] = entry }
    }.tree()
  }

  @Test("lies in its place", arguments: [("/", "/oomctl-drill"), ("/a/b", "/a/b/oomctl-drill")])
  func path(place: String, start: String) {
    #expect(Self.group(in: place).path == "\(start).47.11")
  }

  private func exists(_ name: String, in tree: FixtureTree, _ place: String = "") throws -> Bool {
    try names(in: "\(tree.path)/\(folder)\(place)").contains(name)
  }

  @Test("is nothing where its limit can't be set")
  func unmade() throws {
    let tree = try tree(["a/memory.max": "max\n"])
    let world = try World(root: tree.path, environment: Environment())
    let hierarchy = try world.memoryCgroups()
    for (place, hasEnabled) in [("/", false), ("/a", false), ("/a", true), ("/none", false)] {
      let name = Self.group(in: place, hasEnabled: hasEnabled).name
      #expect(throws: Failure.self) {
        _ = try DrillGroup(name, in: place, limit: 1 << 20, hierarchy, world)
      }
      #expect(try !exists(name.text, in: tree))
      #expect(try !exists(name.text, in: tree, "/a"))
    }
  }

  @Test("takes back what it enabled, unless another group has a limit now")
  func removes() throws {
    for (hasEnabled, place, other, switches) in [
      (true, "/", nil, "-memory"), (false, "/", nil, "cpu memory\n"),
      (true, "/", "max", "-memory"), (true, "/", "4096", "cpu memory\n"),
      (true, "/p", nil, "-memory"), (true, "/p", "4096", "cpu memory\n"),
      (true, "/p", "max", "-memory"),
    ] as [(Bool, String, String?, String)] {
      let below = place == "/" ? "" : "p/"
      let name = Self.group(in: place, hasEnabled: hasEnabled).name.text
      var files: [String: FixtureTree.Entry] = [
        "\(below)\(name)": .folder, "\(below)cgroup.subtree_control": "cpu memory\n",
      ]
      if let other {
        files["\(below)first/memory.max"] = "max\n"
        files["\(below)other/memory.max"] = .file(Array("\(other)\n".utf8))
      }
      let tree = try tree(files)
      let world = try World(root: tree.path, environment: Environment())
      let hierarchy = try world.memoryCgroups()
      Self.group(in: place, hasEnabled: hasEnabled).remove(from: hierarchy, in: world)
      #expect(try !exists(name, in: tree, place))
      #expect(
        try text(at: "\(tree.path)/\(folder)/\(below)cgroup.subtree_control")
          .hasPrefix(switches))
    }
  }

  @Test("is a leftover where its drill is gone, wherever it lies")
  func leftovers() throws {
    let tree = try tree([
      "oomctl-drill.99999.1": .folder, "oomctl-drill.1200.100": .folder,
      "oomctl-drill.1200.101.enabled": .folder, "oomctl-drill.x": .folder, "other": .folder,
      "full/oomctl-drill.99999.1/memory.max": "9\n", "a/oomctl-drill.99998.5.enabled": .folder,
      "a/cgroup.subtree_control": "memory\n",
    ])
    let world = try World(root: tree.path, environment: Environment())
    let hierarchy = try world.memoryCgroups()
    let remove = { (places: [String]) in DrillGroup.removeLeftovers(in: places, hierarchy, world) }
    #expect(remove(["/none"]) == 0)
    #expect(remove(["/full"]) == 0)
    #expect(remove(["/", "/a"]) == 3)
    #expect(remove(["/", "/a"]) == 0)
    for (name, isThere) in [
      ("oomctl-drill.99999.1", false), ("oomctl-drill.1200.100", true),
      ("oomctl-drill.1200.101.enabled", false), ("oomctl-drill.x", true), ("other", true),
    ] {
      #expect(try exists(name, in: tree) == isThere)
    }
    #expect(try text(at: "\(tree.path)/\(folder)/a/cgroup.subtree_control").hasPrefix("-memory"))
    #expect(try text(at: "\(tree.path)/\(folder)/cgroup.subtree_control").hasPrefix("-memory"))
  }

  @Test(
    "is made in the first place that takes one",
    arguments: [
      (["/"], "/", false), (["/enabled"], "/enabled", false), (["/none", "/"], "/", false),
      (["/without", "/empty"], "/empty", true), (["/busy", "/enabled"], "/enabled", false),
      (["/empty", "/enabled"], "/empty", true), (["/busy"], nil, false), ([], nil, false),
    ] as [([String], String?, Bool)])
  func place(paths: [String], path: String?, needsEnabling: Bool) throws {
    let tree = try tree([
      "cgroup.procs": "1\n",
      "enabled/cgroup.controllers": "memory\n", "enabled/cgroup.subtree_control": "memory\n",
      "enabled/cgroup.procs": "", "enabled/cgroup.events": "",
      "empty/cgroup.controllers": "memory\n", "empty/cgroup.subtree_control": "\n",
      "empty/cgroup.procs": "", "empty/cgroup.events": "",
      "busy/cgroup.controllers": "memory\n", "busy/cgroup.subtree_control": "\n",
      "busy/cgroup.procs": "1200\n", "busy/cgroup.events": "",
      "without/cgroup.controllers": "cpu\n", "without/cgroup.subtree_control": "\n",
      "without/cgroup.procs": "", "without/cgroup.events": "",
    ])
    let world = try World(root: tree.path, environment: Environment())
    let hierarchy = try world.memoryCgroups()
    guard let path else {
      let failure = #expect(throws: Failure.self) { try DrillPlace(among: paths, in: hierarchy) }
      #expect(failure?.message.hasSuffix("no memory cgroup can be made here") == true)
      return
    }
    #expect(
      try DrillPlace(among: paths, in: hierarchy)
        == DrillPlace(path: path, needsEnabling: needsEnabling))
  }
}
