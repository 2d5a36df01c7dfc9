import Arguments
import CgroupFS
import Core
import ProcFS
import Rendering
import Units

/// A unit's memory cgroup: what its files declare of it, and what the kernel has been told.
struct DeclaredGroup {
  let unit: String
  let files: UnitFiles
  let figures: CgroupFigures
  /// The group's folder.
  let folder: String
  /// Bytes of RAM, of which a percentage is taken; `nil` where that isn't known.
  let memory: UInt64?
  /// Bytes of a page, in whole ones of which the kernel keeps limits.
  let page: UInt64
  let sizes: SizeStyle

  /// A setting with the file that holds it.
  private struct Limit {
    let key: String
    let file: String
    let actual: Int?
  }

  var findings: [Finding] { limits.compactMap(finding) + [policy].compactMap { $0 } }

  private var section: String {
    switch unit.split(separator: ".").last {
    case "slice": "Slice"
    case "scope": "Scope"
    default: "Service"
    }
  }

  private var limits: [Limit] {
    if figures.isVersionOne {
      return [
        Limit(
          key: files.last("MemoryMax", in: section) == nil ? "MemoryLimit" : "MemoryMax",
          file: "memory.limit_in_bytes", actual: figures.limits.memory)
      ]
    }
    return [
      Limit(key: "MemoryMax", file: "memory.max", actual: figures.limits.memory),
      Limit(key: "MemoryHigh", file: "memory.high", actual: figures.high),
      Limit(key: "MemorySwapMax", file: "memory.swap.max", actual: figures.limits.swap),
    ]
  }

  /// Limits that differ by a page or more.
  private func finding(_ limit: Limit) -> Finding? {
    guard let line = files.last(limit.key, in: section) else { return nil }
    guard let size = UnitSize(parsing: line.value) else {
      return different(
        line, "is no size that systemd takes, and \(limit.file) is \(shown(limit.actual))",
        remedy: "Correct it, then: \(reload)")
    }
    if case .ofRAM = size, memory == nil { return nil }
    let declared = size.bytes(ofRAM: memory ?? 0, page: page)
    guard declared != limit.actual.map(UInt64.init) else { return nil }
    return different(
      line,
      "but \(limit.file) is \(shown(limit.actual))"
        + (line.value.hasSuffix("%") ? ", not \(shown(declared.map { Int(clamping: $0) }))" : ""),
      remedy: "\(reload) gives it what its files say; what is meant to stay belongs in them.")
  }

  /// `OOMPolicy=kill` is `memory.oom.group`, from systemd 247 on.
  private var policy: Finding? {
    guard !figures.isVersionOne, let line = files.last("OOMPolicy", in: section) else { return nil }
    let isKilledAsGroup = figures.limits.isKilledAsGroup
    guard (line.value == "kill") != isKilledAsGroup else { return nil }
    return Finding(
      id: "policy_not_applied", severity: isKilledAsGroup ? .info : .warning,
      text: "\(unit) declares OOMPolicy=\(line.value), but memory.oom.group is "
        + (isKilledAsGroup
          ? "1: all its processes die together" : "0: its processes die one by one"),
      source: line.place, remedy: reload)
  }

  private var reload: String {
    section == "Service"
      ? "systemctl daemon-reload && systemctl restart \(Shell.word(unit))"
      : "systemctl daemon-reload"
  }

  private func shown(_ bytes: Int?) -> String {
    bytes.map { sizes.text($0) } ?? "max"
  }

  private func different(
    _ line: UnitFiles.Declaration, _ words: String, remedy: String
  ) -> Finding {
    Finding(
      id: "limit_not_applied", severity: .warning,
      text: "\(unit) declares \(line.key)=\(line.value), \(words)", source: line.place,
      remedy: remedy)
  }
}
