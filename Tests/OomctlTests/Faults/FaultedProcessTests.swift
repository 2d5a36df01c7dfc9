import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite(
  "A change of live processes of which one call fails",
  .enabled(if: Executable.canBeTraced, "strace is installed, and may trace"))
struct FaultedProcessTests {
  private static let calls = Fault.opening + Fault.reading + Fault.writing

  @Test(
    "is done, or told to have failed, and can be undone",
    .enabled(if: Executable.canUnshare && Executable.canMount, "a PID namespace can be made"),
    arguments: [
      (["adjust", "-n", "500"], "A"), (["adjust", "-n", "500"], "A B"),
      (["adjust", "--by", "+100"], "A"), (["adjust", "-n", "500"], "--match NAME"),
      (["undo"], ""), (["undo", "--all"], ""),
    ])
  func change(words: [String], targets: String) throws {
    let world = try SmallWorld()
    defer { world.stop() }
    let ids = world.ids
    let injector = try world.injector
    let start = try world.values
    // Something that is there before, for each journal to lose.
    try #require(try injector.run(["adjust", "-n", "300", ids[2]]).status == 0)
    if words[0] == "undo" {
      try #require(try injector.run(["adjust", "-n", "500", ids[0]]).status == 0)
    }
    let before = try world.values
    let kept = try bytes(at: world.journal)

    let operands = targets.split(separator: " ").map { word in
      switch word {
      case "A": ids[0]
      case "B": ids[1]
      case "NAME": "^\(world.name) "
      default: String(word)
      }
    }
    let (faultless, made) = try injector.trace(words + operands, Self.calls)
    try #require(faultless.status == 0, "\(faultless.errors)")
    let done = try world.values
    try #require(done != before)
    _ = try injector.run(["undo", "--all"])
    try #require(try world.values == start)

    let trial = FaultTrial(
      name: "live: \((words + [targets]).joined(separator: " "))", injector: injector,
      words: words + operands, calls: Self.calls)
    try trial.run(
      made: made,
      prepare: {
        try write(kept, to: world.journal)
        try world.setValues(before)
      },
      judge: { outcome, fault in
        let found = try world.values
        let told = "status \(outcome.status), '\(outcome.firstError)'"
        if outcome.status == 0 && found != done { return "status 0, but \(found), not \(done)" }
        if fault.mustBeRetried && (found != done || outcome.status != 0) {
          return "isn't tried again: \(told); \(found)"
        }
        if outcome.status != 0 && outcome.errors.isEmpty { return "no word why; \(told)" }
        for value in zip(found, zip(before, done))
        where value.0 != value.1.0 && value.0 != value.1.1 {
          return "\(found), not \(before) or \(done); \(told)"
        }
        _ = try injector.run(["undo", "--all"])
        let undone = try world.values
        var wanted = start
        if outcome.errors.contains("can't be undone") {
          for index in wanted.indices where before[index] != found[index] {
            wanted[index] = found[index]
          }
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
}
