import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("The memory of a captured machine")
struct CapturedMemoryTests {
  private func memory(_ machine: CapturedMachine) throws -> Run {
    try machine.withRoot { run(["memory", "--json", "--root", $0]) }
  }

  @Test("that has one kind is never called low", arguments: try CapturedMachine.all)
  func oneKind(machine: CapturedMachine) throws {
    let run = try memory(machine)
    #expect(run.status == .done)
    guard !machine.name.hasPrefix("i386") else { return }
    #expect(try run.json["low"] == nil)
    #expect(!run.output.contains("low memory"))
  }

  @Test("adds up to what its zones hand out", arguments: try CapturedMachine.all)
  func sums(machine: CapturedMachine) throws {
    let json = try memory(machine).json
    let zones = try json["zones"].elements.map { try $0["total_bytes"].integer }
    #expect(try zones.reduce(0, +) == json["total"]["total_bytes"].integer)
  }

  @Test("has blocks that add up to what is free, but for what processors hold")
  func blocks() throws {
    for machine in try CapturedMachine.all {
      for zone in try memory(machine).json["zones"].elements {
        let blocks = try zone["free_blocks"].elements.map { try $0.integer }
        let pages = blocks.enumerated().reduce(0) { $0 + $1.element << $1.offset }
        let free = try zone["free_bytes"].integer / machine.expected["page_size"].integer
        // Both files were read one after the other.
        #expect(abs(pages - free) <= 64, "\(machine.name)")
      }
    }
  }

  @Test(
    "whose low memory ran out is found short, as its kernel said when it killed",
    arguments: try CapturedMachine.all.filter { $0.name.hasSuffix("-lowmem") })
  func lowMemory(machine: CapturedMachine) throws {
    let json = try memory(machine).json
    let finding = try #require(try json["findings"].elements.first)
    #expect(try finding["id"] == "low_memory_short")
    #expect(try finding["text"].string.hasPrefix("low memory is short ("))

    // `Normal free:41572kB boost:0kB min:41588kB low:51984kB …`
    let log = try machine.withRoot { try text(at: "\($0)/dmesg.txt") }
    let words = try #require(
      log.split(separator: "\n").first { $0.contains("] Normal free:") }
    ).split(separator: " ")
    let kernel = Dictionary(
      words.compactMap { word -> (String, Int)? in
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts[1].hasSuffix("kB") else { return nil }
        return Int(parts[1].dropLast(2)).map { (String(parts[0]), $0) }
      }
    ) { first, _ in first }
    let zone = try #require(try json["zones"].elements.first { try $0["name"] == "Normal" })
    for mark in ["min", "low", "high"] {
      let expected = try #require(kernel[mark]) * 1024
      #expect(try zone["\(mark)_bytes"].integer == expected)
    }
    let (free, minimum) = try (#require(kernel["free"]), #require(kernel["min"]))
    #expect(free < minimum)
  }
}
