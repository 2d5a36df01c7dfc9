import Configuration
import Testing

@Suite("A rules file")
struct GuardRulesTests {
  @Test(
    "has a rule a line",
    arguments: [
      ("nginx=-500", "bare:nginx", -500),
      ("nginx = -500", "bare:nginx", -500),
      ("nginx -500", "bare:nginx", -500),
      ("\t nginx\t=\t-500 \t", "bare:nginx", -500),
      ("nginx = +500", "bare:nginx", 500),
      ("17 = 0", "bare:17", 0),
      ("17:4026531836 = 1000", "bare:17:4026531836", 1000),
      ("Web Content = 300", "bare:Web Content", 300),
      ("name:Web Content = 300", "name:Web Content", 300),
      ("name: Web Content = 300", "name:Web Content", 300),
      ("name:sshd: bob = 300", "name:sshd: bob", 300),
      ("kworker/0:1 = 5", "bare:kworker/0:1", 5),
      ("exe:/usr/bin/a b = -1000", "exe:/usr/bin/a b", -1000),
      ("user:bob 7", "user:bob", 7),
      ("cgroup:/user.slice=7", "cgroup:/user.slice", 7),
      ("unit:nginx.service=-7", "unit:nginx.service", -7),
      ("parent:1 = 7", "parent:1", 7),
      ("a==5", "bare:a=", 5),
      ("c# = 5", "bare:c#", 5),
      ("C #1 = 5", "bare:C #1", 5),
      ("match:--size=5 = 6", "match:--size=5", 6),
      ("match:java -jar x.jar 5", "match:java -jar x.jar", 5),
      ("größe = 5", "bare:größe", 5),
      ("=\u{301}x = 5", "bare:=\u{301}x", 5),
    ])
  func oneSelector(line: String, selector: String, adjustment: Int) {
    let (rules, problems) = parse(line)
    #expect(problems.isEmpty)
    #expect(rules.rules.map(\.adjustment) == [adjustment])
    #expect(rules.rules.first?.selectors.map { "\($0.kind.rawValue):\($0.text)" } == [selector])
  }

  @Test(
    "may ask for several things on a line",
    arguments: [
      ("nginx user:www = 5", ["1 bare nginx", "7 user www"]),
      (
        "  user:www  name:Web Content\tparent:1 5",
        ["3 user www", "13 name Web Content", "30 parent 1"]
      ),
      ("é user:b = 5", ["1 bare é", "3 user b"]),
      ("user:b match:x user:c = 5", ["1 user b", "8 match x user:c"]),
      ("match:user:x name:y = 5", ["1 match user:x name:y"]),
      ("name:xuser:b = 5", ["1 name xuser:b"]),
      ("cgroup:/a cgroup:/b = 5", ["1 cgroup /a", "11 cgroup /b"]),
    ])
  func severalSelectors(line: String, selectors: [String]) {
    let (rules, problems) = parse(line)
    #expect(problems.isEmpty)
    #expect(
      rules.rules.first?.selectors.map { "\($0.column) \($0.kind.rawValue) \($0.text)" }
        == selectors)
  }

  @Test(
    "keeps the numbers of its lines",
    arguments: [
      "# a\n\na = 1\n  # b\n \t\nb = 2\n", "# a\r\n\r\na = 1\r\n  # b\r\n \t\r\nb = 2\r\n",
      "# a\n\na = 1\n#b = 3\n\nb = 2", "\u{feff}# a\n\na=1\r\n#\n\nb 2\r",
    ])
  func lines(text: String) {
    let (rules, problems) = parse(text)
    #expect(problems.isEmpty)
    #expect(rules.rules.map(\.line) == [3, 6])
    #expect(rules.rules.map(\.adjustment) == [1, 2])
  }

  @Test("may be empty", arguments: ["", "\n", "\r\n", "\n\n", "#", "\u{feff}", " "])
  func empty(text: String) {
    let (rules, problems) = parse(text)
    #expect(rules.rules.isEmpty && problems.isEmpty)
  }

  @Test("names all that is wrong in it, and keeps the rest")
  func allProblems() {
    let (rules, problems) = parse("a = x\nb = 5\n\ncolor:red = 5\nc = 6\nd")
    #expect(rules.rules.map(\.line) == [2, 5])
    #expect(problems.map(\.line) == [1, 4, 6])
  }
}

/// Reads a rules file.
func parse(_ text: String) -> (rules: GuardRules, problems: [ConfigurationError]) {
  GuardRules.parse(Array(text.utf8))
}
