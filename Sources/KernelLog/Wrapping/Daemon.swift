/// The programs that kill processes before the kernel has to.
enum Daemon {
  static let names = ["systemd-oomd", "earlyoom", "nohang", "nohang-desktop", "oomd"]
}
