package import Rendering

/// The result of a command, ready to be shown to people or to programs.
package protocol CommandReport {
  /// True where all processes could be seen.
  var isComplete: Bool { get }
  /// Failures on the way, and facts that the reader should know; they go to the error stream.
  var remarks: [Remark] { get }
  var status: ExitStatus { get }
  /// True where it is about the machine that the program looks at, whose kernel is named then.
  var isOfThisMachine: Bool { get }

  func writeText(to text: inout Text, on page: Page)
  /// The members that follow `oomctl`, `kernel` and `complete`.
  func writeMembers(to json: inout JSONWriter)
}

extension CommandReport {
  package var isComplete: Bool { true }
  package var isOfThisMachine: Bool { true }
  package var remarks: [Remark] { [] }
  /// An error among the remarks means that something asked for could not be done.
  package var status: ExitStatus { remarks.contains(where: \.isError) ? .failed : .done }
}

/// A line on the error stream.
package struct Remark: Equatable {
  package var text: String
  package var advice: String?
  /// True where something asked for could not be done; only mere remarks fall silent with `-q`.
  package var isError: Bool

  package init(text: String, advice: String? = nil, isError: Bool) {
    self.text = text
    self.advice = advice
    self.isError = isError
  }

  package static func error(_ text: String, advice: String? = nil) -> Remark {
    Remark(text: text, advice: advice, isError: true)
  }

  package static func note(_ text: String) -> Remark { Remark(text: text, isError: false) }
}

/// The style in which text is shown.
package struct Page {
  /// Of the terminal; `nil` when there is none, and lines may be as long as they like.
  package var width: Int?
  package var emphasis: Emphasis
  package var sizes: SizeStyle
  package var hasHeadings: Bool
  package var isQuiet: Bool
  var usesBlocks: Bool

  package init(_ options: CommonOptions, in environment: Environment) {
    width = environment.terminalWidth
    emphasis = options.emphasis(in: environment)
    sizes = options.sizes
    hasHeadings = options.hasHeadings
    isQuiet = options.isQuiet
    usesBlocks = environment.usesBlocks
  }

  /// For running text.
  package var textWidth: Int { min(width ?? 80, 100) }

  /// True where lines below a table are wanted.
  package var hasRemarks: Bool { hasHeadings && !isQuiet }

  package func bar(width: Int) -> Bar { Bar(width: width, usesBlocks: usesBlocks) }
}
