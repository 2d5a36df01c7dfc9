import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("Of a captured machine")
struct MachineOptionsTests {
  @Test("the page size follows from its files", arguments: [4096, 16_384, 65_536])
  func impliedPageSize(size: Int) throws {
    let machine = FixtureMachine.server.with { $0.pageSize = size }
    let json = try run(["explain", "java", "--json"], on: machine.tree()).explanation
    #expect(try json["page_size_bytes"].integer == size)
    #expect(try json["total_pages"] == 1_310_720)
    #expect(try json["agrees"] == true)
  }

  @Test("the page size is unknown where nothing implies it, and can be given")
  func givenPageSize() throws {
    let tree = try FixtureMachine.server.tree()
    for process in FixtureMachine.server.processes { tree.remove("proc/\(process.id)/statm") }
    #expect(try run(["explain", "java", "--json"], on: tree).explanation["page_size_bytes"] == nil)
    for (word, pages) in [("4096", 1_310_720), ("4K", 1_310_720), ("16KiB", 327_680)] {
      let words = ["explain", "java", "--json", "--page-size", word]
      #expect(try run(words, on: tree).explanation["total_pages"].integer == pages)
    }
  }

  @Test(
    "the word size follows from its files, and can be given",
    arguments: [
      ("34359738367", [] as [String], 1135), ("1015800", [], 464),
      ("34359738367", ["--word-size", "32"], 464), ("1015800", ["--word-size", "64"], 1135),
    ])
  func wordSize(vmallocTotal: String, words: [String], score: Int) throws {
    let machine = FixtureMachine(
      ram: 4_000_000,
      processes: [
        .kernelThread(2, "kthreadd"), FixtureProcess(50, "huge", resident: 3_000_000),
      ],
      files: [
        "proc/meminfo": .init(
          stringLiteral: "MemTotal: 16000000 kB\nSwapTotal: 1048576 kB\n"
            + "VmallocTotal: \(vmallocTotal) kB\n")
      ])
    // 3 000 000 x 1000 is more than 31 bits hold.
    let list = try run(["list", "50", "--json"] + words, on: machine.tree())
    #expect(try list.processes.first?["predicted_oom_score"].integer == score)
  }

  @Test(
    "the rule is its kernel's, another kernel's, or a named one",
    arguments: [
      ("6.1.0", [] as [String], "5.9"), ("5.4.0-150-generic", [], "4.17"),
      ("2.6.32-754.el6", [], "2.6.32"), ("6.1.0", ["--kernel", "3.2.0-4-amd64"], "3.2"),
      ("6.1.0", ["--rule", "3.14"], "3.14"),
      ("6.1.0", ["--kernel", "4.4", "--rule", "4.17"], "4.17"),
      ("8.0-rc1", [], "5.9"),
    ])
  func rule(kernel: String, words: [String], since: String) throws {
    let tree = try FixtureMachine.server.with { $0.kernel = kernel }.tree()
    let result = run(["explain", "java", "--json"] + words, on: tree)
    #expect(try result.explanation["rule"]["since"] == .text(since))
    #expect(try result.json["kernel"] == .text(words.first == "--kernel" ? words[1] : kernel))
  }

  @Test(
    "options may stand before the command",
    arguments: [["--json", "list"], ["--kernel", "6.1", "--json", "list"]])
  func leadingOptions(words: [String]) throws {
    let result = try run(words + ["java"], on: FixtureMachine.server.tree())
    #expect(try result.numbers == [1200])
  }
}
