import Arguments
import Badness
import Changes
import Configuration
import Core
import ProcFS
import Rendering

/// Shows, explains and sets the kernel's settings that decide over OOM.
package struct Tune: WorldCommand {
  package static let name = "tune"
  static let summary = "Show, explain and set the kernel's settings for overcommit and OOM."
  static let group: String? = "Act"
  static let discussion = [
    """
    Without a word all settings are listed, with their defaults and what sets them at boot; KEY explains \
    one at length. KEY=VALUE sets it: all of a call or nothing, each checked against this kernel's range \
    before anything is written, and read back. Keys of vm can be given without vm.
    """,
    """
    A switch to overcommit_memory 2 that would leave too little to log in with is refused, and so is a \
    min_free_kbytes that the kernel would have to kill for. With --confirm \
    the settings are taken back by themselves unless oomctl tune --keep follows in time; with --persist \
    they are written to /etc/sysctl.d/90-oomctl.conf, with --confirm only once they are kept. A setting \
    for which another file wins at boot isn't written there: its file and line are named.
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
    if isRuntime, lasts { throw .exclusive(["--runtime", "--persist"]) }
    if setting.isEmpty, lasts || trial != nil {
      throw .contradiction("--persist and --confirm need a setting with its value")
    }
    let modes = [keeps, reverts, isCheck, !setting.isEmpty].filter { $0 }.count
    if modes > 1 { throw .exclusive(["--keep", "--revert", "--check", "values"]) }
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

  func run(in world: borrowing World) throws(Failure) -> any CommandReport {
    if keeps || reverts { return try endTrial(in: world) }
    let context = try TuningContext(common.machine, in: world)
    guard !setting.isEmpty else {
      let shown = words.isEmpty ? Setting.all : words.map(\.setting)
      return SettingsReport(
        rows: shown.map { SettingRow($0, on: context, in: world) }, isDetailed: !words.isEmpty,
        isCheck: isCheck,
        notes: context.rivals.remarks
          + shown.compactMap { context.dispute(over: $0).map { .note($0) } })
    }
    return try set(on: context, in: world)
  }

  private func set(
    on context: TuningContext, in world: borrowing World
  ) throws(Failure) -> ChangeReport {
    var proposal = try propose(on: context, in: world)
    if trial != nil, proposal.report.isPending { try SettingsTrial.refuse(in: world) }
    if options.isDryRun { return proposal.foreseen(in: world) }
    guard proposal.report.isPending else { return proposal.whole }
    var session = try ChangeSession(of: Self.name, in: world)
    proposal = try propose(on: context, in: world)
    if let trial {
      try SettingsTrial.begin(
        &proposal.report, lasting: proposal.lasting?.values.map(\.word) ?? [], for: trial,
        &session, in: world)
    } else {
      session.carryOutTogether(&proposal.report.changes, in: world)
    }
    proposal.report.notes += session.notes
    return proposal.whole
  }

  private func propose(
    on context: TuningContext, in world: borrowing World
  ) throws(Failure) -> TuneProposal {
    let requests = setting.compactMap(\.request)
    let plan = try TunePlan(requests, on: context, in: world)
    var report = ChangeReport(changes: plan.changes)
    if report.isPending, !options.isForced, let refusal = plan.refusal(on: context, in: world) {
      throw refusal
    }
    report.commitLimit = plan.commitLimit(on: context, in: world)
    let lasting = lasts ? LastingSettings(requests, on: context, in: world) : nil
    if trial == nil, let file = lasting?.file { report.changes.append(file) }
    if let profile { report.hints.append(profile.reason) }
    report.hints += hints(on: plan.values, requests, in: world)
    if let limit = report.commitLimit {
      report.hints.append("The commit limit is \(common.sizes.phrase(limit)) then.")
    }
    return TuneProposal(report: report, lasting: lasting)
  }

  private func endTrial(in world: borrowing World) throws(Failure) -> ChangeReport {
    guard world.isThisMachine else { throw Failure("on a captured tree nothing is on trial") }
    guard keeps else {
      if options.isDryRun {
        _ = try SettingsTrial.pending(in: world)
        return ChangeReport(changes: [], hints: ["The settings would be taken back."])
      }
      try SettingsTrial.revert(in: world)
      return ChangeReport(changes: [], hints: ["The settings are what they were before the trial."])
    }
    if options.isDryRun {
      return try kept(SettingsTrial.pending(in: world).lasting, in: world).foreseen(in: world)
    }
    let proposal = try kept(SettingsTrial.keep(in: world), in: world)
    guard proposal.report.isPending else { return proposal.whole }
    var session = try ChangeSession(of: Self.name, in: world)
    var done = proposal
    session.carryOutTogether(&done.report.changes, in: world)
    done.report.notes += session.notes
    return done.whole
  }

  /// The proposal for settings that are confirmed.
  private func kept(
    _ words: [String], in world: borrowing World
  ) throws(Failure) -> TuneProposal {
    let requests = words.compactMap { SettingWord(argument: $0) }.compactMap(\.request)
    guard !requests.isEmpty else {
      return TuneProposal(
        report: ChangeReport(changes: [], hints: ["The settings stay until the next boot."]))
    }
    let context = try TuningContext(common.machine, in: world)
    let lasting = LastingSettings(requests, on: context, in: world)
    return TuneProposal(
      report: ChangeReport(changes: lasting.file.map { [$0] } ?? []), lasting: lasting)
  }
}

/// The changes that `tune` is about to make.
struct TuneProposal {
  var report: ChangeReport
  /// The part of it that is to last.
  var lasting: LastingSettings?

  /// The report, with what was in vain from the start: the rest is done nevertheless.
  var whole: ChangeReport {
    var report = report
    report.changes += lasting?.refused ?? []
    if !report.changes.contains(where: { $0.result == .failed }) {
      report.notes += lasting?.notes ?? []
    }
    return report
  }

  /// The report, with the outcome that a dry run predicts.
  func foreseen(in world: borrowing World) -> ChangeReport {
    var copy = self
    copy.report = report.foreseenTogether(in: world)
    return copy.whole
  }
}
