import Arguments
import Core
import KernelLog
import KillPrediction
import LogSources
import Posix
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
    any form is understood that kernels since 2.4, dmesg, journalctl and syslog have had. After a panic, what the \
    firmware kept (/sys/fs/pstore, /var/lib/systemd/pstore) and what kdump wrote (/var/crash) is read as well. Logs that \
    this user may not read are named.
    """,
    """
    With --root, the logs of another machine are read: of a mounted disk, with its journal, or of a report that sos or \
    supportutils collected. It needs no folder proc, and no link in it leads out of it.
    """,
    """
    Each choice of the kernel's is made again, from the table that it printed and by the rule of its generation: \
    confirmed, a tie, consistent under a condition that is named, not checkable, or a mismatch. \
    'history show N' tells the whole story of a kill; 1 is the latest, and numbers are the same whatever is asked for. \
    'show NAME', 'show PID' and 'history last' tell of the latest that fits.
    """,
    """
    Shortages that ended without a kill are listed with them: a kernel panic, nobody who could be killed, a victim that \
    was exiting already, a report whose end isn't in the log. --check fails at them, too.
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
    Example("oomctl history --boot -1", "What happened before the last reboot."),
    Example("oomctl history --root /mnt", "What the logs on a mounted disk show."),
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
        help:
          "Logs to read in place of this machine's; 'show N' before them asks for one kill or incident."
      ),
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
        "check", sets: \.isCheck,
        help: "Exit with status 1 if there were kills or shortages without one, or may have been."),
    ] + HistoryOptions.parameters.within(\.options) + CommonOptions.parameters.within(\.common)

  var words: [PlainText] = []
  var count: RowCount?
  var isFollowing = false
  var withRows = false
  var isLines = false
  var isCheck = false
  var options = HistoryOptions()
  var common = CommonOptions()

  /// The kill, or the incident, whose story is told.
  private(set) var story: Story?
  /// Without `show N`.
  private(set) var files: [String] = []

  mutating func validate() throws(UsageError) {
    files = words.map(\.text)
    if withRows, common.format == .text, !isLines {
      throw .contradiction("--tasks adds to JSON: give --json or --json-lines with it")
    }
    try takeStory()
    if options.boot != nil, !files.isEmpty {
      throw .contradiction("--boot is about a machine's own boots: without files")
    }
  }

  /// The kill, or the incident, that is meant.
  enum Story: Equatable {
    /// From 1, the latest.
    case number(Int)
    /// The latest of a process of that name.
    case name(String)
  }

  /// The words `show N`, `show NAME`, `last` and `N`; what is a path is a log.
  private mutating func takeStory() throws(UsageError) {
    let isAsked = files.first == "show"
    if isAsked { files.removeFirst() }
    if files.first == "last" {
      story = .number(1)
      files.removeFirst()
    } else if let word = files.first, Int(word) != nil {
      guard let number = RowCount(argument: word) else {
        throw .contradiction("kills are numbered from 1, the latest: there is no kill \(word)")
      }
      story = .number(number.number)
      files.removeFirst()
    } else if isAsked, let word = files.first, Self.isName(word) {
      story = .name(word)
      files.removeFirst()
    } else if isAsked {
      story = .number(1)
    }
    if story != nil, isFollowing || isLines {
      throw .contradiction("show tells of one kill: without --follow and --json-lines")
    }
  }

  /// True of a word that can't be a log.
  private static func isName(_ word: String) -> Bool {
    !word.utf8.contains(UInt8(ascii: "/")) && word != "-" && (try? FileStatus(at: word)) == nil
  }

  func run(by program: Program) throws(Failure) -> ExitStatus {
    let world = try World(
      root: common.machine.root, environment: program.environment, needsProc: false)
    let scope = LogScope(try sources(in: world), in: world)
    if isFollowing {
      let status = try HistoryFollowing(self, scope, in: world).run(by: program, in: world)
      return program.status(status, after: world, common)
    }
    if isStream {
      let status = try HistoryStream(history: self, scope: scope, program: program).run(in: world)
      return program.status(status, after: world, common)
    }
    let report = try report(on: scope, in: world)
    if let story { return try tell(story, of: report, on: scope, by: program, in: world) }
    return program.show(report, of: Self.name, common, in: world)
  }
}

extension History {
  private func sources(in world: borrowing World) throws(Failure) -> LogSources {
    files.isEmpty
      ? try options.restricted(LogSources(of: world), in: world) : LogSources(named: files)
  }

  /// True where kills are shown as they are found: as lines, and to programs from named logs, which
  /// may be endless.
  private var isStream: Bool {
    isLines || (common.format == .json && !files.isEmpty && story == nil && count == nil)
  }

  /// A search that picks the kills; machines' logs hold many twice.
  func search(_ scope: LogScope, in world: borrowing World) throws(Failure) -> HistorySearch {
    var search = HistorySearch(
      boot: scope.times.boot, hasSeveralSources: scope.sources.all.count > 1,
      isOfOneMachine: !scope.sources.areNamed,
      host: scope.sources.areNamed ? nil : world.known(try world.proc.hostName),
      containers: ContainerNames(of: world))
    search.filter = try options.filter(by: scope.times, in: world)
    search.keepsReports = withRows || story != nil
    search.keepsMemory = common.format == .json || isLines
    search.most =
      (story?.reach).map { $0 + Self.seriesReach } ?? count?.number
      ?? (common.format == .json ? nil : 1000)
    // Whoever asks for one by its number means it, whatever else is asked for.
    if case .name(let name) = story { search.filter.names = [name] }
    return search
  }

  /// So many before one that is told are looked at, whether they are of one series with it.
  private static let seriesReach = 32

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
    let command = options.journalCommand(by: scope.times, in: world)
    var reading = LogReading(scope, asking: command)
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
      confinement: scope.sources.areNamed ? nil : world.confinement, remarks: reading.remarks,
      place: place)
  }

  /// The words that choose the logs, as a shell takes them.
  private var place: String {
    var words = files
    if let root = common.machine.root { words.append("--root=\(root)") }
    if let boot = options.boot { words.append("--boot=\(boot.text)") }
    return words.map { " " + Shell.word($0) }.joined()
  }

  /// The logs that can contradict kills in logs that every user can write to.
  private func witnesses(
    _ coverage: LogCoverage, _ scope: LogScope, in world: borrowing World
  ) -> LogWitnesses {
    let areNamed = scope.sources.areNamed
    return LogWitnesses(
      coverage, areNamed: areNamed,
      boot: areNamed ? nil : world.known(try world.proc.bootTime)?.seconds,
      now: scope.times.now, isLive: world.proc.isLive,
      host: areNamed ? nil : world.known(try world.proc.hostName))
  }

  /// The kernel's own count, where nothing was left out that it counts.
  private func counted(
    _ search: HistorySearch, _ sources: LogSources, in world: borrowing World
  ) -> KillCount? {
    guard !sources.areNamed else { return nil }
    if let group = options.onlyCgroup {
      return KillCount(
        world.killCounter(of: group), found: search.countIn(group, world.countsBelow))
    }
    guard options.isWhole else { return nil }
    return KillCount(world.killCounter, found: search.countSinceBoot)
  }

  private func tell(
    _ story: Story, of report: HistoryReport, on scope: LogScope, by program: Program,
    in world: borrowing World
  ) throws(Failure) -> ExitStatus {
    guard let group = try group(of: story, in: report, on: scope, in: world) else {
      throw absence(of: story, in: report)
    }
    let details = KillDetailsReport(
      entry: group[0], others: Array(group.dropFirst()),
      users: report.isOfThisMachine ? Users(in: world) : nil, list: report)
    return program.show(details, of: Self.name, common, in: world)
  }

  /// Those that died together, of which one is meant. A number that is too high may be a process's.
  private func group(
    of story: Story, in report: HistoryReport, on scope: LogScope, in world: borrowing World
  ) throws(Failure) -> [HistoryEntry]? {
    let list = report.findings.list
    guard case .number(let number) = story else { return list.first }
    if let group = list.first(where: { $0.first?.number == number }) { return group }
    guard number > report.findings.total, !scope.sources.all.contains(.standardInput) else {
      return nil
    }
    var history = self
    history.story = .number(1)
    history.options.ids = [ProcessNumber(argument: "\(number)")].compactMap { $0 }
    guard !history.options.ids.isEmpty else { return nil }
    return try history.report(on: scope, in: world).findings.list.first
  }

  private func absence(of story: Story, in report: HistoryReport) -> Failure {
    if let error = report.remarks.first(where: \.isError) {
      return Failure(error.text, advice: error.advice)
    }
    if report.coverage.isBlind { return Failure("no log could be read, so kills are unknown") }
    let place = report.isComplete ? "" : " in the logs that could be read"
    let total = report.findings.total
    guard total > 0 else { return Failure("no kill was found\(place)") }
    let advice = "oomctl history\(report.place) lists them."
    switch story {
    case .name(let name): return Failure("no kill of '\(name)' was found\(place)", advice: advice)
    case .number(let number):
      let many = total == 1 ? "1 kill was found" : "\(total) kills were found"
      return Failure("there is no kill \(number): \(many)\(place)", advice: advice)
    }
  }
}

extension History.Story {
  /// The number of the latest that has to be kept.
  fileprivate var reach: Int { if case .number(let number) = self { number } else { 1 } }
}
