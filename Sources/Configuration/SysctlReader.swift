/// A program that applies the files of sysctl.d(5). Both were read and tried as Debian 12 has them:
/// systemd 252 and procps 4.0.2.
///
/// In both a file hides those of the same name in later folders, files count in the order of their names
/// whatever their folder, the last assignment wins, and a pattern leaves alone what has an assignment of
/// its own, be that earlier or later. `-key` without a value keeps the key from patterns; `-pattern` keeps
/// nothing from anything (but procps' sources of 2025 follow it). They differ in this:
///
/// | | systemd-sysctl | sysctl --system |
/// |---|---|---|
/// | `/etc/sysctl.conf` | not read | read last |
/// | `.hidden.conf` | not read | read |
/// | `-key` without a value | takes an earlier `key = value` back as well | keeps it from patterns only |
/// | the same pattern twice with one value | stays where it was first | counts at both places |
/// | what else was assigned to the key before | isn't written | is written first, and stays if the last one is refused |
/// | `vm//swappiness`, `vm/./swappiness` | is `vm/swappiness` | is too, but patterns don't follow it |
/// | `vm.swappiness.`, `vm/swappiness/` | is `vm/swappiness` | is no file |
/// | `kernel/../vm/swappiness` | is refused | is `vm/swappiness` |
/// | `- key`, with a blank | is `-key` | is no file |
/// | `--key` | is no file | is `-key` |
/// | `\r` or a zero byte within a line | begins a new line | belongs to the line, and ends what is read of it |
/// | `\v` and `\f` | belong to the value | are blanks |
/// | a line of 1 MiB | ends the file | is read |
package enum SysctlReader: String, CaseIterable, Sendable {
  /// At boot.
  case systemd = "systemd-sysctl"
  /// Whenever somebody calls it, and at boot where there is no systemd.
  case procps = "sysctl --system"
}

extension SysctlReader {
  /// The folders that both read, with the one that counts most first.
  package static let folders = [
    "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
    "/lib/sysctl.d",
  ]

  /// The file that only `procps` reads.
  package static let lastFile = "/etc/sysctl.conf"
}
