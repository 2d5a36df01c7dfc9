/// One page of section 8 for the whole tool, in mdoc(7).
package struct ManualPage {
  private let tool: ToolInfo
  private let date: String
  /// Options that several commands take just so: told once, under OPTIONS.
  private let shared: [ParameterInfo]

  /// - Parameter date: As mdoc writes it: `November 21, 2025`.
  package init(_ tool: ToolInfo, date: String) {
    self.tool = tool
    self.date = date
    shared = tool.uses.filter { $0.commands.count > 1 }.map(\.option)
  }

  package var text: String {
    let head = [".Dd \(date)", ".Dt \(tool.name.uppercased()) 8", ".Os"]
    let body = ordered.flatMap { [".Sh \($0.title)"] + $0.lines }
    return (head + body).joined(separator: "\n") + "\n"
  }

  private typealias Section = (title: String, lines: [String])

  /// The order that mdoc(7) asks for; sections with titles of their own come at the `*`.
  private static let order = [
    "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "*", "ENVIRONMENT", "FILES",
    "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS", "SEE ALSO", "STANDARDS", "HISTORY", "AUTHORS",
    "CAVEATS", "BUGS",
  ]

  private var ordered: [Section] {
    let sections =
      [name, synopsis, description, commands, options, examples, seeAlso]
      + tool.sections.map { (title: $0.title, lines: lines(of: $0)) }
    return Self.order.flatMap { title in
      sections.filter {
        $0.title == title || title == "*" && !Self.order.contains($0.title)
      }
    }.filter { !$0.lines.isEmpty }
  }

  private var name: Section {
    var summary = tool.summary.withoutStop
    if summary.dropFirst().first?.isLowercase == true {
      summary = summary.prefix(1).lowercased() + summary.dropFirst()
    }
    return ("NAME", [".Nm \(tool.name)", ".Nd \(Mdoc.arguments(summary))"])
  }

  private var synopsis: Section {
    let calls = tool.commands.flatMap { command in
      [".Nm", ".Cm \(Mdoc.arguments(command.name))", ".Op Ar option ..."]
        + command.operands.map(\.synopsis)
    }
    return ("SYNOPSIS", [".Nm", ".Op Ar option ..."] + calls)
  }

  private var description: Section {
    ("DESCRIPTION", paragraphs([tool.summary] + tool.discussion))
  }

  private var commands: Section {
    let bare = [".Ss Without a command"] + lines(of: tool.overview)
    let named = tool.commands.flatMap { [".Ss \(Mdoc.arguments($0.name))"] + lines(of: $0) }
    return ("COMMANDS", bare + named)
  }

  private func lines(of command: CommandInfo) -> [String] {
    let own = command.parameters.filter { !shared.contains($0) }
    let others = command.parameters.filter { shared.contains($0) }.map(\.spelling)
    return paragraphs([command.summary] + command.discussion) + list(own)
      + (others.isEmpty
        ? [] : [".Pp"] + Mdoc.text("Under OPTIONS: \(others.joined(separator: ", "))."))
  }

  private var options: Section {
    let lines = (shared + [.help, .version]).groups.flatMap { title, options in
      (title == "Options" ? [] : [".Ss \(Mdoc.arguments(title))"]) + list(options)
    }
    return ("OPTIONS", lines)
  }

  private var examples: Section {
    let examples = tool.pages.flatMap(\.examples).map { example in
      Mdoc.text(example.effect)
        + [".Bd -literal -offset indent", Mdoc.literal(example.line), ".Ed"]
    }
    return ("EXAMPLES", Array(examples.joined(separator: [".Pp"])))
  }

  private var seeAlso: Section {
    let pages = tool.seeAlso.map { page in
      page.split { $0 == "(" || $0 == ")" }.map(String.init)
    }.sorted { ($0.last ?? "", $0[0]) < ($1.last ?? "", $1[0]) }
    let lines = pages.indices.map { index in
      ".Xr \(pages[index].joined(separator: " "))" + (index + 1 < pages.count ? " ," : "")
    }
    return ("SEE ALSO", lines)
  }

  private func lines(of section: ManualSection) -> [String] {
    let macro = ["FILES": "Pa ", "ENVIRONMENT": "Ev "][section.title] ?? ""
    return list(section.items.map { ("\(macro)\(Mdoc.arguments($0.term))", $0.text) })
  }

  private func list(_ parameters: [ParameterInfo]) -> [String] {
    list(parameters.map { ($0.item, $0.explanation) })
  }

  private func list(_ items: [(head: String, text: String)]) -> [String] {
    guard !items.isEmpty else { return [] }
    return [".Bl -tag -width Ds"] + items.flatMap { [".It \($0.head)"] + Mdoc.text($0.text) }
      + [".El"]
  }

  private func paragraphs(_ texts: [String]) -> [String] {
    Array(texts.map(Mdoc.text).joined(separator: [".Pp"]))
  }
}

extension ParameterInfo {
  /// The head of its entry in a list: `Fl n , Fl \-count Ar N`.
  fileprivate var item: String {
    guard isOption else { return "Ar \(Mdoc.arguments(usage))" }
    let names = spellings.filter { !aliases.map { "--\($0)" }.contains($0) }.map {
      "Fl \(Mdoc.arguments(String($0.dropFirst())))"
    }.joined(separator: " , ")
    return value.map { "\(names) Ar \(Mdoc.arguments($0))" } ?? names
  }

  /// Its part of a usage line.
  fileprivate var synopsis: String {
    let more = multiplicity == .repeated && form == .operand ? " ..." : ""
    let word = "Ar \(Mdoc.arguments(spelling))\(more)"
    let line = isRequired ? ".\(word)" : ".Op \(word)"
    return form == .rest ? "\(line) Op Ar ARGUMENT ..." : line
  }
}
