import Configuration
import Glibc
import TestSupport
import Testing

/// The programs that apply sysctl.d(5), run for real on made-up files.
///
/// They run in a mount namespace of their own, in which both the configuration's folders and all of
/// `/proc/sys` are folders of the test: no setting of this machine is in their reach.
enum RealReaders {
  /// Whether they are those that `SysctlReader` speaks of, and may be run.
  static let areHere =
    geteuid() == 0
    && (try? text(at: "/etc/debian_version").hasPrefix("12")) == true
    && programs.allSatisfy { unsafe access($0, X_OK) == 0 }
    && (try? run("/usr/bin/unshare", "-m", "/bin/mount", "-t", "tmpfs", "none", "/mnt")) == 0

  private static let programs = [
    "/lib/systemd/systemd-sysctl", "/usr/sbin/sysctl", "/usr/bin/unshare",
  ]

  /// What is in the files below `/proc/sys` afterwards, for each case; untouched ones are left out.
  static func results(of cases: [SysctlCase]) throws -> [[SysctlReader: [String: String]]] {
    let tree = try FixtureTree()
    for (number, example) in cases.enumerated() {
      for folder in SysctlCase.folders.keys { try tree.add(.folder, at: "\(number)/\(folder)/.") }
      try tree.add("", at: "\(number)/sysctl.conf")
      for (path, entry) in example.files { try tree.add(entry, at: "\(number)/\(path)") }
      for reader in ["systemd", "procps"] {
        try tree.add("", at: "\(number)/\(reader)/is-scratch")
        for key in SysctlCase.keys { try tree.add("untouched", at: "\(number)/\(reader)/\(key)") }
      }
    }
    let status = try run("/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh", tree.path)
    guard status == 0 else { throw DataError(tree.path, "the script ended with \(status)") }
    return try cases.indices.map { number in
      [
        .systemd: try written(in: "\(tree.path)/\(number)/systemd"),
        .procps: try written(in: "\(tree.path)/\(number)/procps"),
      ]
    }
  }

  private static func written(in folder: String) throws -> [String: String] {
    var written: [String: String] = [:]
    for key in SysctlCase.keys {
      let text = try text(at: "\(folder)/\(key)")
      // systemd doesn't cut the file: what it wrote ends with the first newline.
      if text != "untouched" { written[key] = String(text.prefix { $0 != "\n" }) }
    }
    return written
  }

  private static let script = """
    set -e
    mount -t tmpfs none /run
    mount -t tmpfs none /usr/local/lib
    mkdir /run/sysctl.d /usr/local/lib/sysctl.d
    for case in "$1"/*; do
      mount --bind "$case/etc" /etc/sysctl.d
      mount --bind "$case/run" /run/sysctl.d
      mount --bind "$case/local" /usr/local/lib/sysctl.d
      mount --bind "$case/lib" /usr/lib/sysctl.d
      mount --bind "$case/sysctl.conf" /etc/sysctl.conf
      for reader in systemd procps; do
        mount --bind "$case/$reader" /proc/sys
        test -e /proc/sys/is-scratch
        case $reader in
          systemd) /lib/systemd/systemd-sysctl || : ;;
          procps) /usr/sbin/sysctl --system || : ;;
        esac > /dev/null 2>&1
        umount /proc/sys
      done
      umount /etc/sysctl.conf /usr/lib/sysctl.d /usr/local/lib/sysctl.d /run/sysctl.d /etc/sysctl.d
    done
    """

  /// Runs a program to its end, without a word from it.
  private static func run(_ words: String...) throws -> Int32 {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var id: pid_t = 0
    let failure = unsafe posix_spawn(&id, words[0], nil, nil, &arguments, environ)
    guard failure == 0 else {
      throw DataError(words[0], unsafe String(cString: strerror(failure)))
    }
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
