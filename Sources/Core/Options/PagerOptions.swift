package import Arguments

/// The option with which scripts keep programs from starting a pager; every command accepts it.
package struct PagerOptions: Sendable {
  private var isIgnored = false

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    .flag(
      "no-pager", sets: \.isIgnored, group: CommonOptions.output,
      help: "Accepted for the sake of scripts; there never is a pager.")
  ]
}
