import DaemonLog
import LogLines

/// Puts lines together to reports, also where several are printed at once.
///
/// Lines are told apart by their caller where that is printed. Where it isn't, a line belongs to the report begun
/// last, unless it names a process that only an earlier one has in its table.
struct Assembler {
  /// Unfinished, the oldest first.
  private var drafts: [Draft] = []
  /// The report that a kill has ended last; others may follow it in death.
  private var closed: Closed?
  /// The last kill of which no report was found.
  private var bare: Closed?
  /// The panic that came last: the line behind it may name the kernel.
  private var panic: Incident?
  /// The time at which somebody asked for a kill.
  private var asked: Stamp?
  /// The processes chosen lately in whose stead children died, and those whose kill lines are lost.
  private var parents = RecentProcesses()
  private var announced = RecentProcesses()

  /// More shortages at once than any log has shown.
  private static let mostDrafts = 8
  /// Lines, and microseconds, after which a report isn't gone on with.
  private static let longestSilence = (lines: 20_000, microseconds: 60_000_000)
  /// Microseconds between the memory's state and a kill that it can belong to.
  private static let longestDoubt = 5_000_000
  /// Lines between a panic and the line that names the kernel.
  private static let longestWait = 16

  struct Closed {
    var report: Report
    var message: String
    var stamp: Stamp
    /// True where the kernel announced that the whole cgroup dies.
    var isGroup = false
  }

  var isEmpty: Bool { drafts.isEmpty && panic == nil }

  /// The list that a line with that stamp could be an element of.
  func list(for stamp: Stamp) -> Sentence.List {
    index(for: stamp).map { drafts[$0].list } ?? .none
  }

  mutating func take(
    _ sentence: Sentence, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) {
    expire(before: stamp, line: line, into: &events)
    if completePanic(with: sentence, stamp, line: line, into: &events) { return }
    switch sentence {
    case .invocation(let invoker): begin(invoker, stamp, line: line, into: &events)
    case .selection(let selection, let message):
      select(selection, message, stamp, line: line, into: &events)
    case .kill(let victim, let message):
      close(victim, message, stamp, line: line, into: &events)
    case .groupKill(let cgroup): noteGroup(cgroup, stamp, line: line, into: &events)
    case .sysRq: asked = stamp
    case .reaped(let pid, let name, let isDone, let left):
      events.append(
        .reaped(
          Reaping(stamp: stamp, line: line, pid: pid, name: name, isDone: isDone, left: left)))
    case .wasExiting(let pid, let name):
      end(.wasExiting(pid: pid, name: name), naming: pid, stamp, line: line, into: &events)
    case .noVictim: noteNoVictim(stamp, line: line, into: &events)
    case .panic(let words): end(.panic(words), naming: nil, stamp, line: line, into: &events)
    case .initDied(let words, let wasKilled):
      // Only the kernel can kill init; it may end by itself for other reasons.
      if wasKilled || index(for: stamp) != nil {
        end(.panic(words), naming: nil, stamp, line: line, into: &events)
      }
    case .suppressed(let count): events.append(.suppressed(count))
    default: add(sentence, stamp, line: line, into: &events)
    }
  }

  /// The rest of the last victim's group dies with it. Where nothing is known of a victim, its lines are lost.
  private mutating func noteGroup(
    _ cgroup: String, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) {
    if var last = closed ?? bare, last.stamp.isNear(stamp, Self.longestDoubt) {
      last.report.note(group: cgroup)
      last.isGroup = true
      closed = last
      return
    }
    if index(for: stamp) == nil { push(Draft(stamp, line: line), into: &events) }
    guard let index = index(for: stamp) else { return }
    drafts[index].report.note(group: cgroup)
    drafts[index].goOn(at: stamp, line: line)
  }

  /// Corrects the name of who asked in the report begun last.
  mutating func name(invoker name: String) {
    guard let last = drafts.indices.last else { return }
    drafts[last].report.invoker?.name = name
  }

  /// Gives up what hasn't come to an end.
  mutating func finish(into events: inout [LogEvent]) {
    flushPanic(into: &events)
    for draft in drafts { abandon(draft, into: &events) }
    drafts = []
    closed = nil
  }
}

extension Assembler {
  /// The report that a line belongs to.
  private func index(for stamp: Stamp) -> Int? {
    guard let caller = stamp.caller else { return drafts.indices.last }
    return drafts.lastIndex { $0.stamp.caller == caller }
  }

  /// The report that names a process, else the one the line belongs to.
  private func index(naming pid: Int?, for stamp: Stamp) -> Int? {
    if stamp.caller == nil, let pid, let index = drafts.lastIndex(where: { $0.names(pid) }) {
      return index
    }
    return index(for: stamp)
  }

  private mutating func begin(
    _ invoker: Invoker, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) {
    var draft = Draft(stamp, line: line)
    draft.report.invoker = invoker
    draft.report.isAskedFor = invoker.canServe && wasAsked(at: stamp)
    draft.report.isInterleaved = stamp.caller == nil && overtakes(at: stamp)
    push(draft, into: &events)
  }

  private mutating func push(_ draft: Draft, into events: inout [LogEvent]) {
    (closed, bare) = (nil, nil)
    drafts.append(draft)
    if drafts.count > Self.mostDrafts { abandon(drafts.removeFirst(), into: &events) }
  }

  private mutating func add(
    _ sentence: Sentence, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) {
    let pid: Int? = if case .summary(let summary) = sentence { summary.pid } else { nil }
    var index = index(naming: pid, for: stamp)
    // A part that a report has only once begins the next report.
    if let found = index, sentence.isSecond(in: drafts[found], at: stamp.monotonic) { index = nil }
    guard let index else {
      guard sentence.canBegin else { return }
      var draft = Draft(stamp, line: line)
      draft.report.isInterleaved = stamp.caller == nil && overtakes(at: stamp)
      draft.add(sentence, at: stamp.monotonic)
      push(draft, into: &events)
      return
    }
    noteInterleaving(at: index)
    drafts[index].add(sentence, at: stamp.monotonic)
    if case .summary = sentence {
      drafts[index].decide(at: stamp, line: line)
    } else {
      drafts[index].goOn(at: stamp, line: line)
    }
  }

  /// True where somebody asked for a kill just before; that is then done.
  private mutating func wasAsked(at stamp: Stamp) -> Bool {
    guard let asked, asked.isNear(stamp, Self.longestDoubt) else { return false }
    self.asked = nil
    return true
  }

  private mutating func select(
    _ selection: Selection, _ message: String, _ stamp: Stamp, line: Int,
    into events: inout [LogEvent]
  ) {
    var found = index(naming: selection.pid, for: stamp)
    if let index = found, drafts[index].selection != nil || drafts[index].hasNoVictim {
      found = nil
    }
    if let index = found, !fits(drafts[index], stamp) { found = nil }
    if found == nil { push(Draft(stamp, line: line), into: &events) }
    let index = found ?? drafts.count - 1
    noteInterleaving(at: index)
    drafts[index].selection = selection
    drafts[index].selectionMessage = message
    drafts[index].decide(at: stamp, line: line)
  }

  /// Ends a report with the process that was killed.
  private mutating func close(
    _ victim: Victim, _ message: String, _ stamp: Stamp, line: Int,
    into events: inout [LogEvent]
  ) {
    let index = index(naming: victim.pid, for: stamp).flatMap { index in
      drafts[index].canEnd(with: victim.pid, message) && !isFollower(victim, of: drafts[index])
        ? index : nil
    }
    // Programs say so of their children, too: the kernel says more, or has its clock or its tag before it.
    guard
      !message.isEmpty || victim.totalVM != nil || closed != nil
        || stamp.monotonic != nil || stamp.host != nil
        || index.map({ drafts[$0].isCertain }) ?? false
    else { return }
    var kill = Kill(stamp: stamp, line: line, victim: victim, message: message)
    defer { events.append(.kill(kill.settled)) }
    if let index {
      noteInterleaving(at: index)
      let draft = drafts.remove(at: index)
      guard fits(draft, stamp) else { return }
      if let selection = draft.selection {
        kill.selected = selection
        if selection.pid != victim.pid { parents.insert(selection.pid, stamp) }
        if message.isEmpty { kill.message = draft.selectionMessage }
      }
      kill.report = draft.report
      closed = Closed(
        report: draft.report, message: kill.message, stamp: stamp,
        isGroup: draft.report.cgroup?.killedAsGroup != nil)
    } else if let closed, closed.isGroup || message.isEmpty,
      closed.stamp.isNear(
        stamp, closed.isGroup ? Self.longestSilence.microseconds : Self.longestDoubt)
    {
      kill.report = closed.report
      if message.isEmpty { kill.message = closed.message }
      kill.isFollower = true
    } else {
      closed = nil
      bare = Closed(report: Report(), message: message, stamp: stamp)
    }
  }

  /// True where a process dies with the last victim although another report has begun.
  private func isFollower(_ victim: Victim, of draft: Draft) -> Bool {
    guard let closed, closed.isGroup, !draft.names(victim.pid) else { return false }
    return draft.report.summary == nil
      && closed.report.tasks?.rows.contains { $0.tgid == victim.pid } == true
  }

  /// The memory's state alone belongs to a kill only if that came at once.
  private func fits(_ draft: Draft, _ stamp: Stamp) -> Bool {
    draft.isCertain || draft.stamp.isNear(stamp, Self.longestDoubt)
  }

  private mutating func end(
    _ outcome: Incident.Outcome, naming pid: Int?, _ stamp: Stamp, line: Int,
    into events: inout [LogEvent]
  ) {
    var report = Report()
    if let index = index(naming: pid, for: stamp) {
      let draft = drafts.remove(at: index)
      if fits(draft, stamp) { report = draft.report }
    } else {
      report.isAskedFor = wasAsked(at: stamp)
    }
    let incident = Incident(stamp: stamp, line: line, outcome: outcome, report: report)
    if case .panic = outcome, report.release == nil {
      panic = incident
    } else {
      events.append(.incident(incident))
    }
  }

  /// Ends the wait for what stands behind a panic, and tells whether this is it: the line that names the kernel.
  private mutating func completePanic(
    with sentence: Sentence, _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) -> Bool {
    guard let panic else { return false }
    guard case .context(_, let release) = sentence, line - panic.line <= Self.longestWait,
      panic.stamp.isNear(stamp, Self.longestDoubt)
    else {
      if case .filler = sentence { return false }
      flushPanic(into: &events)
      return false
    }
    self.panic?.report.release = release
    flushPanic(into: &events)
    return true
  }

  private mutating func flushPanic(into events: inout [LogEvent]) {
    if let panic { events.append(.incident(panic)) }
    panic = nil
  }

  /// True where a report begins before one that is open has told whom it chose: from here on lines may be
  /// either's.
  private mutating func overtakes(at stamp: Stamp) -> Bool {
    var isFirst = true
    for index in drafts.indices
    where drafts[index].isCertain && !drafts[index].hasChosen
      && drafts[index].stamp.isNear(stamp, Self.longestDoubt)
    {
      drafts[index].isOvertaken = true
      isFirst = false
    }
    return !isFirst
  }

  /// A report that another had overtaken goes on: their lines are mixed.
  private mutating func noteInterleaving(at index: Int) {
    guard drafts[index].isOvertaken else { return }
    for other in drafts.indices[index...] { drafts[other].report.isInterleaved = true }
  }

  /// A panic may follow, or nothing.
  private mutating func noteNoVictim(
    _ stamp: Stamp, line: Int, into events: inout [LogEvent]
  ) {
    if index(for: stamp) == nil { push(Draft(stamp, line: line), into: &events) }
    guard let index = index(for: stamp) else { return }
    drafts[index].hasNoVictim = true
    drafts[index].decide(at: stamp, line: line)
  }

  /// Gives up reports that nothing was heard of for long, and those of a machine that was started again since.
  private mutating func expire(before stamp: Stamp, line: Int, into events: inout [LogEvent]) {
    while let draft = drafts.first,
      line - draft.line > Self.longestSilence.lines
        || !draft.stamp.isNear(stamp, Self.longestSilence.microseconds)
        || stamp.isOfLaterBoot(than: draft.stamp)
    {
      abandon(drafts.removeFirst(), into: &events)
    }
  }

  private mutating func abandon(_ draft: Draft, into events: inout [LogEvent]) {
    if let kill = draft.announcedKill {
      // Whose children die in its stead may be chosen again and again; of others one line can be there twice.
      let isNew = announced.insert(kill.victim.pid, draft.stamp)
      if isNew || parents.contains(kill.victim.pid, draft.stamp) {
        events.append(.kill(kill.settled))
      }
      return
    }
    if let incident = draft.incident { events.append(.incident(incident)) }
  }
}

extension Invoker {
  /// True of the kernel's threads that do what SysRq asks for, as long as they say no more of it: since 4.3 the
  /// order does.
  fileprivate var canServe: Bool {
    order != -1 && (name?.hasPrefix("kworker/") == true || name?.hasPrefix("events/") == true)
  }
}

extension Stamp {
  /// True where the kernel's clock was set back, as only a start does: CPUs differ by less than a second.
  fileprivate func isOfLaterBoot(than other: Stamp) -> Bool {
    guard let monotonic, let before = other.monotonic else { return false }
    return before - monotonic > 1_000_000
  }
}

extension Report {
  /// All processes of that cgroup die.
  fileprivate mutating func note(group: String) {
    cgroup = cgroup ?? CgroupState()
    cgroup?.killedAsGroup = group
  }
}

extension Kill {
  /// To 5.0 sizes of a follower and so on can be missing; page tables were printed in bytes once.
  fileprivate var settled: Kill {
    var kill = self
    // The commit that added them (5.4) labelled bytes as kB.
    if !isFollower, let row = report.tasks?.row(of: victim.pid), let bytes = row.pageTableBytes,
      bytes > 0,
      victim.pageTables?.count == bytes
    {
      kill.victim.pageTables = Kibibytes(bytes / 1024)
    }
    return kill
  }
}
