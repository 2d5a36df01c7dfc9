import Glibc
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "A change of live processes of which one call fails",
  .enabled(
    if: Executable.canBeTraced && Executable.canRunApart, "strace is installed, and may trace"))
struct FaultedProcessTests {
  private static let calls = Fault.opening + Fault.reading + Fault.writing

  /// Without a trace in the machine's own journal.
  private func apart(_ tree: FixtureTree) throws -> FaultInjector {
    guard geteuid() == 0, let unshare = Executable.tool("unshare") else {
      return try FaultInjector(prefix: ["/usr/bin/env", "XDG_STATE_HOME=\(tree.path)"])
    }
    let script = "mount --bind '\(tree.path)' /var/lib && exec \"$0\" \"$@\""
    return try FaultInjector(prefix: [unshare, "-m", "/bin/sh", "-c", script])
  }

  @Test(
    "is done, or told to have failed, and can be undone",
    arguments: [
      (["adjust", "-n", "500"], "A"), (["adjust", "-n", "500"], "A B"),
      (["adjust", "--by", "+100"], "A"), (["adjust", "-n", "500"], "--match NAME"),
      (["undo"], ""), (["undo", "--all"], ""),
    ])
  func change(words: [String], targets: String) throws {
    let tree = try FixtureTree()
    let name = "oomctl-fault-\(getpid())-\(words.count)-\(targets.utf8.count)"
    try tree.add(.link("/bin/sleep"), at: name)
    let children = try [Child(), Child()]
    let named = try Spawned("/bin/sleep", ["1000"], name: name)
    defer { named.stop() }
    let ids = children.map { "\($0.id)" } + ["\(named.id)"]
    let isUndo = words[0] == "undo"
    let injector = try apart(tree)
    let journal = "\(tree.path)/oomctl/journal"

    let start = try values(ids)
    // Something that is there before, for each journal to lose.
    try #require(try injector.run(["adjust", "-n", "300", ids[2]]).status == 0)
    if isUndo { try #require(try injector.run(["adjust", "-n", "500", ids[0]]).status == 0) }
    let before = try values(ids)
    let kept = try bytes(at: journal)

    let operands = targets.split(separator: " ").map { word in
      word == "A" ? ids[0] : word == "B" ? ids[1] : word == "NAME" ? "^\(name)" : String(word)
    }
    let (faultless, made) = try injector.trace(words + operands, Self.calls)
    try #require(faultless.status == 0, "\(faultless.errors)")
    let done = try values(ids)
    try #require(done != before)
    _ = try injector.run(["undo", "--all"])
    try #require(try values(ids) == start)

    let trial = FaultTrial(
      name: "live: \((words + [targets]).joined(separator: " "))", injector: injector,
      words: words + operands, calls: Self.calls)
    try trial.run(
      made: made,
      prepare: {
        try write(kept, to: journal)
        for (id, value) in zip(ids, before) {
          try write(Array("\(value)".utf8), to: "/proc/\(id)/oom_score_adj")
        }
      },
      judge: { outcome, fault in
        let found = try values(ids)
        let told = "status \(outcome.status), '\(outcome.firstError)'"
        if outcome.status == 0 && found != done { return "status 0, but \(found), not \(done)" }
        if fault.mustBeRetried && (found != done || outcome.status != 0) {
          return "isn't tried again: \(told); \(found)"
        }
        if outcome.status != 0 && outcome.errors.isEmpty { return "no word why; \(told)" }
        for value in zip(found, zip(before, done)) where value.0 != value.1.0 && value.0 != value.1.1 {
          return "\(found), not \(before) or \(done); \(told)"
        }
        _ = try injector.run(["undo", "--all"])
        let undone = try values(ids)
        var wanted = start
        if outcome.errors.contains("can't be undone") {
          for index in wanted.indices where before[index] == start[index] { wanted[index] = found[index] }
        }
        return undone == wanted ? nil : "undo --all makes it \(undone), not \(wanted); \(told)"
      })
  }

  @Test("isn't made by halves: what is run has the value, or doesn't run")
  func run() throws {
    let words = ["run", "-n", "500", "--", "/bin/sh", "-c", "cat /proc/self/oom_score_adj"]
    let injector = try FaultInjector(endsAtExec: true)
    let (faultless, made) = try injector.trace(words, Self.calls)
    try #require(faultless.output == Array("500\n".utf8))
    let trial = FaultTrial(name: "live: run", injector: injector, words: words, calls: Self.calls)
    try trial.run(made: made) { outcome, fault in
      let told = "status \(outcome.status), '\(outcome.firstError)'"
      if outcome.output == faultless.output && outcome.status == 0 { return nil }
      if fault.mustBeRetried { return "isn't tried again: \(told)" }
      if !outcome.output.isEmpty || outcome.status == 0 {
        return "'\(String(decoding: outcome.output, as: UTF8.self).prefix(40))'; \(told)"
      }
      return outcome.errors.isEmpty ? "no word why; \(told)" : nil
    }
  }

  private func values(_ ids: [String]) throws -> [Int] {
    try ids.map { id in
      Int(try text(at: "/proc/\(id)/oom_score_adj").split(separator: "\n").joined()) ?? -9999
    }
  }
}
