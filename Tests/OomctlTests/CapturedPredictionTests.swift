import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("Before memory runs out on a captured machine")
struct CapturedPredictionTests {
  /// What the machine is asked, so that the domain is the one that was short.
  private func words(_ expected: JSON) throws -> [String] {
    let words = ["predict", "--json", "-n", "50"]
    guard let report = try expected["oom_reports"].elements.first else { return words }
    if try report["constraint"] == "CONSTRAINT_MEMCG" {
      return try words + ["--in", report["memcg"].string]
    }
    return try report["constraint"] == "CONSTRAINT_CPUSET" ? words + ["--cpuset", "1"] : words
  }

  private func prediction(_ machine: CapturedMachine) throws -> Run {
    try machine.withRoot { run(try words(machine.expected) + ["--root", $0]) }
  }

  @Test(
    "the victims are foretold in the order in which the kernel killed them",
    arguments: try CapturedMachine.all)
  func victims(machine: CapturedMachine) throws {
    let expected = try machine.expected
    let kills = try prediction(machine).json["kills"].elements
    let victims = try expected["victims"].elements
    guard try expected["scenario"] != "sysrq" else {
      let foretold = try kills.prefix(victims.count).map { try $0["victim"]["pid"] }
      #expect(try foretold == victims.map { try $0["pid"] })
      return
    }
    // Somebody who isn't in the picture ate the memory, and may have died himself.
    let snapshot = try expected["processes"].members.map(\.key)
    let known = try victims.map { try "\($0["pid"].integer)" }.filter(snapshot.contains)
    let foretold = try kills.flatMap { kill in
      try [kill["victim"]] + kill["also_killed"].elements
    }.map { try "\($0["pid"].integer)" }
    #expect(foretold.filter(known.contains) == known)
  }

  @Test("what isn't a search for the worst is foretold", arguments: try CapturedMachine.all)
  func outcomes(machine: CapturedMachine) throws {
    let expected = try machine.expected
    let json = try prediction(machine).json
    let scenario = try expected["panic"] == nil ? nil : expected["panic"].string
    switch scenario {
    case .some(let words) where words.hasSuffix("panic_on_oom is enabled"):
      #expect(try json["outcome"] == "panic")
    case .some(let words) where words.hasPrefix("System is deadlocked"):
      #expect(try json["outcome"] == "nobody")
    default:
      let isAllocating = machine.name.hasSuffix("-allocating")
      #expect(try json["outcome"] == (isAllocating ? "allocating_task" : "kill"))
    }
  }

  @Test("what is counted as memory is what the kernel counts", arguments: try CapturedMachine.all)
  func totals(machine: CapturedMachine) throws {
    let expected = try machine.expected
    let domain = try prediction(machine).json["domain"]
    switch try domain["kind"] {
    case "system": #expect(try domain["total_pages"] == expected["total_pages"])
    case "memcg": #expect(try domain["path"] == expected["oom_reports"].elements[0]["memcg"])
    default: #expect(try domain["kind"] == "nodes")
    }
  }
}
