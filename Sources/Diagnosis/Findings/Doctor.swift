import Arguments
import Badness
import Changes
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering
import Settings
import Units

/// Reasons to worry, the worst first.
package struct Doctor: WorldCommand {
  static let name = "doctor"
  static let summary = "Show what to worry about, why, and what mends it."
  static let group: String? = "See"
  static let discussion = [
    """
    Looks at the adjustments of all processes, at memory, at limited memory cgroups, and at the settings \
    that decide over OOM, those in force and those of the next boot. Each finding names the value and the \
    file that it was read from, and below it what mends it.
    """,
    """
    !! is critical: the kernel may kill or refuse at any moment. ! is a warning. What begins with - is only \
    worth knowing, and doesn't count for --check.
    """,
  ]
  static let examples = [
    Example("oomctl doctor", "What to worry about."),
    Example("oomctl doctor --check -q", "For monitoring: status 1 if something is wrong."),
    Example("oomctl doctor --root /tmp/sosreport", "The same of another machine's files."),
    Example(
      "oomctl doctor --root IMAGE --check", "What an image's files declare wrong, before it runs."),
  ]
  static let standsAlone = true
  static let readsImages = true
  static let parameters: [Parameter<Self>] =
    [
      .flag("check", sets: \.checks, help: "Exit with status 1 if there is a warning, or worse.")
    ] + CommonOptions.parameters.within(\.common)

  var checks = false
  var common = CommonOptions()

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    if let image = try image(in: world) { return image }
    let machine = Machine(world, options: common.machine)
    // In JSON texts stay the same whatever is asked for.
    let sizes = common.format == .json ? .binary : common.sizes
    let processes = try ProcessList(
      on: machine,
      needs: [.status, .stat, .cgroups, .commandLine, .executable, adjustment(on: machine)],
      isScored: false, in: world.proc)
    let completeness = Completeness(of: processes, in: world)
    let isLacking = processes.reader.lackingCount > 0
    let subjects = processes.subjects.without(world.ownProcess)
    let groups = LimitedGroups(of: subjects, in: world)
    let context = try? TuningContext(common.machine, in: world)
    let settings = settings(on: context, in: world)
    let confinement = world.confinement
    var report = DoctorReport(
      confinement: confinement,
      examined: .init(
        processes: subjects.count, settings: settings?.count, groups: groups.groups.count),
      isComplete: completeness.isComplete,
      remarks: processes.reader.remarks + (isLacking ? completeness.remarks : []), checks: checks)
    report.lacksFiles = isLacking
    report.add(
      ProcessFindings(
        machine: machine, subjects: subjects,
        listeners: SecureShell.listeners(among: subjects, in: world),
        folder: world.proc.directory.path
      ).all(in: world))
    report.add(groups.findings(on: machine, sizes: sizes, in: world))
    if let confinement {
      let outlook = try GroupOutlook(confinement, on: machine, in: world)
      report.add(
        ConfinementFindings(
          confinement: confinement, outlook: outlook, sizes: sizes,
          program: world.environment.baseName
        ).all)
    }
    report.add(
      PolicyFindings(among: subjects, on: machine, context, in: world).all(in: world))
    report.add(
      GuardFindings(among: subjects, isComplete: completeness.seesAll, in: world).all)
    report.add((settings ?? []).compactMap(\.finding))
    if let context { report.add(SysctlFindings(context: context).all(in: world)) }
    report.add(
      DeclarationFindings(
        machine: machine, subjects: subjects, sizes: sizes, seesAll: completeness.seesAll
      ).all(in: world))
    report.add(system(subjects, completeness, in: world).all)
    try addMemory(to: &report, sizes: sizes, in: world)
    return report
  }
}

extension Doctor {
  /// The report on a tree that holds no copy of `proc`, but files of systemd's; `nil` for any other.
  private func image(in world: borrowing World) throws(Failure) -> ImageReport? {
    guard !world.isThisMachine, try holdsNothing(world.proc) else { return nil }
    let folders = UnitFolders(of: .system, in: world)
    guard !folders.isEmpty else {
      throw Failure(
        "\(world.proc.directory.path): nothing in it",
        advice: "--root names a tree with a folder 'proc' in it, or an image with unit files.")
    }
    return ImageReport(
      findings: folders.imageFindings(in: world).worstFirst, serviceCount: folders.services.count,
      remarks: [], checks: checks)
  }

  private func holdsNothing(_ proc: borrowing ProcFS) throws(Failure) -> Bool {
    do throws(ProcFSError) {
      return try proc.directory.entries().isEmpty
    } catch {
      guard error.meaning == .absent else { throw Failure(error) }
      return true
    }
  }

  private func adjustment(on machine: Machine) -> ProcessSnapshot.Fields {
    machine.readsLegacyAdjustment ? .legacyAdjustment : .adjustment
  }

  /// `nil` where the kernel's version isn't known.
  private func settings(
    on context: TuningContext?, in world: borrowing World
  ) -> [SettingRow]? {
    guard let context else { return nil }
    return Setting.all.map { SettingRow($0, on: context, in: world) }.filter { $0.value != nil }
  }

  private func system(
    _ subjects: [ScoredProcess], _ completeness: Completeness, in world: borrowing World
  ) -> SystemFindings {
    SystemFindings(
      swap: world.known(try world.proc.memoryInfo)?[.swapTotal]?.bytes,
      kills: world.known(try world.proc.memoryEvents)?.oomKills,
      blindness: completeness.seesAll ? [] : completeness.remarks.map(\.text),
      isContained: world.showsInitialNamespace == false,
      killers: OtherKillers.among(subjects), namesake: namesake(in: world),
      folder: world.proc.directory.path)
  }

  /// The path of another program that runs under our name instead of this one.
  private func namesake(in world: borrowing World) -> String? {
    guard world.isThisMachine, let first = world.environment.shellProgram(Version.program),
      first != world.environment.program()
    else { return nil }
    return first
  }

  /// Adds the findings on memory; if memory can't be read, the rest is still reported.
  private func addMemory(
    to report: inout DoctorReport, sizes: SizeStyle, in world: borrowing World
  ) throws(Failure) {
    do {
      let facts = try MemoryFacts(common.machine, cgroup: nil, in: world)
      report.add(MemoryFindings(facts: facts, sizes: sizes).all)
    } catch {
      report.remarks.append(.error(error.message, advice: error.advice))
      report.examined.hasMemory = false
      report.isComplete = false
    }
  }
}
