package import Arguments
package import Rendering

/// Options that every command takes.
package struct CommonOptions: Sendable {
  package var machine = MachineOptions()
  package var format = Format.text
  package var sizes = SizeStyle.binary
  package var color = ColorChoice.auto
  package var hasHeadings = true
  package var isQuiet = false
  var pager = PagerOptions()

  package init() {}

  package enum Format: Sendable { case text, json }

  package enum ColorChoice: String, CaseIterable, ArgumentValue { case auto, always, never }

  package static let parameters: [Parameter<Self>] =
    [
      .flag("json", sets: \.format, to: .json, group: output, help: "Print one JSON object."),
      .flag(
        "bytes", sets: \.sizes, to: .bytes, group: output, help: "Print sizes to the byte."),
      .flag(
        "si", sets: \.sizes, to: .decimal, group: output,
        help: "Print sizes in powers of 1000 in place of 1024."),
      .flag(
        "no-headings", aliases: ["noheadings", "no-headers"], sets: \.hasHeadings, to: false,
        group: output, help: "Leave out the line of headings, and the lines below the table."),
      .option(
        "color", sets: \.color, group: output,
        help: "Whether to use colour; auto does on a terminal, unless NO_COLOR is set."),
      .flag("quiet", "q", sets: \.isQuiet, group: output, help: "Print no remarks, only errors."),
    ] + PagerOptions.parameters.within(\.pager) + MachineOptions.parameters.within(\.machine)

  static let output = "Output"
}

extension CommonOptions {
  func emphasis(in environment: Environment) -> Emphasis {
    switch color {
    case .always: .ansi
    case .never: .none
    case .auto: environment.wantsColor ? .ansi : .none
    }
  }
}
