import DaemonLog

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
    for message in Self.ofUnits { words += ["+", "MESSAGE_ID=\(message)"] }
    return words
  }

  /// What the service manager tells of units, by its `sd-messages.h`.
  private static let ofUnits = [
    // SD_MESSAGE_UNIT_OOMD_KILL: how many processes systemd-oomd killed in one.
    "d989611b15e44c9dbf31e3c81256e4ed",
    // SD_MESSAGE_UNIT_OUT_OF_MEMORY: the OOM killer took a process of one.
    "fe6faa94e7774663a0da52717891d8ef",
    // SD_MESSAGE_UNIT_FAILURE_RESULT: one failed.
    "d9b373ed55a64feb8242e02dbe79a49c",
    // SD_MESSAGE_UNIT_RESTART_SCHEDULED: one is started again.
    "5eb03494b6584870a536b337290809b3",
  ]
}
