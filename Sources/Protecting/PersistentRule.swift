import Configuration
import Core
import ProcFS
import Processes

/// The reason why no rule can mean a process, and advice.
struct RuleProblem: Error {
  let reason: String
  var advice: String?
}

/// A rule by which the guard recognizes a process when it starts anew, and that no other user's
/// process can match: its user always, the unit or memory cgroup where it has a lasting one, and
/// its program.
///
/// A process's own words, its name and its command line, are the last resort: any process may use
/// them, and they change with the next option.
struct PersistentRule {
  let text: String

  init(
    for target: ScoredProcess, isMain: Bool, _ users: Users, in world: borrowing World
  ) throws(RuleProblem) {
    let record = target.record
    guard !record.isInContainer else {
      throw RuleProblem(
        reason: "runs in a container, which has another name at each start",
        advice: "Let its runtime set the value, as docker run --oom-score-adj does.")
    }
    let user = try Self.user(of: record, users)
    // Not every name of a unit can be said in a rule.
    for place in [record.lastingPlace, nil] {
      let program = try Self.program(of: record, isAlone: place != nil && isMain, in: world)
      let text = ([place, user].compactMap { $0 } + program).joined(separator: " ")
      if let meaning = Persistence.selection(of: text, users, in: world), meaning.means(record) {
        self.text = text
        return
      }
    }
    throw RuleProblem(
      reason: "no rule can say what it is called", advice: "Give it a unit of systemd's.")
  }

  /// The selectors that tell it from others of its user's, with the match last: that takes the
  /// whole rest of the line.
  private static func program(
    of record: ProcessSnapshot, isAlone: Bool, in world: borrowing World
  ) throws(RuleProblem) -> [String] {
    // A unit's main process needs no more than the unit's name; a guest in one does.
    if record.isInterpreter { return isAlone ? [] : try script(of: record) }
    if let program = try program(of: record, in: world) { return [program] }
    return record.name.map { ["name:\($0)"] } ?? []
  }

  private static func user(of record: ProcessSnapshot, _ users: Users) throws(RuleProblem) -> String
  {
    let status = record.status
    guard let id = status?.effectiveUserID else {
      throw RuleProblem(reason: "its user can't be read", advice: "Try again.")
    }
    guard status?.realUserID == id, status?.savedUserID ?? id == id else {
      throw RuleProblem(
        reason: "was started by another user than it runs as, and any user could start one like it")
    }
    return "user:\(users.name(of: id))"
  }

  /// By its path, if that leads to the very file that runs.
  private static func program(
    of record: ProcessSnapshot, in world: borrowing World
  ) throws(RuleProblem) -> String? {
    guard let path = record.program else { return nil }
    let file = ProgramFile(path, in: world)
    guard file.isRun(by: record) || file.wasRun(by: record) else {
      throw RuleProblem(
        reason: "\(path) isn't the file that it runs: it has mounts of its own",
        advice: "Let whatever started it set the value.")
    }
    if world.isThisMachine, FileIdentity.isSetUserID(path) {
      throw RuleProblem(reason: "\(path) is set-user-ID: any user can start one")
    }
    return "exe:\(path)"
  }

  /// The program that an interpreter was given, without the options around it.
  private static func script(of record: ProcessSnapshot) throws(RuleProblem) -> [String] {
    guard let program = record.program, let words = record.scriptWords else {
      throw RuleProblem(
        reason: "its program is an interpreter, and no rule can tell it from others",
        advice: "Give it a unit of systemd's, and protect that.")
    }
    return ["exe:\(program)", "match:(^| )\(words.asExpression)( |$)"]
  }
}

extension ProcessSnapshot {
  /// A unit, or else a memory cgroup, that will be called so again at its next start.
  var lastingPlace: String? {
    if let unit, unit.system != nil {
      if let user = unit.user, user.isLastingService { return "unit:\(user)" }
      if unit.user == nil, let system = unit.system, system.isLastingService,
        !SecureShell.isUnit(system)
      {
        return "unit:\(system)"
      }
      return nil
    }
    guard let path = cgroups?.memory?.path, path != "/", !isInContainer else { return nil }
    return "cgroup:\(path)"
  }

  /// True where a runtime of containers has put it into a group of its own, by an identifier.
  var isInContainer: Bool {
    (cgroups?.memory?.path ?? "").split(separator: "/").contains { component in
      let name = component.split(separator: ".").first ?? component
      let identifier = name.split(separator: "-").last ?? name
      let isHexadecimal = identifier.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      }
      return ["docker", "lxc", "libpod_parent", "kubepods"].contains(String(name))
        || identifier.utf8.count >= 32 && isHexadecimal
    }
  }

  /// True where its program runs others' programs, so that many processes have it.
  var isInterpreter: Bool {
    guard let file = program?.split(separator: "/").last else { return false }
    let name = file.prefix { !$0.isNumber && $0 != "." && $0 != "-" }
    return [
      "sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "busybox", "python", "perl", "ruby",
      "node", "nodejs", "java", "php", "lua", "tclsh", "guile", "mono", "dotnet", "beam",
    ].contains(String(name))
  }

  /// The program that an interpreter runs, as `/srv/app/main.py`, `-m http.server` or `-jar
  /// shop.jar`; `nil` where its command line doesn't say.
  var scriptWords: String? {
    let words = (commandLine?.words ?? []).dropFirst()
    if let option = words.firstIndex(where: { ["-jar", "-m"].contains($0) }),
      words.index(after: option) < words.endIndex
    {
      return "\(words[option]) \(words[words.index(after: option)])"
    }
    // Code from the command line itself has no name.
    guard let first = words.first(where: { !$0.hasPrefix("-") }), !words.contains("-c"),
      !words.contains("-e")
    else { return nil }
    return first
  }
}

extension String {
  /// True for a service that wasn't made up by a program for one start.
  fileprivate var isLastingService: Bool { hasSuffix(".service") && !hasPrefix("run-") }

  /// An extended regular expression that means just this text.
  fileprivate var asExpression: String {
    var text = ""
    for scalar in unicodeScalars {
      if ".[]()*+?{}|^$\\".unicodeScalars.contains(scalar) { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
