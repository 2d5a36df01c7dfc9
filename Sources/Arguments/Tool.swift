/// A program made of commands.
package struct Tool: Sendable {
  package let name: String
  package let version: @Sendable () -> String
  /// One line that ends with a full stop.
  package let summary: String
  package let discussion: [String]
  /// The command that runs when none is named; its options may come before any command's name.
  package let overview: any Command.Type
  package let commands: [any Command.Type]
  /// Sections of the manual that commands don't tell, such as FILES.
  package let sections: @Sendable () -> [ManualSection]
  /// Manual pages to read next, each as `proc(5)`.
  package let seeAlso: [String]

  package init(
    name: String, version: @autoclosure @escaping @Sendable () -> String, summary: String,
    discussion: [String] = [],
    overview: any Command.Type, commands: [any Command.Type],
    sections: @autoclosure @escaping @Sendable () -> [ManualSection] = [],
    seeAlso: [String] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.discussion = discussion
    self.overview = overview
    self.commands = commands
    self.sections = sections
    self.seeAlso = seeAlso
  }
}

/// A list of terms and what they mean, under a title such as `EXIT STATUS`.
package struct ManualSection: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package let term: String
    package let text: String

    package init(_ term: String, _ text: String) {
      self.term = term
      self.text = text
    }
  }

  package let title: String
  package let items: [Item]

  package init(_ title: String, _ items: [Item]) {
    self.title = title
    self.items = items
  }
}
