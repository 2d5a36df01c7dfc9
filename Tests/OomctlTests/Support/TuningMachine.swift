import ProgramSupport
import TestSupport

@testable import Changes
@testable import oomctl

extension FixtureMachine {
  /// The server with all settings that `tune` knows, as 6.1 starts with them. Of 4 GiB of RAM and 1 GiB of
  /// swap 1365 MiB are promised.
  static let tuned = server.with { machine in
    for (key, value) in [
      ("overcommit_ratio", "50"), ("overcommit_kbytes", "0"), ("oom_dump_tasks", "1"),
      ("min_free_kbytes", "8192"), ("lowmem_reserve_ratio", "256\t256\t32\t0"),
      ("admin_reserve_kbytes", "8192"), ("user_reserve_kbytes", "131072"), ("swappiness", "60"),
      ("watermark_scale_factor", "10"), ("watermark_boost_factor", "15000"),
      ("vfs_cache_pressure", "100"),
    ] {
      machine.files["proc/sys/vm/\(key)"] = "\(value)\n"
    }
    machine.files["proc/sys/kernel/panic"] = "0\n"
    machine.files["proc/sys/kernel/sysrq"] = "438\n"
    // systemd is here.
    machine.files["etc/systemd/system"] = .folder
  }

  /// The same with other values and files.
  func with(
    settings: KeyValuePairs<String, String> = [:], files: [String: FixtureTree.Entry] = [:]
  ) -> Self {
    with { machine in
      for (key, value) in settings {
        machine.files["proc/sys/\(FixtureTree.path(of: key))"] = "\(value)\n"
      }
      machine.files.merge(files) { $1 }
    }
  }
}

extension FixtureMachine {
  /// The same with other values, which a file of the machine's sets at each boot.
  func with(lasting settings: KeyValuePairs<String, String>) -> Self {
    let lines = settings.map { "\($0.key) = \($0.value)\n" }.joined()
    return with(settings: settings, files: ["etc/sysctl.d/10-x.conf": .file(Array(lines.utf8))])
  }
}

extension FixtureTree {
  fileprivate static func path(of key: String) -> String {
    String(key.map { $0 == "." ? "/" : $0 })
  }

  /// What a setting of the tree holds, as `vm.swappiness`.
  func setting(_ key: String) throws -> String {
    SettingWrite.normal(
      try file("proc/sys/\(Self.path(of: key))").split(separator: "\n").joined())
  }

  /// The settings that differ from what they were, as `vm.swappiness=10`.
  func settings(since before: [String: [UInt8]]) throws -> [String] {
    let folder = "proc/sys/"
    return try changes(since: before).filter { $0.hasPrefix(folder) }.compactMap { file in
      let key = SettingWrite.key(of: String(file.dropFirst(folder.utf8.count)))
      let old = String(decoding: before[file] ?? [], as: UTF8.self)
      let value = try setting(key)
      // The kernel writes a newline, and a file of ours has what was written.
      return value == SettingWrite.normal(old.filter { $0 != "\n" }) ? nil : "\(key)=\(value)"
    }
  }
}

extension Run {
  /// The settings in that object.
  var settings: [JSON] { get throws { try json["settings"].elements } }

  /// What was to be set, as `vm.swappiness 60 -> 10 done`.
  var tunings: [String] { get throws { try rows.map(Self.withoutFile) } }

  /// `vm.swappiness swappiness 60 -> 10 done` names the file as well.
  private static func withoutFile(_ row: String) -> String {
    let words = row.split(separator: " ", omittingEmptySubsequences: false)
    return (words.prefix(1) + words.dropFirst(2)).joined(separator: " ")
  }
}
