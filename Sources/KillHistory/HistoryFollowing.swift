import Core
import DaemonLog
import KernelLog
import KillReplay
import LogSources
import ProcFS
import Processes
import Rendering

/// Shows each kill as it comes, until a signal ends it.
struct HistoryFollowing {
  private let history: History
  private let scope: LogScope
  private let source: LogSource
  private let page: Page

  /// Of this machine's sources one is followed: the ring buffer, else the last file that only the kernel's
  /// lines get into, else the last of all.
  init(_ history: History, _ scope: LogScope, in world: borrowing World) throws(Failure) {
    let all = scope.sources.growing
    let safest = all.last { $0.writers == .kernel }
    guard let source = all.contains(.ring) ? .ring : safest ?? all.last else {
      throw Failure("there is nothing to follow", advice: "Name a log file.")
    }
    guard !scope.sources.areNamed || all.count == 1 else {
      throw Failure("one log can be followed at a time", status: .usage)
    }
    self.history = history
    self.scope = scope
    self.source = source
    page = Page(history.common, in: world.environment)
  }

  func run(by program: Program, in world: borrowing World) throws(Failure) -> ExitStatus {
    var search = try history.search(scope, in: world)
    var follower = try LogFollower(source, fromEnd: true, by: scope.times, in: world)
    let isOpen = source.writers == .everyone
    if isOpen {
      let note =
        "every user can write to \(source.name): what it tells isn't confirmed by another log"
      program.say([.note(note)], history.common)
    }
    var lost = 0
    var isGoingOn = true
    while isGoingOn {
      var text = Text()
      isGoingOn = try follower.next(in: world) { finding throws(Failure) in
        guard !isEnough(search.findings.count),
          var entry = search.take(finding, from: source)
        else { return }
        if isOpen, entry.isKernels { entry.doubt = .open }
        write(entry, to: &text)
      }
      guard try program.console.show(text.bytes) else { return .done }
      if follower.lost > lost {
        lost = follower.lost
        let loss = "\(lost) records of the ring buffer were overwritten before they could be read"
        program.say([.note(loss)], history.common)
      }
      if isEnough(search.findings.count) { break }
    }
    return history.isCheck && search.findings.count > 0 ? .failed : .done
  }

  /// True where as many as were asked for were shown.
  private func isEnough(_ count: Int) -> Bool { history.count.map { count >= $0.number } ?? false }

  private func write(_ entry: HistoryEntry, to text: inout Text) {
    guard history.common.format == .text, !history.isLines else {
      return text.append(entry.line(rows: history.withRows, zone: scope.zone))
    }
    let memory = Value(size: entry.resident?.bytes).text(sizes: page.sizes)
    let place = (entry.cgroup ?? entry.limitCgroup).map {
      CgroupOwner(path: $0, named: entry.containers).short
    }
    let parts = [
      entry.when(in: scope.zone), entry.label, memory, entry.agent,
      entry.replay?.verdict.text ?? "-", place ?? "-",
    ]
    text.line(SafeText.visible(parts.joined(separator: "  ")))
  }
}
