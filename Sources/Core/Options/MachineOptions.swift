import Arguments
package import Badness

/// The machine that is looked at, and the kernel whose rule is used.
package struct MachineOptions: Sendable {
  var rootName: PlainText?
  var kernelName: KernelName?
  var ruleName: RuleName?
  var pageSizeName: PageSizeName?
  var wordSizeName: WordSizeName?

  package init(
    rootName: PlainText? = nil, kernelName: KernelName? = nil, ruleName: RuleName? = nil,
    pageSizeName: PageSizeName? = nil, wordSizeName: WordSizeName? = nil
  ) {
    self.rootName = rootName
    self.kernelName = kernelName
    self.ruleName = ruleName
    self.pageSizeName = pageSizeName
    self.wordSizeName = wordSizeName
  }

  package var root: String? { rootName?.text }
  package var kernel: String? { kernelName?.release }
  package var rule: ScoringRule? { ruleName?.rule }
  package var pageSize: Int? { pageSizeName?.bytes }
  package var wordSize: WordSize? { wordSizeName.map { $0 == .bits32 ? .bits32 : .bits64 } }

  static let parameters: [Parameter<Self>] = [
    .option(
      "root", sets: \.rootName, placeholder: "DIR", group: machine,
      help: "Look at the machine whose proc, sys and etc lie in that folder."),
    .option(
      "kernel", sets: \.kernelName, group: machine,
      help: "Score as that kernel does; by default as the machine's own."),
    .option(
      "rule", sets: \.ruleName, group: machine,
      help:
        "Score by the rule that came with that kernel, for kernels with changes from later ones."),
    .option(
      "page-size", sets: \.pageSizeName, group: machine,
      help: "Size of a page of a captured machine, if the capture doesn't imply it."),
    .option(
      "word-size", sets: \.wordSizeName, group: machine,
      help: "Size of a long of a captured machine, if the capture doesn't imply it."),
  ]

  private static let machine = "Machine"
}

/// A kernel's release, as uname(1) prints it.
package struct KernelName: ArgumentValue {
  let release: String

  static let placeholder = "VERSION"
  static let expectation = "a kernel version from 2.4 on, as 6.1 or 5.10.0-32-amd64"

  init?(argument: String) {
    guard let version = KernelVersion(parsing: argument), ScoringRule.inForce(in: version) != nil
    else { return nil }
    release = argument
  }
}

/// The first kernel of an era of scoring.
package struct RuleName: ArgumentValue {
  let rule: ScoringRule

  static let placeholder = "ERA"
  static var expectation: String { "the first kernel of an era: " + eras.joined(separator: ", ") }
  static var completion: Completion { .choices(eras) }

  private static var eras: [String] { ScoringRule.history.map { "\($0.since)" } }

  init?(argument: String) {
    guard let rule = ScoringRule.named(argument) else { return nil }
    self.rule = rule
  }
}

/// Bytes in a page.
package struct PageSizeName: ArgumentValue {
  let bytes: Int

  static let placeholder = "SIZE"
  static let expectation = "a power of two from 1K to 1M, as 4096 or 64K"

  init?(argument: String) {
    guard let size = ByteCount(argument: argument), (1024...1 << 20).contains(size.bytes),
      size.bytes & (size.bytes - 1) == 0
    else { return nil }
    bytes = size.bytes
  }
}

package enum WordSizeName: String, CaseIterable, ArgumentValue {
  case bits32 = "32"
  case bits64 = "64"
}
