import Testing

@testable import LogSources

@Suite("A call of journalctl")
struct JournalCommandTests {
  @Test(
    "asks for a part of the journal, or for all of it",
    arguments: [
      (JournalCommand(), false, []), (JournalCommand(since: 5), true, ["--since=@5"]),
      (JournalCommand(boot: "-1"), true, ["--boot=-1"]),
      (JournalCommand(since: 5, boot: "-1"), true, ["--since=@5", "--boot=-1"]),
      (JournalCommand(since: 5, boot: "-1", mustKnowBoot: true), true, ["--boot=-1"]),
      (JournalCommand(follows: true), false, ["--follow", "--lines=0"]),
    ] as [(JournalCommand, Bool, [String])])
  func parts(command: JournalCommand, isNarrowed: Bool, words: [String]) {
    #expect(command.isNarrowed == isNarrowed)
    #expect(command.words.prefix(4) == ["journalctl", "--quiet", "--no-pager", "--output=export"])
    #expect(command.words.dropFirst(4).prefix { $0.hasPrefix("--") } == words[...])
    #expect(command.words.contains("_TRANSPORT=kernel"))
  }
}
