/// A line of a rules file: which processes get which adjustment.
package struct GuardRule: Hashable, Sendable {
  /// Its number in the file, from 1.
  package let line: Int
  /// All of them must hold. There is at least one.
  package let selectors: [RuleSelector]
  /// From -1000 to 1000.
  package let adjustment: Int

  package init(line: Int, selectors: [RuleSelector], adjustment: Int) {
    self.line = line
    self.selectors = selectors
    self.adjustment = adjustment
  }
}

/// The rules that `oomctl guard` keeps, in the order of their file. The last that fits a process holds.
package struct GuardRules: Hashable, Sendable {
  /// The file of the guard's rules, unless the guard is given another one.
  package static let path = "/etc/oomctl/rules.conf"

  package let rules: [GuardRule]

  /// The most bytes that a file may have.
  package static let largestFile = 1 << 20
  /// The most bytes that a line may have.
  package static let longestLine = 4096
  /// The most rules that a file may have.
  package static let mostRules = 10_000

  package init(_ rules: [GuardRule]) {
    self.rules = rules
  }

  /// Reads a rules file, with all that is wrong in it. A wrong line is no rule. It is read as long as
  /// `goesOn` says so, which is asked at each line.
  package static func parse(
    _ bytes: [UInt8], while goesOn: () -> Bool = { true }
  ) -> (rules: Self, problems: [ConfigurationError]) {
    guard bytes.count <= largestFile else {
      let problem = "the file is longer than \(largestFile) bytes"
      return (Self([]), [ConfigurationError(line: 1, column: 1, problem: problem)])
    }
    var rules: [GuardRule] = []
    var problems: [ConfigurationError] = []
    for (index, bytes) in bytes[...].withoutByteOrderMark.lines.enumerated() {
      guard goesOn() else { break }
      let line = RuleLine(bytes, number: index + 1)
      do throws(ConfigurationError) {
        guard let rule = try line.rule() else { continue }
        // Wrong lines count as well, so that a file that is no rules file doesn't have a million
        // problems.
        if rules.count + problems.count == mostRules {
          throw line.error("the file has more than \(mostRules) rules")
        }
        rules.append(rule)
      } catch {
        problems.append(error)
        if problems.count + rules.count > mostRules { break }
      }
    }
    return (Self(rules), problems)
  }
}
