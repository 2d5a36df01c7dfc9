import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("In a captured container with a limit")
struct ContainerScreenTests {
  @Test("the group is the first answer of each command", arguments: CapturedContainer.all)
  func screens(container: CapturedContainer) throws {
    let tree = try container.tree()
    var screens = ""
    for words in [
      [], ["rank", "-n", "3"], ["predict"], ["predict", "--system"], ["doctor"], ["memory"],
      ["list"], ["history"],
    ] {
      let result = run(words, on: tree)
      screens +=
        "$ \((["oomctl"] + words).joined(separator: " "))\n\(result.errors)\(result.output)\n"
    }
    screens = screens.split(separator: tree.path, omittingEmptySubsequences: false)
      .joined(separator: "ROOT")
    #expect(
      try screens == expectedText("container-\(container.name).txt", recording: screens))
  }

  @Test("the same group is asked by all", arguments: CapturedContainer.all)
  func group(container: CapturedContainer) throws {
    let tree = try container.tree()
    for words in [[], ["rank"], ["doctor"], ["memory"]] {
      let group = try run(words + ["--json"], on: tree).json["group"]
      #expect(try group["path"].string.hasPrefix(container.group))
      #expect(try group["limit_bytes"] == 52_428_800)
      #expect(try group["oom_kills"] == 1)
    }
    let prediction = try run(["predict", "--json"], on: tree).json
    #expect(try prediction["domain"]["kind"] == "memcg")
    #expect(try prediction["domain"]["total_pages"] == 12_800)
    #expect(try prediction["kills"].elements.first?["victim"]["name"] == .text(container.victim))
    #expect(try prediction["host"]["all_seen"] == false)
    #expect(try prediction["host"]["kills"].elements.count == 1)
    let rows = try run(["rank", "--json"], on: tree).processes
    #expect(try rows.first?["name"] == .text(container.victim))
    let metrics = run(["metrics"], on: tree).output
    #expect(metrics.contains("oomctl_container_limit_bytes{cgroup=\"\(container.group)"))
    #expect(!metrics.contains("oomctl_next_victim_info"))
  }

  @Test("--for finds it", arguments: CapturedContainer.all)
  func member(container: CapturedContainer) throws {
    let prediction = try run(["predict", "--for", "1", "--json"], on: container.tree())
    #expect(prediction.errors.contains("outside this PID namespace"))
    #expect(try prediction.json["domain"]["path"].string.hasPrefix(container.group))
  }

  @Test("explain ranks in it")
  func explain() throws {
    let tree = try CapturedContainer.all[0].tree()
    #expect(
      run(["explain", "tail"], on: tree).lines.first?.hasPrefix(
        "tail[4]   rank 1 of 4 in /, dies first") ?? false)
  }
}
