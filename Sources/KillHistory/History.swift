import Arguments
import Core
import KernelLog
import KillPrediction
import LogSources
import ProcFS
import Processes
import Rendering

/// The kills in the logs: which process, when, and was the kernel right?
package struct History: CommonCommand {
  static let name = "history"
  static let summary = "Show who was killed for want of memory, when, and whether rightly."
  static let group: String? = "See"
  static let discussion = [
    """
    Kills are looked up in the kernel's ring buffer, in the journal and in the files that syslog \
    writes to /var/log, rotated and compressed ones too, or in the files that are named (- is standard input); in them \
    any form is understood that kernels since 2.4, dmesg, journalctl and syslog have had.
    """,
    """
    Each choice of the kernel's is made again, from the table that it printed and by the rule of its generation: \
    confirmed, a tie, consistent under a condition that is named, not checkable, or a mismatch. \
    'history show N' tells the whole story of a kill; 1 is the latest.
    """,
    """
    Every user can write to /var/log/messages and /var/log/syslog, as with logger(1), and so invent a kill. \
    The ring buffer, the kernel's lines of the journal, and kern.log behind journald are the kernel's alone. A kill that \
    only the former have, although one of the latter covers that time, is marked with ? (in JSON \
    "unconfirmed": true), and --check doesn't count it. Lines of daemons such as earlyoom can be invented everywhere. \
    Logs that are named are held against each other only within a folder.
    """,
  ]
  static let examples = [
    Example("oomctl history", "All that this machine's logs tell."),
    Example("oomctl history show 1", "The latest kill: who asked, what was short, who was chosen."),
    Example("oomctl history --since -1d --check", "Fail if somebody was killed since yesterday."),
    Example("oomctl history --follow", "Wait for kills, and show each as it comes."),
    Example(
      "oomctl history --json messages-20261101.gz",
      "What a log from elsewhere tells, for a program."),
  ]
  static let standsAlone = true
  static let parameters: [Parameter<Self>] =
    [
      .operands(
        "FILE", appendsTo: \.words, completion: .files,
        help: "Logs to read in place of this machine's; 'show N' before them asks for one kill."),
      .option(
        "count", "n", sets: \.count,
        help: "Show at most the latest N kills, 1000 by default; with --follow, the next N."),
      .flag(
        "follow", "f", sets: \.isFollowing,
        help: "Wait for further kills, until interrupted; with --json, an object on each line."),
      .flag("tasks", sets: \.withRows, help: "With --json, add the rows of the task tables."),
      .flag(
        "json-lines", sets: \.isLines,
        help: "Print a JSON object for each kill, on a line of its own."),
      .flag(
        "check", sets: \.isCheck, help: "Exit with status 1 if there were kills, or may have been."),
    ] + HistoryOptions.parameters.within(\.options) + CommonOptions.parameters.within(\.common)

  var words: [PlainText] = []
  var count: RowCount?
  var isFollowing = false
  var withRows = false
  var isLines = false
  var isCheck = false
  var options = HistoryOptions()
  var common = CommonOptions()

  /// Of which kill the story is told, from 1, the latest.
  private(set) var storyNumber: Int?
  /// Without `show N`.
  private(set) var files: [String] = []

  mutating func validate() throws(UsageError) {
    files = words.map(\.text)
    if withRows, common.format == .text, !isLines {
      throw .contradiction("--tasks adds to JSON: give --json or --json-lines with it")
    }
    if files.first == "show" { try takeStoryNumber() }
    if options.boot != nil, !files.isEmpty || common.machine.root != nil {
      throw .contradiction("--boot is about this machine's own boots: without files and --root")
    }
  }

  /// The words behind `show`.
  private mutating func takeStoryNumber() throws(UsageError) {
    files.removeFirst()
    storyNumber = 1
    if let word = files.first, Int(word) != nil {
      guard let number = RowCount(argument: word) else {
        throw .contradiction("kills are numbered from 1, the latest: there is no kill \(word)")
      }
      storyNumber = number.number
      files.removeFirst()
    }
    if isFollowing || isLines {
      throw .contradiction("show tells of one kill: without --follow and --json-lines")
    }
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    let world = try World(root: common.machine.root, environment: program.environment)
    let scope = LogScope(sources(in: world), in: world)
    if isFollowing {
      let status = try HistoryFollowing(self, scope, in: world).run(by: program, in: world)
      return program.status(status, after: world, common)
    }
    if isStream {
      let status = try HistoryStream(history: self, scope: scope, program: program).run(in: world)
      return program.status(status, after: world, common)
    }
    let report = try report(on: scope, in: world)
    if let storyNumber { return try tell(storyNumber, of: report, by: program, in: world) }
    return program.show(report, of: Self.name, common, in: world)
  }
}

extension History {
  private func sources(in world: borrowing World) -> LogSources {
    files.isEmpty ? options.restricted(LogSources(of: world)) : LogSources(named: files)
  }

  /// True where kills are shown as they are found: as lines, and to programs from named logs, which
  /// may be endless.
  private var isStream: Bool {
    isLines || (common.format == .json && !files.isEmpty && storyNumber == nil && count == nil)
  }

  /// A search that picks the kills; machines' logs hold many twice.
  func search(_ scope: LogScope, in world: borrowing World) throws(Failure) -> HistorySearch {
    var search = HistorySearch(
      boot: scope.times.boot, hasSeveralSources: scope.sources.all.count > 1)
    search.filter = try options.filter(by: scope.times, in: world)
    search.keepsReports = withRows || storyNumber != nil
    search.keepsMemory = common.format == .json || isLines
    search.most = storyNumber ?? count?.number ?? (common.format == .json ? nil : 1000)
    return search
  }

  /// Reads all that is in scope.
  ///
  /// - Parameters:
  ///   - scope: Where to look.
  ///   - world: The machine.
  ///   - take: Given each kill that was asked for; the report has those that it doesn't take.
  func report(
    on scope: LogScope, in world: borrowing World,
    unless take: (HistoryEntry) throws(Failure) -> Bool = { _ in false }
  ) throws(Failure) -> HistoryReport {
    var search = try search(scope, in: world)
    var reading = LogReading(scope, asking: options.journalCommand(by: scope.times))
    for (place, source) in scope.sources.all.enumerated() {
      let isOpen = scope.sources.all[place...].contains { $0.writers == .kernel }
      search.witnesses = isOpen ? nil : witnesses(reading.coverage, scope, in: world)
      try reading.events(from: source, in: world) { finding throws(Failure) in
        guard let entry = search.take(finding, from: source), try !take(entry) else { return }
        search.keep(entry)
      }
    }
    search.settle(by: witnesses(reading.coverage, scope, in: world))
    return HistoryReport(
      findings: search.result, coverage: reading.coverage,
      counted: counted(search, scope.sources, in: world), zone: scope.zone, now: scope.times.now,
      withRows: withRows, isFiltered: options.areSelective, isCheck: isCheck,
      isOfThisMachine: !scope.sources.areNamed,
      confinement: scope.sources.areNamed ? nil : world.confinement, remarks: reading.remarks)
  }

  /// The logs that can contradict kills in logs that every user can write to.
  private func witnesses(
    _ coverage: LogCoverage, _ scope: LogScope, in world: borrowing World
  ) -> LogWitnesses {
    let areNamed = scope.sources.areNamed
    return LogWitnesses(
      coverage, areNamed: areNamed,
      boot: areNamed ? nil : world.known(try world.proc.bootTime)?.seconds,
      now: scope.times.now, host: areNamed ? nil : world.known(try world.proc.hostName))
  }

  /// The kernel's own count, where nothing was left out that it counts.
  private func counted(
    _ search: HistorySearch, _ sources: LogSources, in world: borrowing World
  ) -> KillCount? {
    guard !sources.areNamed else { return nil }
    if let group = options.onlyCgroup {
      let findings = search.findings
      return KillCount(
        world.killCounter(of: group), found: findings.believedCount - findings.daemonCount)
    }
    guard options.isWhole else { return nil }
    return KillCount(world.killCounter, found: search.countSinceBoot)
  }

  private func tell(
    _ number: Int, of report: HistoryReport, by program: Program, in world: borrowing World
  ) throws(Failure) -> ExitStatus {
    let entries = report.findings.entries
    guard number <= entries.count else {
      if let error = report.remarks.first(where: \.isError) {
        throw Failure(error.text, advice: error.advice)
      }
      if report.coverage.isBlind { throw Failure("no log could be read, so kills are unknown") }
      let many = entries.count == 1 ? "1 kill was found" : "\(entries.count) kills were found"
      throw Failure(
        entries.isEmpty
          ? "no kill was found" + (report.isComplete ? "" : " in the logs that could be read")
          : "there is no kill \(number): \(many)",
        advice: entries.isEmpty ? nil : "oomctl history lists them.")
    }
    let story = KillDetailsReport(
      entry: entries[entries.count - number],
      users: report.isOfThisMachine ? Users(in: world) : nil,
      list: report)
    return program.show(story, of: Self.name, common, in: world)
  }
}
