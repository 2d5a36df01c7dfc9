import Processes

/// Rules for Prometheus about what `metrics` tells. Thresholds are those of the findings.
package enum AlertRules {
  private struct Alert {
    let name: String
    let expression: String
    /// The time for which it must hold.
    var pendingTime: String?
    let severity: String
    let summary: String
    let description: String
  }

  private static let alerts: [Alert] = [
    // A counter that a boot set back counts from 0.
    Alert(
      name: "OomKill", expression: "increase(oomctl_kills_total[10m]) > 0", severity: "warning",
      summary: "The OOM killer struck on {{ $labels.instance }}",
      description:
        "About {{ printf \"%.0f\" $value }} in 10 minutes. 'oomctl doctor' there tells what is wrong."
    ),
    Alert(
      name: "OomNextVictimCritical",
      expression: "oomctl_next_victim_info{class!=\"ordinary\"} == 1", pendingTime: "5m",
      severity: "warning",
      summary: "Out of memory, {{ $labels.instance }} would lose {{ $labels.unit }}"
        + "{{ $labels.cgroup }} ({{ $labels.class }})",
      description:
        "It is first once the kernel has dropped mapped files and swapped shared memory out: 'oomctl predict "
        + "--reclaimed' there shows that order, 'oomctl protect' keeps it alive."),
    Alert(
      name: "OomCommitLimitNear",
      expression:
        "oomctl_committed_bytes / oomctl_commit_limit_bytes > \(share(100 - Threshold.shortPercent)) "
        + "and oomctl_commit_limit_enforced == 1", pendingTime: "5m", severity: "critical",
      summary:
        "{{ $labels.instance }} has promised {{ $value | humanizePercentage }} of its commit limit",
      description: "Beyond it the kernel refuses memory, and programs fail without an OOM kill."),
    Alert(
      name: "OomLowMemoryShort", expression: "oomctl_low_memory_short == 1", pendingTime: "5m",
      severity: "critical", summary: "Low memory is short on {{ $labels.instance }}",
      description: "The OOM killer can act while high memory is free: see 'oomctl memory' there."),
    Alert(
      name: "OomPressureHigh",
      expression: "oomctl_pressure_stalled_ratio{kind=\"full\",window=\"1m\"} > "
        + share(Threshold.stallPercent), pendingTime: "5m", severity: "warning",
      summary: "{{ $labels.instance }} stands still for want of memory",
      description: "All tasks waited in {{ $value | humanizePercentage }} of the last minute."),
    Alert(
      name: "OomPressureDeadly",
      expression: "oomctl_pressure_stalled_ratio{kind=\"full\",window=\"1m\"} > "
        + share(Threshold.deadlyStallPercent), severity: "critical",
      summary: "{{ $labels.instance }} hardly moves any more for want of memory",
      description: "All tasks waited in {{ $value | humanizePercentage }} of the last minute."),
    Alert(
      name: "OomGuardGone",
      expression: "oomctl_guard_running == 0 and max_over_time(oomctl_guard_running[1d]) == 1",
      pendingTime: "5m", severity: "warning",
      summary: "oomctl guard doesn't run any more on {{ $labels.instance }}",
      description: "New processes are left as they are: see 'systemctl status oomctl-guard' there."),
    Alert(
      name: "OomGuardRulesBroken", expression: "oomctl_guard_rules_valid == 0", pendingTime: "5m",
      severity: "warning",
      summary: "The rules of oomctl guard are broken on {{ $labels.instance }}",
      description: "'oomctl guard --check-rules' there tells the line."),
    // node_exporter goes on to serve an old file.
    Alert(
      name: "OomMetricsStale",
      expression: "time() - node_textfile_mtime_seconds{file=~\"(.*/)?oomctl[.]prom\"} > 600",
      severity: "warning", summary: "Metrics about OOM are old on {{ $labels.instance }}",
      description:
        "Written {{ $value | humanizeDuration }} ago: see 'systemctl status oomctl-metrics' there."),
  ]

  /// Percent as a share of 1.
  private static func share(_ percent: Int) -> String {
    percent % 10 == 0 ? "0.\(percent / 10)" : "0.\(percent < 10 ? "0" : "")\(percent)"
  }

  /// The file, in YAML.
  package static var text: String {
    """
    # Made by 'oomctl generate alerts'. Name it in prometheus.yml under rule_files, and let
    # 'promtool check rules' look at it.
    groups:
      - name: oomctl-records
        rules:
          # How much of the commit limit is promised, and kills in an hour, ready for a dashboard.
          - record: instance:oomctl_committed:ratio
            expr: oomctl_committed_bytes / oomctl_commit_limit_bytes
          - record: instance:oomctl_kills:increase1h
            expr: increase(oomctl_kills_total[1h])
      - name: oomctl
        rules:

    """ + alerts.map(Self.lines).joined()
  }

  private static func lines(of alert: Alert) -> String {
    var lines = ["      - alert: \(alert.name)", "        expr: \(quoted(alert.expression))"]
    if let pendingTime = alert.pendingTime { lines.append("        for: \(pendingTime)") }
    lines += [
      "        labels:", "          severity: \(alert.severity)", "        annotations:",
      "          summary: \(quoted(alert.summary))",
      "          description: \(quoted(alert.description))",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// As YAML's single quotes have it: only they themselves are doubled.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
