extension Shortage {
  /// What the kernel calls the shortage.
  public var message: String {
    if era == .e0 { return "Out of Memory" }
    return isGlobal ? "Out of memory" : "Memory cgroup out of memory"
  }

  /// The cgroup of the victim where the whole machine is short.
  public static let globalVictimCgroup = "/system.slice/php-fpm.service"

  /// The words of the table's header after `[ pid ]`.
  public var columns: [String] {
    let adjustment = era.level < 20_636 ? "oom_adj" : "oom_adj oom_score_adj"
    let words =
      switch era.level {
      case ..<30_600: "cpu \(adjustment)"
      case ..<40_000: "nr_ptes swapents oom_score_adj"
      case ..<41_500: "nr_ptes nr_pmds swapents oom_score_adj"
      case ..<60_800: "pgtables_bytes swapents oom_score_adj"
      default: "rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj"
      }
    return "uid tgid total_vm rss \(words) name".split(separator: " ").map(String.init)
  }
}
