package import Arguments

/// Owners whose processes are lowered, in words for help and manual.
package enum Ownership {
  package static let discussion = """
    A name, a command line or a unit can be any user's choice. By such a word only processes of root and of \
    the system's users (below UID_MIN of login.defs) are lowered; an ordinary user's need --user, or their \
    number. So it is with --tree, also below a number: who has a job of cron or a login runs below the system's \
    processes. A tree whose root is a user's means hers.
    """

  /// The manual's section.
  package static let security = ManualSection(
    "SECURITY",
    [
      .init(
        "Who may profit",
        """
        What lowers an adjustment protects, and others die first. Commands lower an ordinary user's \
        process only by its number or with --user, rules only with user:. With --tree descendants are lowered \
        that are the system's, or belong to the user whose process was given by number. The real, effective and saved \
        user of a process must all be the system's or named, so set-user-ID programs belong to whoever \
        started them. sshd's listener is root's, and not of a container.
        """),
      .init(
        "Which logs can be forged",
        """
        Every user can write to /var/log/messages, /var/log/syslog and the like, and to the journal in \
        other names than the kernel's. The kernel's ring buffer, kern.log behind journald, and the \
        journal's entries of the kernel can be written by the kernel and root alone. A kill that only a \
        log of the first kind has is marked as unconfirmed where one of the second kind covers that moment.
        """),
      .init(
        "What it starts and believes",
        """
        As root, programs are looked for in /usr/sbin, /usr/bin, /sbin and /bin only. The journal of \
        changes and the guard's copy of its rules must be root's or one's own, and writable by nobody else.
        """),
    ])
}
