import Arguments
import Badness
import Configuration
import ProcFS
import Rendering

/// Shows, explains and sets the kernel's settings that decide over OOM.
struct Tune: WorldCommand {
  static let name = "tune"
  static let summary = "Show, explain and set the kernel's settings for overcommit and OOM."
  static let group: String? = "Act"
  static let discussion = [
    """
    Without a word all settings are listed, with their defaults and what sets them at boot; KEY explains \
    one at length. KEY=VALUE sets it: all of a call or nothing, each checked against this kernel's range \
    before anything is written, and read back. Keys of vm can be given without vm.
    """,
    """
    A switch to overcommit_memory 2 that would leave too little to log in with is refused. With --confirm \
    the settings are taken back by themselves unless oomctl tune --keep follows in time; with --persist \
    they are written to /etc/sysctl.d/90-oomctl.conf, with --confirm only once they are kept.
    """,
  ]
  static let examples = [
    Example("oomctl tune overcommit_memory", "Read what it means, and who advises what."),
    Example("oomctl tune swappiness=10 --persist", "Now and at each boot."),
    Example("oomctl tune --profile strict=80% --confirm 60s", "Try it without being locked out."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .operands("setting", appendsTo: \.words, help: "A setting to explain, or to set to a value."),
      .option(
        "profile", sets: \.profile,
        help: "Set overcommit as heuristic, always, or strict with a share of RAM."),
      .flag("runtime", sets: \.isRuntime, help: "Set it for now only; so it is by default."),
      .flag("persist", sets: \.lasts, help: "Set it for each boot as well."),
      .option("confirm", sets: \.trial, help: "Take it back after that time unless it is kept."),
      .flag("keep", sets: \.keeps, help: "Confirm settings that are on trial."),
      .flag("revert", sets: \.reverts, help: "Take settings that are on trial back at once."),
      .flag(
        "check", sets: \.isCheck, help: "Fail where a setting isn't what it will be at next boot."),
    ] + [ChangeOptions.dryRun, ChangeOptions.force].within(\.options)
    + CommonOptions.parameters.within(\.common)

  var words: [SettingWord] = []
  var profile: Profile?
  var isRuntime = false
  var lasts = false
  var trial: Duration?
  var keeps = false
  var reverts = false
  var isCheck = false
  var options = ChangeOptions()
  var common = CommonOptions()

  private var setting: [SettingWord] {
    (profile?.words ?? []) + words.filter { $0.value != nil }
  }

  mutating func validate() throws(UsageError) {
    let asked = words.filter { $0.value == nil }
    if !setting.isEmpty, !asked.isEmpty {
      throw .contradiction("'\(asked[0].setting.key)' has no value, though others have")
    }
    if isRuntime, lasts { throw .contradiction("--runtime and --persist exclude each other") }
    if setting.isEmpty, lasts || trial != nil {
      throw .contradiction("--persist and --confirm need a setting with its value")
    }
    let modes = [keeps, reverts, isCheck, !setting.isEmpty].filter { $0 }.count
    if modes > 1 { throw .contradiction("--keep, --revert, --check and values exclude each other") }
    let keys = setting.map(\.setting.key)
    if Set(keys).count < keys.count { throw .contradiction("a setting is given twice") }
    if let key = keys.first(where: { $0 == "vm.overcommit_ratio" || $0 == "vm.overcommit_kbytes" }),
      let other = Setting.named(key)?.counterpart, keys.contains(other)
    {
      throw .contradiction("'\(key)' and '\(other)' exclude each other: each sets the other to 0")
    }
    if keeps || reverts, !asked.isEmpty {
      throw .contradiction("--keep and --revert take no setting")
    }
  }

  func run(in world: borrowing World) throws(Failure) -> any Report {
    if keeps || reverts { return try endTrial(in: world) }
    let scene = try TuningScene(common.machine, in: world)
    guard !setting.isEmpty else {
      let shown = words.isEmpty ? Setting.all : words.map(\.setting)
      return SettingsReport(
        rows: shown.map { SettingRow($0, on: scene, in: world) }, isDetailed: !words.isEmpty,
        isCheck: isCheck,
        remarks: scene.rivals(in: world)
          + shown.compactMap { scene.dispute(over: $0).map { .note($0) } })
    }
    return try set(on: scene, in: world)
  }

  private func set(
    on scene: TuningScene, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    var report = try plan(on: scene, in: world)
    if options.isDryRun { return report.foreseen(in: world) }
    guard report.isPending else {
      if lasts, trial == nil { report.notes += try overruled(in: world) }
      return report
    }
    guard trial == nil || world.isThisMachine else {
      throw Failure("on a captured tree nothing can be tried: --confirm needs this machine")
    }
    var session = try ChangeSession(of: Self.name, in: world)
    report = try plan(on: scene, in: world)
    if let trial {
      try Trial.begin(
        &report, lasting: lasts ? setting.map { "\($0.setting.key)=\($0.value ?? "")" } : [],
        for: trial, &session, in: world)
    } else {
      session.carryOutTogether(&report.changes, in: world)
    }
    report.notes += session.notes
    if lasts, trial == nil, report.status == .done { report.notes += try overruled(in: world) }
    return report
  }

  private func plan(
    on scene: TuningScene, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    let wishes = setting.map { Wish(setting: $0.setting, value: $0.value ?? "") }
    let plan = try TunePlan(wishes, on: scene, in: world)
    var report = ChangeReport(changes: plan.changes)
    if plan.changes.contains(where: { $0.target.hasPrefix("vm.overcommit") }),
      let safety = CommitSafety(scene.machine, in: world)
    {
      if !options.isForced, report.isPending,
        let refusal = safety.refusal(
          of: plan.values, replacing: plan.formerValues)
      {
        throw refusal
      }
      let limit = safety.limit(with: plan.values)
      report.commitLimit = limit
    }
    if lasts, trial == nil {
      report.changes.append(Self.lasting(wishes.map { ($0.setting.key, $0.value) }, in: world))
    }
    if let profile { report.hints.append(profile.reason) }
    report.hints += hints(on: plan.values, wishes, in: world)
    if let limit = report.commitLimit {
      report.hints.append("The commit limit is \(common.sizes.phrase(limit)) then.")
    }
    return report
  }

  /// The file of settings with these in it, and without what would make them 0 again.
  private static func lasting(
    _ values: [(key: String, value: String)], in world: borrowing World
  ) -> Change {
    Change.ofFile(SysctlFile.path, target: FileWrite.name(of: SysctlFile.path), in: world) { old in
      String(
        decoding: SysctlFile.setting(
          values, removing: values.compactMap { Setting.named($0.key)?.counterpart },
          in: old ?? [], version: Version.current),
        as: UTF8.self)
    }
  }

  /// Other files that win at boot.
  private func overruled(in world: borrowing World) throws(Failure) -> [Remark] {
    let scene = try TuningScene(common.machine, in: world)
    return setting.compactMap { word in
      let key = word.setting.key
      guard let winner = scene.configured(word.setting) else {
        return .error(
          "\(key): nothing sets it at boot: a later file takes it back with '-\(key)'",
          advice: "Look for it with: grep -r \(word.setting.name) /etc/sysctl.d /usr/lib/sysctl.d")
      }
      if winner.path != SysctlFile.path {
        return .error(
          "\(key): \(winner.path):\(winner.line) wins at boot, with \(winner.value)",
          advice: "Change it there.")
      }
      if let zero = scene.zeroing(word.setting) {
        return .error(
          "\(key): \(zero.path):\(zero.line) makes it 0 again at boot, as it sets "
            + "\(word.setting.counterpart ?? "")", advice: "Change it there.")
      }
      return scene.dispute(over: word.setting).map { .note($0) }
    }
  }

  private func endTrial(in world: borrowing World) throws(Failure) -> ChangeReport {
    guard world.isThisMachine else { throw Failure("on a captured tree nothing is on trial") }
    if options.isDryRun { return ChangeReport(changes: []) }
    guard keeps else {
      try Trial.revert(in: world)
      return ChangeReport(changes: [], hints: ["The settings are what they were before the trial."])
    }
    let lasting = try Trial.keep(in: world).compactMap { SettingWord(argument: $0) }
    guard !lasting.isEmpty else {
      return ChangeReport(changes: [], hints: ["The settings stay until the next boot."])
    }
    var session = try ChangeSession(of: Self.name, in: world)
    var changes = [Self.lasting(lasting.map { ($0.setting.key, $0.value ?? "") }, in: world)]
    session.carryOutTogether(&changes, in: world)
    return ChangeReport(changes: changes, notes: session.notes)
  }
}
