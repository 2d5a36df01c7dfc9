import Arguments
import Testing

@Suite("From its description a tool")
struct GeneratorTests {
  @Test("tells about itself")
  func overview() {
    let text = HelpPage(sample.info).overview
    #expect(text == expectedText("help.txt", recording: text))
  }

  @Test("tells about each command", arguments: ["rank", "adjust", "run", "generate"])
  func commands(name: String) throws {
    let info = try #require(sample.info.commands.first { $0.name == name })
    let text = HelpPage(sample.info).page(of: info)
    #expect(text == expectedText("help-\(name).txt", recording: text))
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
  func manual() {
    let text = ManualPage(sample.info, date: "November 21, 2025").text
    #expect(text == expectedText("sample.8", recording: text))
  }

  @Test("writes completions for bash")
  func bash() {
    let text = BashCompletion(sample.info).text
    #expect(text == expectedText("sample.bash", recording: text))
  }

  @Test("writes completions for zsh")
  func zsh() {
    let text = ZshCompletion(sample.info).text
    #expect(text == expectedText("sample.zsh", recording: text))
  }

  @Test("writes completions for fish")
  func fish() {
    let text = FishCompletion(sample.info).text
    #expect(text == expectedText("sample.fish", recording: text))
  }
}
