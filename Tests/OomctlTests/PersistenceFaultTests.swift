import Configuration
import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Where a protection is to last, a planted link")
struct PlantedLinkTests {
  @Test(
    "is refused, and what it leads to untouched",
    arguments: [
      ("/system.slice/app.service", "etc/systemd/system/app.service.d/50-oomctl.conf"),
      ("/system.slice/app.service", "etc/systemd/system/app.service.d"),
      ("/", "etc/oomctl/rules.conf"), ("/", "etc/oomctl"),
    ], ["/victim", "/missing", "../../../../../victim", "/proc"])
  func refused(case: (cgroup: String, place: String), target: String) throws {
    let (cgroup, place) = `case`
    let tree = try FixtureMachine.server(1200) { $0.cgroup = "0::\(cgroup)\n" }.tree()
    try tree.add("# oomctl\n", at: "victim/rules.conf")
    try tree.add("# Written by oomctl 1\n", at: "victim/50-oomctl.conf")
    try tree.add(.link(target), at: place)
    let before = try tree.contents()
    let protect = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(protect.status == .refused)
    #expect(try protect.actions.last?.hasSuffix(" refused") == true)
    #expect(
      protect.errors.hasSuffix(
        ": is a symbolic link, or not what it should be: nothing is written there\n"
          + "Look who put it there, and remove it.\n"))
    // The living process is protected nevertheless.
    #expect(try tree.changes(since: before) == ["proc/1200/oom_score_adj"])
  }

  @Test("isn't followed by unprotect either", arguments: ["/victim/own", "/missing"])
  func unprotect(target: String) throws {
    let path = "etc/systemd/system/app.service.d/50-oomctl.conf"
    let tree = try FixtureMachine.server.with { $0.files[path] = .link(target) }.tree()
    try tree.add("# Written by oomctl 1\n", at: "victim/own")
    let before = try tree.contents()
    let unprotect = run(["unprotect", "--unit", "app"], on: tree)
    #expect(unprotect.status == .refused)
    #expect(unprotect.errors.contains("50-oomctl.conf: is a symbolic link"))
    #expect(try tree.changes(since: before).isEmpty)
  }

  @Test("in place of a draft is replaced and not followed")
  func draft() throws {
    let folder = "etc/systemd/system/app.service.d"
    let tree = try FixtureMachine.server.tree()
    try tree.add("whole\n", at: "victim")
    try tree.add(.link("/victim"), at: "\(folder)/50-oomctl.conf.oomctl-new")
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    #expect(try tree.file("victim") == "whole\n")
    #expect(try tree.file("\(folder)/50-oomctl.conf").hasSuffix("OOMScoreAdjust=-900\n"))
  }
}

@Suite("A protection that can't be written whole")
struct PersistenceFaultTests {
  private static let folder = "etc/systemd/system/app.service.d"
  private static let old: FixtureTree.Entry =
    "# Written by oomctl 0.9 (oomctl protect --persist).\n[Service]\nOOMScoreAdjust=-500\n"

  @Test("is whole after a run that was killed", arguments: ["", "# Written by oom"])
  func leftover(draft: String) throws {
    let path = "\(Self.folder)/50-oomctl.conf"
    let tree = try FixtureMachine.server.with {
      $0.files[path] = Self.old
      $0.files["\(path).oomctl-new"] = .file(Array(draft.utf8))
    }.tree()
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    #expect(try tree.file(path).hasSuffix("OOMScoreAdjust=-900\n"))
    #expect(!tree.has("\(path).oomctl-new"))
  }

  @Test("says so where a folder is in the way")
  func folder() throws {
    let path = "\(Self.folder)/50-oomctl.conf"
    let tree = try FixtureMachine.server.with { $0.files[path] = .folder }.tree()
    let protect = run(["protect", "java", "--persist"], on: tree)
    #expect(protect.status != .done)
    #expect(protect.errors.contains("50-oomctl.conf"))
  }

  @Test(
    "leaves the old file whole on a full disk",
    .enabled(if: Executable.canMount, "root can mount"), arguments: [true, false])
  func fullDisk(hasOld: Bool) throws {
    let tree = try FixtureMachine.server.with { $0.files["\(Self.folder)/x"] = "" }.tree()
    let place = "\(tree.path)/\(Self.folder)"
    let old = "# Written by oomctl 0.9\n[Service]\nOOMScoreAdjust=-500\n"
    let script = """
      mount -t tmpfs -o size=4k none "$1" || exit 99
      if [ \(hasOld) = true ]; then printf '%s' "$2" > "$1/50-oomctl.conf"
      else head -c 4096 /dev/zero > "$1/ballast"; fi
      "$3" protect java --persist --root "$4"; status=$?
      echo ---; ls "$1"; cat "$1/50-oomctl.conf"; exit $status
      """
    let program = try #require(Executable.path)
    let result = try Executable.run(
      try #require(Executable.tool("unshare")),
      ["-m", "/bin/sh", "-c", script, "sh", place, old, program, tree.path])
    #expect(result.status == 1)
    #expect(
      result.errors.hasPrefix(
        "oomctl: \(place)/50-oomctl.conf: No space left on device\nThe old file stays as it was.\n")
    )
    let rest = result.output.split(separator: "---\n").last.map(String.init)
    #expect(rest == (hasOld ? "50-oomctl.conf\n\(old)" : "ballast\n"))
    #expect(try tree.adjustment(of: 1200) == -900)
  }
}
