import Arguments
import Badness
import CivilTime
import Core
import LogSources
import ProcFS
import Processes

/// The kills that are wanted, as the user says.
struct HistoryOptions: Sendable {
  var since: TimeArgument?
  var until: TimeArgument?
  var names: [PlainText] = []
  var ids: [ProcessNumber] = []
  var users: [UserName] = []
  var cgroups: [CgroupPath] = []
  var units: [UnitName] = []
  var containers: [OwnerName] = []
  var pods: [OwnerName] = []
  var boot: BootName?

  static let parameters: [Parameter<Self>] = [
    .option("since", sets: \.since, group: selection, help: "Kills from that time on."),
    .option("until", sets: \.until, group: selection, help: "Kills up to that time."),
    .options(
      "name", appendsTo: \.names, placeholder: "NAME", group: selection,
      help: "Kills of processes of that name."),
    .options("pid", "p", appendsTo: \.ids, group: selection, help: "Kills of that process."),
    .options("user", appendsTo: \.users, group: selection, help: "Kills of that user's processes."),
    .options(
      "cgroup", appendsTo: \.cgroups, group: selection,
      help: "Kills in that memory cgroup and those below it."),
    .options(
      "unit", "u", appendsTo: \.units, group: selection, help: "Kills in that unit of systemd's."),
    .options(
      "container", appendsTo: \.containers, group: selection,
      help: "Kills in that container, by the beginning of its number, or its name with LXC."),
    .options(
      "pod", appendsTo: \.pods, group: selection,
      help: "Kills in that pod of Kubernetes, by the beginning of its UID."),
    .option(
      "boot", "b", sets: \.boot, group: selection,
      help:
        "Kills of that boot: 0 is the latest, -1 the one before, or its number in the journal."
    ),
  ]

  private static let selection = "Selection"

  /// The memory cgroup that is asked for, if nothing else is.
  var onlyCgroup: String? {
    var rest = self
    rest.cgroups = []
    return cgroups.count == 1 && rest.isWhole && boot == nil ? cgroups[0].path : nil
  }

  /// True where nothing is left out that the kernel counts since boot.
  var isWhole: Bool {
    since == nil && until == nil && names.isEmpty && ids.isEmpty && users.isEmpty
      && cgroups.isEmpty && units.isEmpty && containers.isEmpty && pods.isEmpty
      && boot.map(\.isPresent) ?? true
  }

  /// True where only some kills are asked for.
  var areSelective: Bool { !isWhole || boot != nil }
}

extension HistoryOptions {
  func filter(by times: LogTimes, in world: borrowing World) throws(Failure) -> HistoryFilter {
    var filter = HistoryFilter()
    filter.since = since?.microseconds(by: times)
    filter.until = until?.microseconds(by: times)
    filter.names = names.map(\.text)
    filter.pids = ids.map { Int($0.id.rawValue) }
    filter.cgroups = cgroups.map(\.path)
    filter.units = units.map(\.name)
    filter.containers = containers.map(\.text)
    filter.pods = pods.map(\.text)
    if !users.isEmpty {
      let all = Users(in: world)
      for user in users {
        guard let id = all.id(of: user.text) else {
          throw Failure("user '\(user.text)' isn't known", advice: "Give the number.")
        }
        filter.uids.append(Int(id))
      }
    }
    if let boot, boot.isPresent, let start = times.boot {
      // The start is known to the second.
      filter.since = max(
        filter.since ?? .min, start.seconds.addingSaturating(-1).multipliedSaturating(by: 1_000_000)
      )
    }
    return filter
  }

  func journalCommand(by times: LogTimes, in world: borrowing World) -> JournalCommand {
    var command = JournalCommand()
    command.since = since?.microseconds(by: times).divided(by: 1_000_000)
    command.boot = boot?.text
    command.mustKnowBoot = isOtherBoot(in: world)
    return command
  }

  /// True where a boot is asked for that isn't the running machine's present one.
  private func isOtherBoot(in world: borrowing World) -> Bool {
    boot.map { !$0.isPresent || !world.proc.isLive } ?? false
  }

  /// Only the journal tells boots from each other.
  func restricted(
    _ sources: LogSources, in world: borrowing World
  ) throws(Failure) -> LogSources {
    guard isOtherBoot(in: world) else { return sources }
    let journal = sources.only(.journal)
    guard !journal.all.isEmpty else {
      throw Failure("there is no journal, and nothing else tells boots apart")
    }
    return journal
  }
}

extension TimeArgument {
  fileprivate func microseconds(by times: LogTimes) -> Int {
    microseconds(now: times.now, zone: times.zone)
  }
}

/// The number or the name of a container or a pod, or the beginning of the number.
struct OwnerName: ArgumentValue, Equatable {
  let text: String

  static let placeholder = "ID"
  static let expectation = "the beginning of a number as the container's tool shows it, or a name"

  init?(argument: String) {
    guard !argument.isEmpty, !argument.utf8.contains(UInt8(ascii: "/")) else { return nil }
    text = argument
  }
}

/// A boot, as journalctl(1) names it.
struct BootName: ArgumentValue, Equatable {
  let text: String

  static let placeholder = "BOOT"
  static let expectation =
    "0, how many boots ago as -1, or a boot's number of 32 hexadecimal digits"

  init?(argument: String) {
    let isNumber =
      argument.utf8.count == 32 && argument.utf8.allSatisfy { Character(.init($0)).isHexDigit }
    guard isNumber || Int(argument).map({ -10_000...0 ~= $0 }) == true else { return nil }
    text = argument
  }

  /// True for the running boot.
  var isPresent: Bool { Int(text) == 0 && text.utf8.count < 32 }
}
