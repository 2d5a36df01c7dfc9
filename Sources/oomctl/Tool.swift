import Arguments
import Changes
import Core
import Diagnosis
import DrillRun
import GuardService
import KillHistory
import KillPrediction
import MemoryGroups
import MetricsExport
import Protecting
import Ranking
import Settings
import WatchScreen

extension Oomctl {
  /// The commands, in the order of the help page.
  static let commands: [any ProgramCommand.Type] = [
    List.self, Rank.self, Explain.self, Predict.self, Memory.self, Groups.self,
    Doctor.self, History.self,
    Watch.self,
    Protect.self, Unprotect.self, Adjust.self, RunCommand.self, Tune.self, Undo.self, Guard.self,
    Drill.self, Metrics.self, Help.self,
    Generate.self, Dump.self,
  ]
}

extension Oomctl {
  /// A name under which the program may be installed too, and the command that it then means.
  static let secondName = (name: "oomtune", command: Tune.name)
}

extension Tool {
  /// The program: what it says of itself.
  static let oomctl = Tool(
    name: Version.program, version: Version.current,
    summary: "Shows whom the out-of-memory killer will take, and why.",
    discussion: [
      """
      When memory runs out, the Linux kernel kills the process with the highest badness. oomctl reads \
      what the kernel knows of each process, computes its badness by the rule of that kernel's \
      generation, from 2.4 to today, and compares the outcome with the kernel's own.
      """,
      """
      It never kills, but in a drill that it was asked for; and without a command that changes something \
      it only reads. It needs /proc to be \
      mounted: without it, it is aborted before it can say so. Another program of this name is the client of systemd-oomd, with which it has nothing \
      in common; oomctl dump hands over to that one.
      """,
    ],
    overview: Overview.self,
    commands: Oomctl.commands.map { $0 },
    sections: [
      ManualSection("EXIT STATUS", ExitStatus.allCases.map { .init("\($0.rawValue)", $0.meaning) }),
      ManualSection(
        "ENVIRONMENT",
        [
          .init(
            "NO_COLOR", "If set and not empty, no colour is used unless --color=always asks for it."
          ),
          .init("XDG_STATE_HOME", "Where the journal of an ordinary user lies, in oomctl/journal."),
          .init(
            "LC_ALL, LC_CTYPE, LANG",
            "Bars are drawn with block characters where the locale's encoding is UTF-8."),
          .init("TERM", "Where it is dumb, oomctl watch prints lines in place of a screen."),
        ]),
      ManualSection(
        "FILES",
        [
          .init("/proc/PID/oom_score", "The kernel's own score."),
          .init("/proc/PID/oom_score_adj", "The adjustment, from -1000 (never) to 1000 (first)."),
          .init("/proc/PID/oom_adj", "The same on the old scale from -17 to 15."),
          .init("/etc/passwd", "Names of users; no other source is asked."),
          .init("/etc/oomctl/rules.conf", "Rules of oomctl guard."),
          .init("/var/lib/oomctl/journal", "What oomctl undo can take back."),
          .init(
            "/etc/systemd/system/UNIT.d/50-oomctl.conf", "What oomctl protect --persist writes."),
          .init("/etc/login.defs", "From which number on users are ordinary ones (UID_MIN)."),
        ]),
      ManualSection(
        "JSON",
        [
          .init(
            "--json",
            "One object a call. oomctl names version, command and schema, kernel the release, and complete "
              + "is false where something couldn't be seen or read. Sizes are bytes; what the kernel doesn't "
              + "offer is null."),
          .init(
            "error",
            "Instead of the rest, of a call that failed before there was a result: text, advice (or null) "
              + "and the exit status; complete is false then. The error stream says the same."),
        ]),
      Ownership.security,
    ],
    seeAlso: [
      "choom(1)", "ps(1)", "proc_pid_oom_score(5)", "proc_pid_oom_score_adj(5)", "systemd-oomd(8)",
    ])
}
