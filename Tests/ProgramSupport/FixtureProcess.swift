import Badness
package import TestSupport

/// A process of a made machine: a few numbers, from which all its files follow.
package struct FixtureProcess {
  package var id: Int
  package var name: [UInt8]
  package var parent = 1
  package var user = 0
  package var state = "S"
  /// `nil` for what has no address space.
  package var memory: Memory?
  package var adjustment = 0
  package var legacyAdjustment: Int?
  /// What `oom_score` says; by default what its kernel's rule makes of the rest.
  package var score: Int128?
  package var cgroup = "0::/\n"
  package var program: String?
  package var words: [String] = []
  package var startTicks = 100
  package var nice = 0
  package var isKernelThread = false
  /// Whether SIGKILL waits for it.
  package var isKilled = false

  /// In pages.
  package struct Memory {
    package var resident = 0
    var swapped = 0
    var tables = 0
    /// By default as much as is resident or swapped.
    var total: Int?
    /// Of those that are resident; where one of them is `nil` the kernel doesn't tell them apart.
    package var file: Int?
    package var shared: Int?
    /// Addresses that may not be reclaimed.
    package var locked = 0

    package init(
      resident: Int = 0, swapped: Int = 0, tables: Int = 0, total: Int? = nil, file: Int? = nil,
      shared: Int? = nil, locked: Int = 0
    ) {
      self.resident = resident
      self.swapped = swapped
      self.tables = tables
      self.total = total
      self.file = file
      self.shared = shared
      self.locked = locked
    }
  }

  package init(
    _ id: Int, _ name: String, resident: Int, swapped: Int = 0, tables: Int = 0, total: Int? = nil
  ) {
    self.id = id
    self.name = Array(name.utf8)
    program = "/usr/bin/\(name)"
    words = ["/usr/bin/\(name)"]
    memory = Memory(resident: resident, swapped: swapped, tables: tables, total: total)
  }

  /// One of the kernel's own.
  package static func kernelThread(_ id: Int, _ name: String, parent: Int = 2) -> Self {
    var thread = Self(id, name, resident: 0)
    thread.memory = nil
    thread.isKernelThread = true
    thread.parent = parent
    thread.program = nil
    thread.words = []
    return thread
  }

  /// The same with other values.
  package func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

extension FixtureProcess {
  /// Its files by their names in `proc/PID`, as far as that kernel has them.
  package func files(on machine: FixtureMachine) -> [String: FixtureTree.Entry] {
    var files: [String: FixtureTree.Entry] = [
      "stat": .file(stat(on: machine)), "status": .file(status(on: machine)),
      "statm": "\(total) \(memory?.resident ?? 0) 0 0 0 0 0\n",
      "cmdline": .file(words.flatMap { Array($0.utf8) + [0] }),
    ]
    if let program { files["exe"] = .link(program) }
    if machine.version >= KernelVersion(2, 6, 24) { files["cgroup"] = .file(Array(cgroup.utf8)) }
    if machine.version >= KernelVersion(2, 6, 11) {
      files["oom_score"] = .file(Array("\(score ?? computedScore(on: machine))\n".utf8))
      let legacy = legacyAdjustment ?? adjustment * 17 / 1000
      files["oom_adj"] = .file(Array("\(legacy)\n".utf8))
    }
    if machine.version >= KernelVersion(2, 6, 36) {
      files["oom_score_adj"] = .file(Array("\(adjustment)\n".utf8))
    }
    return files
  }

  private var total: Int { memory.map { $0.total ?? $0.resident + $0.swapped } ?? 0 }

  private func stat(on machine: FixtureMachine) -> [UInt8] {
    let flags = isKernelThread ? 0x0020_8040 : 0x0040_0000
    let fields =
      "\(state) \(parent) \(id) \(id) 0 -1 \(flags) 0 0 0 0 0 0 0 0 20 \(nice) 1 0 \(startTicks) "
      + "\(total * machine.pageSize) \(memory?.resident ?? 0) 18446744073709551615 0 0 0 0 0"
    return Array("\(id) (".utf8) + name + Array(") \(fields)\n".utf8)
  }

  private func status(on machine: FixtureMachine) -> [UInt8] {
    let capabilities = user == 0 ? "000001ffffffffff" : "0000000000000000"
    var text =
      "State:\t\(state) (sleeping)\nTgid:\t\(id)\nPid:\t\(id)\nPPid:\t\(parent)\nTracerPid:\t0\n"
      + "Uid:\t\(user)\t\(user)\t\(user)\t\(user)\nGid:\t0\t0\t0\t0\nFDSize:\t64\n"
    if let memory {
      let kibibytes = machine.pageSize / 1024
      text +=
        "VmSize:\t\(total * kibibytes) kB\nVmRSS:\t\(memory.resident * kibibytes) kB\n"
        + "VmPTE:\t\(memory.tables * kibibytes) kB\n"
      if let file = memory.file, let shared = memory.shared {
        text +=
          "VmLck:\t\(memory.locked * kibibytes) kB\n"
          + "RssAnon:\t\((memory.resident - file - shared) * kibibytes) kB\n"
          + "RssFile:\t\(file * kibibytes) kB\nRssShmem:\t\(shared * kibibytes) kB\n"
      }
      if machine.version >= KernelVersion(2, 6, 34) {
        text += "VmSwap:\t\(memory.swapped * kibibytes) kB\n"
      }
    }
    if isKilled { text += "SigPnd:\t0000000000000100\n" }
    text += "Threads:\t1\nCapEff:\t\(capabilities)\n"
    return Array("Name:\t".utf8) + escapedName + Array("\n\(text)".utf8)
  }

  /// As the kernel writes it in `status`.
  private var escapedName: [UInt8] {
    name.flatMap { byte in
      switch byte {
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case UInt8(ascii: "\\"): Array("\\\\".utf8)
      default: [byte]
      }
    }
  }

  private func computedScore(on machine: FixtureMachine) -> Int128 {
    let candidate = Candidate(
      standing: id == 1 ? .initProcess : isKernelThread ? .kernelThread : .ordinary,
      memory: memory.map {
        Candidate.Memory(
          total: Pages(total), resident: Pages($0.resident), swapped: Pages($0.swapped),
          pageTables: .init(ptes: $0.tables, bytes: $0.tables * machine.pageSize))
      },
      adjustment: adjustment, legacyAdjustment: legacyAdjustment ?? 0,
      capabilities: user == 0 ? [.sysAdmin, .sysResource, .sysRawIO] : [])
    let rule = ScoringRule.inForce(in: machine.version)
    return rule?.explain(candidate, in: machine.capacity).oomScore ?? 0
  }
}
