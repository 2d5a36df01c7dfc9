import Core

/// The unit and timer by which systemd has metrics written for node_exporter.
package enum MetricsUnit {
  /// The folder that Debian's node_exporter reads; elsewhere it is the one that
  /// `--collector.textfile.directory` names.
  private static let folder = "/var/lib/prometheus/node-exporter"

  /// - Parameter program: The path of the executable.
  package static func service(running program: String) -> String {
    """
    # Made by 'oomctl generate unit metrics'. Put it at /etc/systemd/system/oomctl-metrics.service, and what
    # 'oomctl generate timer' prints beside it. The folder is the one that node_exporter was given as
    # --collector.textfile.directory; this one is Debian's.
    [Unit]
    Description=Writes metrics about OOM for node_exporter
    Documentation=man:oomctl(8)
    ConditionPathIsDirectory=\(folder)

    [Service]
    Type=oneshot
    ExecStart=\(UnitText.quoted(program)) metrics -q --output \(folder)/oomctl.prom
    # The hour that matters is the one without memory.
    OOMScoreAdjust=-500
    TimeoutStartSec=20
    # What goes wrong is told, and not that it went well twice a minute.
    SyslogLevel=warning
    LogLevelMax=notice
    # All processes are to be seen, also where /proc hides them, and the folder may be node_exporter's own.
    CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_SYS_PTRACE
    NoNewPrivileges=yes
    ProtectSystem=strict
    ReadWritePaths=\(folder)
    ProtectHome=yes
    PrivateTmp=yes
    PrivateDevices=yes
    PrivateNetwork=yes
    ProtectControlGroups=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectClock=yes
    RestrictAddressFamilies=none
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native

    """
  }

  package static let timer = """
    # Made by 'oomctl generate timer'. Put it at /etc/systemd/system/oomctl-metrics.timer, then:
    # systemctl daemon-reload && systemctl enable --now oomctl-metrics.timer
    [Unit]
    Description=Has metrics about OOM written for node_exporter
    Documentation=man:oomctl(8)

    [Timer]
    OnCalendar=*:*:00/30
    AccuracySec=1s

    [Install]
    WantedBy=timers.target

    """
}
