import ProcFS
import Processes

/// Processes that inherit a program's adjustment, and that its administrator may not think of.
enum Inheritance {
  private static let heirs: [(starter: ProgramTraits, heirs: String)] = [
    (.startsJobs, "every job it starts"),
    (.startsSessions, "the sessions it starts, with all programs in them"),
    (.startsContainers, "containers it starts, unless they are given an adjustment of their own"),
    (.startsCommands, "what is typed in it"), (.startsServices, "the services it starts"),
  ]

  /// A sentence on what will inherit from a process; living children keep what they have.
  static func sentence(
    on subject: ScoredProcess, among processes: [ScoredProcess], changing targets: [ScoredProcess]
  ) -> String? {
    let family = processes.descendants(of: [subject.id]).subtracting(targets.map(\.id))
    let living = processes.filter { family.contains($0.id) }
    let name = subject.record.name ?? ""
    if KnownProgram.traits(of: name).contains(.postgres) { return postgres(subject, living) }
    let known = heirs.first { row in
      KnownProgram.names(row.starter).contains {
        name == $0 || name.hasPrefix($0 + "-") || name.hasPrefix($0 + ":")
      }
    }
    guard known != nil || !living.isEmpty else { return nil }
    return "Inherit from \(subject.label) from now on: \(known?.heirs ?? "new children")"
      + kept(by: living)
  }

  private static func postgres(_ subject: ScoredProcess, _ living: [ScoredProcess]) -> String {
    "\(subject.label) hands its value on to each new backend, unless its environment says otherwise"
      + " (PG_OOM_ADJUST_FILE=/proc/self/oom_score_adj, PG_OOM_ADJUST_VALUE=0)"
      + kept(by: living)
  }

  /// The end of the sentence.
  private static func kept(by living: [ScoredProcess]) -> String {
    switch living.count {
    case 0: "."
    case 1: "; \(living.listed) keeps what it has."
    default: "; \(living.listed) keep what they have."
    }
  }
}
