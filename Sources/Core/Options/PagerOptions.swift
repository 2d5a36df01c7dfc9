package import Arguments

/// What scripts say to programs that might start a pager, and may say to this one everywhere.
package struct PagerOptions: Sendable {
  private var isIgnored = false

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    .flag(
      "no-pager", sets: \.isIgnored, group: CommonOptions.output,
      help: "Accepted for the sake of scripts; there never is a pager.")
  ]
}
