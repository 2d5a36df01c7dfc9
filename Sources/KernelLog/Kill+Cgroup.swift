extension Kill {
  /// The victim's memory cgroup.
  package var victimCgroup: String? { report.victimCgroup }
}

extension Report {
  /// The victim's memory cgroup. To 4.20 the report names it for the invoker or for the victim, which lie
  /// below the same limit.
  package var victimCgroup: String? {
    summary?.taskCgroup ?? cgroup?.task
  }
}
