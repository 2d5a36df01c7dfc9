import Badness
import TestSupport

/// A row of the vectors: a candidate, and what the kernel made of it.
struct ScoredCandidate {
  let place: String
  var candidate = Candidate()
  var memory = Candidate.Memory()
  var capacity = MemoryCapacity(ram: 0)
  var returned: Int128?
  var oomScore: Int128?

  static func all(of rule: ScoringRule) throws -> [ScoredCandidate] {
    try VectorFile("badness-\(rule.since).tsv").rows.map(Self.init)
  }

  init(_ row: VectorFile.Row) throws {
    place = row.place
    for (column, text) in row.values {
      guard let read = Self.columns[column] else { throw DataError(place, "\(column) is unknown") }
      guard read(&self, text) else { throw DataError(place, "\(column) is '\(text)'") }
    }
    if try row["has_mm"] == "1" { candidate.memory = memory }
  }
}

extension ScoredCandidate {
  /// Puts a column's text where it belongs; false when it makes no sense.
  typealias Reader = @Sendable (inout Self, String) -> Bool

  private static let columns: [String: Reader] = [
    "has_mm": { _, text in ["0", "1"].contains(text) },
    "unkillable": flag { $0.candidate.standing = .kernelThread },
    "total_vm_pages": pages { $0.memory.total = $1 },
    "rss_file_pages": pages { $0.memory.resident = $0.memory.resident + $1 },
    "rss_anon_pages": pages { $0.memory.resident = $0.memory.resident + $1 },
    "rss_shmem_pages": pages { $0.memory.resident = $0.memory.resident + $1 },
    "swapents_pages": pages { $0.memory.swapped = $1 },
    "nr_ptes": number { $0.memory.pageTables.ptes = $1 },
    "nr_pmds": number { $0.memory.pageTables.pmds = $1 },
    "pgtables_bytes": number { $0.memory.pageTables.bytes = $1 },
    "page_size_bytes": number { $0.capacity.pageSize = $1 },
    "totalram_pages": pages { $0.capacity.ram = $1 },
    "total_swap_pages": pages { $0.capacity.swap = $1 },
    "oom_adj": number { $0.candidate.legacyAdjustment = $1 },
    "oom_score_adj": number { $0.candidate.adjustment = $1 },
    "cap_sys_admin": flag { $0.candidate.capabilities.insert(.sysAdmin) },
    "cap_sys_resource": flag { $0.candidate.capabilities.insert(.sysResource) },
    "cap_sys_rawio": flag { $0.candidate.capabilities.insert(.sysRawIO) },
    "pf_memdie": flag { $0.candidate.marks.insert(.memoryDie) },
    "swapoff_or_oom_origin": flag { $0.candidate.marks.insert(.oomOrigin) },
    "oom_origin": flag { $0.candidate.marks.insert(.oomOrigin) },
    "mm_oom_skip": flag { $0.candidate.marks.insert(.skipped) },
    "in_vfork": flag { $0.candidate.marks.insert(.inVfork) },
    "children": { $0.readChildren($1) },
    "hz": number { $0.candidate.history.ticksPerSecond = $1 },
    "utime_jiffies": number { $0.candidate.history.userTicks = $1 },
    "stime_jiffies": number { $0.candidate.history.systemTicks = $1 },
    "run_jiffies": number { $0.candidate.history.runTicks = $1 },
    "uptime_s": number { $0.candidate.history.uptimeSeconds = $1 },
    "start_time_s": number { $0.candidate.history.startSeconds = $1 },
    "nice": number { $0.candidate.history.nice = $1 },
    "uid": number { $0.candidate.history.uid = $1 },
    "euid": number { $0.candidate.history.euid = $1 },
    "mems_intersect": number { $0.candidate.history.nodesOverlap = $1 == 1 },
    "badness_points": result { $0.returned = $1 },
    "proc_oom_score": result { $0.oomScore = $1 },
  ]

  private static func result(_ store: @escaping @Sendable (inout Self, Int128) -> Void) -> Reader {
    { row, text in
      guard let number = Int128(text) else { return false }
      store(&row, number)
      return true
    }
  }

  private static func number(_ store: @escaping @Sendable (inout Self, Int) -> Void) -> Reader {
    result { store(&$0, Int(truncatingIfNeeded: $1)) }
  }

  private static func pages(_ store: @escaping @Sendable (inout Self, Pages) -> Void) -> Reader {
    number { store(&$0, Pages($1)) }
  }

  private static func flag(_ mark: @escaping @Sendable (inout Self) -> Void) -> Reader {
    { row, text in
      if text == "1" { mark(&row) }
      return ["0", "1"].contains(text)
    }
  }

  /// `5,30s,7n`: a child's pages, and whether they are its parent's or nobody's; `-` is no child.
  private mutating func readChildren(_ text: String) -> Bool {
    guard text != "-" else { return true }
    for item in text.split(separator: ",") {
      let digits = item.prefix { $0.isNumber }
      guard let count = Int(digits) else { return false }
      switch item.dropFirst(digits.count) {
      case "": candidate.history.children.append(.own(Pages(count)))
      case "s": candidate.history.children.append(.shared(Pages(count)))
      case "n": candidate.history.children.append(.noMemory)
      default: return false
      }
    }
    return true
  }
}
