import Arguments
import TestSupport
import Testing

@Suite("From its description a tool")
struct GeneratorTests {
  @Test("tells about itself")
  func overview() throws {
    let text = HelpPage(sample.info).overview
    #expect(try text == expectedText("help.txt", recording: text))
  }

  @Test("tells about each command", arguments: ["rank", "adjust", "run", "generate"])
  func commands(name: String) throws {
    let info = try #require(sample.info.commands.first { $0.name == name })
    let text = HelpPage(sample.info).page(of: info)
    #expect(try text == expectedText("help-\(name).txt", recording: text))
  }

  @Test("keeps its help within the width", arguments: [40, 60, 80, 132])
  func width(width: Int) {
    let page = HelpPage(sample.info, width: width).page(of: CommandInfo(Rank.self))
    let prose = page.split(separator: "\n").filter { !$0.contains("sample rank") }
    #expect(prose.allSatisfy { $0.count <= width })
    #expect(!page.split(separator: "\n").contains { $0.last == " " })
  }

  @Test("survives a page without width", arguments: [0, -1, 1])
  func narrow(width: Int) {
    #expect(HelpPage(sample.info, width: width).overview.contains("rank"))
  }

  @Test("writes its manual")
  func manual() throws {
    let text = ManualPage(sample.info, date: "November 21, 2025").text
    #expect(try text == expectedText("sample.8", recording: text))
  }

  @Test("writes completions for bash")
  func bash() throws {
    let text = BashCompletion(sample.info).text
    #expect(try text == expectedText("sample.bash", recording: text))
  }

  @Test("writes completions for zsh")
  func zsh() throws {
    let text = ZshCompletion(sample.info).text
    #expect(try text == expectedText("sample.zsh", recording: text))
  }

  @Test("writes completions for fish")
  func fish() throws {
    let text = FishCompletion(sample.info).text
    #expect(try text == expectedText("sample.fish", recording: text))
  }
}
