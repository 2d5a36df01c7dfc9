/// A file that gives a unit of systemd an adjustment beside its own file.
package struct DropIn: Hashable, Sendable {
  /// The name of its unit, as `nginx.service`.
  package let unit: String
  package let adjustment: Int

  package init(unit: String, adjustment: Int) {
    self.unit = unit
    self.adjustment = adjustment
  }

  /// The path of the file.
  package static func path(unit: String) -> String {
    "/etc/systemd/system/\(unit).d/50-oomctl.conf"
  }

  private static let beginning = "# Written by oomctl"

  /// Its contents.
  ///
  /// - Parameters:
  ///   - version: oomctl's own.
  ///   - command: The command line that made it.
  package func text(version: String, command: String) -> String {
    // A backslash is the shell's as well.
    let name = (unit.contains("\\") ? "'\(unit)'" : unit).asComment
    // No comment may end in a backslash, which continues it in systemd's older versions.
    return """
      \(Self.beginning) \(version.asComment) (\(command.asComment)).
      # To remove it: oomctl unprotect --unit \(name)
      # or delete this file and run: systemctl daemon-reload
      [Service]
      OOMScoreAdjust=\(adjustment)

      """
  }

  /// True for a file that oomctl wrote, by its first line.
  package static func isOwn(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "\(beginning) ".utf8) }
}
