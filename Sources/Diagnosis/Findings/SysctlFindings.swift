import Arguments
import Configuration
import Core
import ProcFS
import Settings

/// Lines of sysctl.d that set what this kernel hasn't got: a misspelled key goes unnoticed until the setting is
/// missed.
struct SysctlFindings {
  let context: TuningContext

  /// Keys of `vm.` and `kernel.`: others may come with a module that isn't loaded yet.
  func all(in world: borrowing World) -> [Finding] {
    var findings: [Finding] = []
    for (folder, fewest) in [("vm", 30), ("kernel", 30)] {
      let present = world.known(try world.proc.directory.directory("sys/\(folder)").entries()) ?? []
      // A copied tree may hold a few of them only.
      guard present.count >= fewest else { continue }
      for (key, line) in context.keysAtBoot(below: folder) where !present.contains(key) {
        findings.append(finding(folder, key, line, present))
      }
    }
    return findings
  }

  private func finding(
    _ folder: String, _ key: String, _ line: SysctlConfiguration.Assignment, _ present: [String]
  ) -> Finding {
    let near = key.closest(among: present)
    return Finding(
      id: "sysctl_unknown_key", severity: .warning,
      text: "\(line.path):\(line.line) sets \(folder).\(key), which this kernel doesn't have",
      source: "\(line.path):\(line.line)",
      remedy: near.map { "Did you mean \(folder).\($0)?" }
        ?? "Remove it, or see whether another kernel was meant.")
  }
}
