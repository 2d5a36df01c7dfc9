import KernelLog
import ProcFS
import Rendering

/// Shows each kill as it comes, until a signal ends it.
struct HistoryFollowing {
  let history: History
  let source: LogSource
  let page: Page
  let zone: ZoneRules

  /// Of this machine's sources one is followed: the ring buffer, else the journal, else the last of syslog's.
  init(_ history: History, _ sources: LogSources, in world: borrowing World) throws(Failure) {
    let all = sources.all
    guard let source = all.contains(.ring) ? .ring : all.last else {
      throw Failure("there is nothing to follow", advice: "Name a log file.")
    }
    guard !sources.areNamed || all.count == 1 else {
      throw Failure("one log can be followed at a time", status: .usage)
    }
    self.history = history
    self.source = source
    page = Page(history.common, in: world.environment)
    zone = world.zone
  }

  func run(
    by program: Program, _ sources: LogSources, in world: borrowing World
  ) throws(Failure) -> ExitStatus {
    var search = try history.search(sources, in: world)
    var follower = try LogFollower(source, number: 0, fromEnd: true, of: sources, in: world)
    var count = 0
    var lost = 0
    var isGoingOn = true
    while isGoingOn {
      var text = Text()
      isGoingOn = try follower.next(in: world) { finding throws(Failure) in
        guard let entry = search.take(finding, from: source) else { return }
        count += 1
        write(entry, to: &text)
      }
      if let errno = program.console.write(.output, text.bytes) {
        return try leave(errno)
      }
      if follower.lost > lost, !history.common.isQuiet {
        lost = follower.lost
        program.console.complain(
          "\(lost) records of the ring buffer were overwritten before they could be read",
          as: program.environment.baseName)
      }
      // As many as were asked for.
      if let most = history.count?.number, count >= most { break }
    }
    return history.isCheck && count > 0 ? .failed : .done
  }

  /// A reader who left early is no error.
  private func leave(_ errno: Errno) throws(Failure) -> ExitStatus {
    guard errno == .brokenPipe else { throw Failure("standard output: \(errno)") }
    return .done
  }

  private func write(_ entry: HistoryEntry, to text: inout Text) {
    guard history.common.format == .text, !history.isLines else {
      return text.append(entry.line(rows: history.withRows, zone: zone))
    }
    let memory = Value(size: entry.resident?.bytes).text(sizes: page.sizes)
    let place = (entry.cgroup ?? entry.limitCgroup).map { CgroupOwner(path: $0).short }
    let parts = [
      entry.when(in: zone), entry.label, memory, entry.agent,
      entry.replay?.verdict.text ?? "-", place ?? "-",
    ]
    text.line(SafeText.visible(parts.joined(separator: "  ")))
  }
}
