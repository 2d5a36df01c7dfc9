import KernelLog

/// A call of journalctl(1), in words that it knows since its version 195.
package struct JournalCommand: Equatable, Sendable {
  /// Nothing older, in seconds since 1970.
  package var since: Int?
  /// One boot: its number, or how many boots ago as `-1`.
  package var boot: String?
  /// True where a boot that the journal doesn't know is an error. The present one may be in other logs only.
  package var mustKnowBoot = false
  /// True where it prints new messages as they come, and leaves out earlier ones.
  var follows = false

  package init(
    since: Int? = nil, boot: String? = nil, mustKnowBoot: Bool = false, follows: Bool = false
  ) {
    self.since = since
    self.boot = boot
    self.mustKnowBoot = mustKnowBoot
    self.follows = follows
  }

  static let name = "journalctl"

  /// Whether only a part of the journal is asked for.
  var isNarrowed: Bool { since != nil || boot != nil }

  /// `-k` would say the same of the kernel, but of this boot only.
  var words: [String] {
    var words = [Self.name, "--quiet", "--no-pager", "--output=export"]
    // Of a boot nothing at all would come otherwise where it ended before: as if nobody knew it.
    if let since, !mustKnowBoot { words.append("--since=@\(since)") }
    if let boot { words.append("--boot=\(boot)") }
    if follows { words += ["--follow", "--lines=0"] }
    words.append("_TRANSPORT=kernel")
    for daemon in DaemonKill.killers { words += ["+", "SYSLOG_IDENTIFIER=\(daemon)"] }
    words += ["+", "MESSAGE_ID=\(Self.unitKilled)"]
    return words
  }

  /// `SD_MESSAGE_UNIT_OOMD_KILL`: the service manager says how many processes systemd-oomd killed in a unit.
  private static let unitKilled = "d989611b15e44c9dbf31e3c81256e4ed"
}
