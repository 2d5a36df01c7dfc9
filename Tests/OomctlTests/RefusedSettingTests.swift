import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("A setting that the kernel lets nobody write here")
struct RefusedSettingTests {
  /// Other than what is set: were it written, the test would have failed.
  private static let script = """
    mount --bind "$1" /var/lib && mount --bind /proc/sys /proc/sys \
    && mount -o remount,ro,bind /proc/sys || exit 99
    read -r value < /proc/sys/vm/swappiness
    "$2" tune swappiness=$((value > 0 ? value - 1 : 1)) --no-headings; status=$?
    read -r now < /proc/sys/vm/swappiness
    [ "$value" = "$now" ] || exit 98
    exit $status
    """

  @Test(
    "is told apart from others where /proc/sys is read only, as in containers",
    .enabled(if: Executable.canMount, "root can mount"))
  func readOnly() throws {
    let journal = try FixtureTree()
    let result = try Executable.run(
      try #require(Executable.tool("unshare")),
      ["-m", "/bin/sh", "-c", Self.script, "sh", journal.path, try #require(Executable.path)])
    #expect(
      result.errors.hasSuffix(
        """
        oomctl: vm.swappiness: /proc/sys/vm/swappiness: Read-only file system
        /proc/sys is mounted for reading only, as in containers: set it on the host.

        """), "\(result.errors)")
    #expect(result.status == 1)
  }

  @Test("is root's", .enabled(if: Executable.canRunAsNobody))
  func ordinaryUser() throws {
    let present = try text(at: "/proc/sys/vm/swappiness").split(separator: "\n").joined()
    let other = present == "0" ? "1" : "0"
    let result = try Executable.runAsNobody(["tune", "swappiness=\(other)"])
    #expect(result.errors.contains("/proc/sys/vm/swappiness: Permission denied\n"))
    #expect(result.status == 1)
    #expect(try text(at: "/proc/sys/vm/swappiness") == "\(present)\n")
  }

  @Test(
    "is taken back where the disk has no room for the next boot's file",
    .enabled(if: Executable.canMount, "root can mount"))
  func fullDisk() throws {
    let tree = try FixtureMachine.tuned.with(files: ["etc/sysctl.d/x": ""]).tree()
    let script = """
      mount -t tmpfs -o size=4k none "$1/etc/sysctl.d" || exit 99
      head -c 4096 /dev/zero > "$1/etc/sysctl.d/ballast"
      "$2" tune swappiness=50 --persist --root "$1"; status=$?
      ls "$1/etc/sysctl.d"; exit $status
      """
    let result = try Executable.run(
      try #require(Executable.tool("unshare")),
      ["-m", "/bin/sh", "-c", script, "sh", tree.path, try #require(Executable.path)])
    #expect(result.errors.contains("90-oomctl.conf: No space left on device\n"))
    #expect(result.errors.contains("vm.swappiness: taken back, as another one failed\n"))
    #expect(result.output.hasSuffix(" failed\nballast\n"))
    #expect(result.status == 1)
    #expect(try tree.setting("vm.swappiness") == "60")
    #expect(run(["undo"], on: tree).errors == "oomctl: there is nothing to undo\n")
  }
}
