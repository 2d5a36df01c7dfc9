import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("On a captured machine")
struct FixtureMachineTests {
  @Test("each score is the kernel's", arguments: try CapturedMachine.all)
  func scores(machine: CapturedMachine) throws {
    let expected = try machine.expected["processes"].members
    let list = try machine.withRoot { run(["list", "--json", "--root", $0]) }
    #expect(list.errors.isEmpty)
    #expect(list.status == .done)
    let shown = try list.processes
    #expect(try list.numbers == expected.compactMap { Int($0.key) }.sorted())
    for (key, process) in zip(expected.map(\.key), expected.map(\.value)) {
      let row = try #require(try shown.first { try $0["pid"] == .number(key) })
      #expect(try row["name"] == process["comm"])
      #expect(try row["oom_score"] == process["oom_score"], "\(key)")
      #expect(try row["predicted_oom_score"] == process["oom_score"], "\(key)")
      #expect(try row["oom_score_adj"] == process["oom_score_adj"], "\(key)")
      let isKernelThread = try process["kernel_thread"] == true
      #expect(try (row["unkillable"] == "kernel_thread") == isKernelThread, "\(key)")
    }
  }

  @Test("each score is explained to the page", arguments: try CapturedMachine.all)
  func explanations(machine: CapturedMachine) throws {
    let expected = try machine.expected
    let words = try ["explain", "--json"] + expected["processes"].members.map(\.key)
    let explained = try machine.withRoot { run(words + ["--root", $0]) }
    #expect(explained.errors.isEmpty)
    let explanations = try explained.json["explanations"].elements
    #expect(try explanations.count == expected["processes"].members.count)
    for explanation in explanations {
      #expect(try explanation["agrees"] == true)
      #expect(try explanation["page_size_bytes"] == expected["page_size"])
      #expect(try explanation["total_pages"] == expected["total_pages"])
      let pages = try explanation["terms"].elements.map { try $0["pages"].integer }
      let isEligible = try explanation["unkillable"] == nil
      #expect(try explanation["badness"] == (isEligible ? .number("\(pages.reduce(0, +))") : nil))
    }
  }

  @Test("the ranking is by score, without kernel threads", arguments: try CapturedMachine.all)
  func ranking(machine: CapturedMachine) throws {
    let processes = try machine.expected["processes"].members.map(\.value)
    let scores = try processes.filter { try $0["oom_score"] != 0 }.map {
      try $0["oom_score"].integer
    }
    let rank = try machine.withRoot { run(["rank", "-n", "99", "--json", "--root", $0]) }
    #expect(try rank.processes.map { try $0["oom_score"].integer } == scores.sorted(by: >))
    #expect(try rank.processes.map { try $0["rank"].integer } == scores.indices.map { $0 + 1 })
  }

  @Test("the first two numbers of the kernel say it all", arguments: try CapturedMachine.all)
  func sameEra(machine: CapturedMachine) throws {
    try machine.withRoot { root in
      let own = run(["list", "--json", "--root", root])
      let release = try own.json["kernel"].string.split(separator: ".").prefix(2).joined(
        separator: ".")
      let other = run(["list", "--json", "--root", root, "--kernel", release])
      #expect(try own.processes == other.processes)
      #expect(try other.json["kernel"] == .text(release))
    }
  }
}
