extension SelectionRule {
  /// All rules, oldest first.
  ///
  /// In 3.14 to 4.6 and 4.9 to 5.2 a task with equal points replaces the chosen one unless that
  /// leads its thread group. Main threads come before their threads, so the first process wins.
  public static let history: [SelectionRule] = [
    // Everything but the idle task, even init.
    Self(.init(2, 4), .threads, .firstWins, initIsCandidate: true, "most points, then the oldest"),
    // A process that runs swapoff is taken before all others.
    Self(
      .init(2, 6, 0), .threads, .firstWins, initIsCandidate: true, takesOrigin: true,
      "swapoff, else most points, then the oldest"),
    // Process 1 is safe, and somebody must die even with 0 points.
    Self(
      .init(2, 6, 11), .threads, .firstWins, takesZero: true, takesOrigin: true,
      "most points, even 0, then the oldest"),
    // oom_adj can exempt.
    Self(
      .init(2, 6, 12), .threads, .firstWins, takesZero: true, sparesDisabled: true,
      takesOrigin: true, "most points, even 0, then the oldest; not at oom_adj -17"),
    // Its points are the highest instead.
    Self(
      .init(2, 6, 19), .threads, .firstWins, takesZero: true, sparesDisabled: true,
      "most points, even 0, then the oldest; not at oom_adj -17"),
    // One look at each process.
    Self(
      .init(2, 6, 32), .leaders, .firstWins, takesZero: true, sparesDisabled: true,
      "most points, even 0, then the oldest process; not at oom_adj -17"),
    // The rewrite: what mustn't be killed has no score.
    Self(.init(2, 6, 36), .leaders, .firstWins, "highest score, then the oldest process"),
    // Threads again, for leaders that have exited.
    Self(.init(2, 6, 39), .threads, .firstWins, "highest score, then the oldest"),
    // A process that runs swapoff or unmerges KSM's pages is taken before all others.
    Self(
      .init(3, 7), .threads, .firstWins, takesOrigin: true,
      "swapoff, else highest score, then the oldest"),
    // Equal points replace a chosen thread, but no leader.
    Self(
      .init(3, 14), .threads, .firstWins, takesOrigin: true,
      "swapoff, else highest score, then the oldest process"),
    // Equal points replace.
    Self(
      .init(4, 7), .leaders, .lastWins, takesOrigin: true,
      "swapoff, else highest score, then the youngest process"),
    // Back to 3.14's comparison, but over processes.
    Self(
      .init(4, 9), .leaders, .firstWins, takesOrigin: true,
      "swapoff, else highest score, then the oldest process"),
    // Back to 4.7's comparison.
    Self(
      .init(5, 3), .leaders, .lastWins, takesOrigin: true,
      "swapoff, else highest score, then the youngest process"),
    // Scores are signed and start at LONG_MIN.
    Self(
      .init(5, 9), .leaders, .lastWins, takesZero: true, takesOrigin: true,
      "swapoff, else highest score, even below 0, then the youngest process"),
  ]

  private init(
    _ since: KernelVersion, _ walks: Walk, _ ties: Ties, takesZero: Bool = false,
    initIsCandidate: Bool = false, sparesDisabled: Bool = false,
    takesOrigin: Bool = false, _ summary: String
  ) {
    self.since = since
    self.walks = walks
    self.ties = ties
    self.takesZero = takesZero
    self.initIsCandidate = initIsCandidate
    self.sparesDisabled = sparesDisabled
    self.takesOrigin = takesOrigin
    self.summary = summary
  }
}
