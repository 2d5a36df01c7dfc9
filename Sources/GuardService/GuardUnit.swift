import Core
import Protecting

/// The unit file by which systemd runs the guard.
package enum GuardUnit {
  /// - Parameter program: The path of the executable.
  package static func text(running program: String) -> String {
    """
    # Made by 'oomctl generate unit guard'. Put it at /etc/systemd/system/oomctl-guard.service, then:
    # systemctl daemon-reload && systemctl enable --now oomctl-guard
    [Unit]
    Description=Keeps OOM adjustments as /etc/oomctl/rules.conf demands
    Documentation=man:oomctl(8)
    ConditionPathExists=/etc/oomctl/rules.conf

    [Service]
    Type=notify
    ExecStart=\(UnitText.quoted(program)) guard
    ExecReload=/bin/kill -HUP $MAINPID
    Restart=on-failure
    # It says that it is alive also in the middle of long work; at rest it wakes up every 90 s for that.
    WatchdogSec=3min
    # How it fares, for 'oomctl metrics', and the last good rules, for a start with a broken file.
    RuntimeDirectory=oomctl-guard
    StateDirectory=oomctl
    # It must act in the hour when there is no memory.
    OOMScoreAdjust=\(Protect.lastInLine)
    LimitMEMLOCK=infinity
    # Whom it adjusts belongs to all users; below the floor takes SYS_RESOURCE, the connector NET_ADMIN.
    CapabilityBoundingSet=CAP_SYS_RESOURCE CAP_NET_ADMIN CAP_DAC_OVERRIDE CAP_SYS_PTRACE CAP_IPC_LOCK
    NoNewPrivileges=yes
    ProtectSystem=strict
    ProtectHome=yes
    PrivateTmp=yes
    PrivateDevices=yes
    ProtectControlGroups=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectClock=yes
    RestrictAddressFamilies=AF_NETLINK AF_UNIX
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native

    [Install]
    WantedBy=multi-user.target

    """
  }
}
