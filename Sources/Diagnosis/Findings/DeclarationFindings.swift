import Arguments
import Badness
import CgroupFS
import Core
import ProcFS
import Processes
import Rendering
import Units

/// What systemd's unit files declare, against what holds: `systemctl show` tells the first, and the kernel goes
/// by the second.
struct DeclarationFindings {
  let machine: Machine
  /// All but the program itself.
  let subjects: [ScoredProcess]
  let sizes: SizeStyle
  /// True where a program can't have been missed.
  let seesAll: Bool

  func all(in world: borrowing World) -> [Finding] {
    let folders = UnitFolders(of: .system, in: world)
    guard !folders.isEmpty else { return [] }
    let services = services.map { service in
      Service(
        name: service.name, main: service.main,
        files: UnitFiles(of: service.name, among: folders, in: world))
    }
    return services.flatMap { $0.findings(on: machine, in: world) }
      + users(in: world) + groups(among: folders, in: world) + withoutOomd(services)
  }

  /// The system's services that run, each with its main process: the one that systemd started.
  private var services: [(name: String, main: ScoredProcess)] {
    mainProcesses { $0.user == nil ? $0.system : nil }
  }

  /// The first process of each unit that none of its others started, in the order of the units' names.
  private func mainProcesses(_ name: (Unit) -> String?) -> [(name: String, main: ScoredProcess)] {
    var members: [String: [ScoredProcess]] = [:]
    for subject in subjects {
      guard let unit = subject.record.unit, let name = name(unit), name.hasSuffix(".service")
      else { continue }
      members[name, default: []].append(subject)
    }
    return members.sorted { $0.key < $1.key }.compactMap { name, members in
      MainProcesses.roots(of: members).first.map { (name, $0) }
    }
  }
}

extension DeclarationFindings {
  /// A service of the system's that runs, and what its files say.
  fileprivate struct Service {
    let name: String
    let main: ScoredProcess
    let files: UnitFiles

    /// The lines that reach nobody, and the value that a start would give.
    func findings(on machine: Machine, in world: borrowing World) -> [Finding] {
      guard !machine.readsLegacyAdjustment, let level = AdjustmentLevel(main.record, on: machine)
      else { return [] }
      let ignored = ignored(level)
      return ignored.isEmpty ? [waiting(level, in: world)].compactMap { $0 } : ignored
    }

    /// Lines that systemd passes over, unless what they say holds all the same.
    private func ignored(_ level: AdjustmentLevel) -> [Finding] {
      files.ignoredAdjustments.compactMap { ignored in
        guard UnitFiles.meaning(of: ignored.line) != level.value else { return nil }
        return Finding(
          id: "adjustment_ignored", severity: .warning,
          text:
            "\(name): OOMScoreAdjust=\(ignored.line.value) \(ignored.reason); \(main.label) has "
            + level.text, source: ignored.line.place, remedy: "\(ignored.remedy), then: \(restart)")
      }
    }

    /// A declared value that isn't the one of the process.
    private func waiting(_ level: AdjustmentLevel, in world: borrowing World) -> Finding? {
      guard let (declared, line) = files.adjustment, declared != level.value else { return nil }
      let isLater = isLater(line.path, in: world)
      let reason =
        isLater == true
        ? "the file is newer than its start, and counts from the next one"
        : "something has changed it since its start"
          + (isLater == nil ? ", or the file is newer than that" : ", if not the program itself")
      return Finding(
        id: "adjustment_not_applied", severity: isLater == false ? .info : .warning,
        text: "\(name) declares OOMScoreAdjust=\(declared), but \(main.label) has \(level.text): "
          + reason, source: line.place, remedy: restart)
    }

    private var restart: String {
      "systemctl daemon-reload && systemctl restart \(Shell.word(name))"
    }

    /// True where a file was written after the service's start; `nil` where either time isn't known.
    private func isLater(_ path: String, in world: borrowing World) -> Bool? {
      guard let boot = world.known(try world.proc.bootTime)?.seconds,
        let ticks = main.record.stat?.startTicks,
        let written = world.modificationTime(of: path)
      else { return nil }
      // The clock of a start has ticks of 10 ms (USER_HZ), and a file's time is whole seconds.
      return written > boot + Int(clamping: ticks / 100)
    }
  }

  /// Values that a user's manager can't give: below its own takes CAP_SYS_RESOURCE.
  private func users(in world: borrowing World) -> [Finding] {
    let services = mainProcesses { $0.user }.filter { $0.main.record.status?.effectiveUserID != 0 }
    guard !services.isEmpty else { return [] }
    let folders = UnitFolders(of: .users, in: world)
    return services.compactMap { name, main in
      let files = UnitFiles(of: name, among: folders, in: world)
      guard let (declared, line) = files.adjustment,
        let level = AdjustmentLevel(main.record, on: machine), declared < level.value,
        let manager = manager(of: main), let own = AdjustmentLevel(manager.record, on: machine),
        declared < own.value
      else { return nil }
      return Finding(
        id: "adjustment_unreachable", severity: .warning,
        text: "\(name) declares OOMScoreAdjust=\(declared), but \(manager.label), which starts it, "
          + "can't go below its own \(own.value): \(main.label) has \(level.text)",
        source: line.place,
        remedy: "Make it a service of the system's with User=, or lower the manager's own value.")
    }
  }

  private func manager(of subject: ScoredProcess) -> ScoredProcess? {
    subject.record.parent.flatMap { parent in subjects.first { $0.id == parent } }
  }
}

extension DeclarationFindings {
  /// Units in whose group something else holds than their files say: services, scopes and slices.
  private func groups(among folders: UnitFolders, in world: borrowing World) -> [Finding] {
    guard let hierarchy = world.knownMemoryCgroups else { return [] }
    let memory = machine.capacity.map { UInt64($0.ram.count * $0.pageSize) }
    var findings: [Finding] = []
    for path in unitGroups.sorted() {
      let unit = path.lastPathComponent
      let files = UnitFiles(of: unit, among: folders, in: world)
      guard !files.declarations.isEmpty,
        let figures = world.known(try hierarchy.figures(of: path))
      else { continue }
      let group = DeclaredGroup(
        unit: unit, files: files, figures: figures, folder: hierarchy.folder(of: path),
        memory: memory, page: UInt64(machine.pageSize ?? 0), sizes: sizes)
      findings += group.findings
    }
    return findings
  }

  /// The groups of all units that somebody is in, and of those above them.
  private var unitGroups: Set<String> {
    var paths: Set<String> = []
    for path in Set(subjects.compactMap { $0.record.cgroups?.memory?.path }) {
      var group = ""
      for component in path.split(separator: "/") {
        group += "/\(component)"
        let isUnit = [".service", ".scope", ".slice"].contains { component.hasSuffix($0) }
        // What is below a user's manager is that user's own affair.
        guard !component.hasPrefix("user@") else { break }
        if isUnit { paths.insert(group) }
      }
    }
    return paths
  }

  /// Units that rely on a killer that doesn't run.
  private func withoutOomd(_ services: [Service]) -> [Finding] {
    guard seesAll, !subjects.contains(where: { $0.record.name == "systemd-oomd" }) else {
      return []
    }
    let relying = services.compactMap { service in
      ["ManagedOOMSwap", "ManagedOOMMemoryPressure"].lazy
        .compactMap { service.files.last($0, in: "Service") }.first { $0.value == "kill" }
    }
    guard let first = relying.first else { return [] }
    let rest = relying.count > 1 ? " (and \(relying.count - 1) more)" : ""
    return [
      Finding(
        id: "oomd_absent", severity: .warning,
        text: "\(first.key)=\(first.value)\(rest) asks systemd-oomd to kill, which isn't running",
        source: first.place, remedy: "systemctl enable --now systemd-oomd")
    ]
  }
}
