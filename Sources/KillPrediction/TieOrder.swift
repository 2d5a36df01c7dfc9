/// The order that decides which of several processes with equal badness dies.
package enum TieOrder: Sendable, Equatable {
  /// The times at which they were started.
  case age
  /// Their places in the kernel's walk through memory cgroups.
  case walk
  /// Those places too, but they can't be seen.
  case unknown(Doubt)

  /// The reason why the walk can't be seen.
  package enum Doubt: Sendable {
    /// The files of version 1 are sorted.
    case versionOne
    /// Nothing shows which of two groups was made first.
    case madeFirst
    /// Both are charged to one group above theirs, and taken in an order that can't be seen.
    case sharedController
    /// `cgroup.procs` isn't there, or doesn't name them.
    case unlisted
  }

  /// JSON's word.
  var word: String {
    switch self {
    case .age: "age"
    case .walk: "walk"
    case .unknown: "unknown"
    }
  }
}

extension TieOrder {
  /// The order between two processes of one domain.
  init(_ one: Walk.Stop, _ other: Walk.Stop) {
    switch (one, other) {
    case (.at(let first), .at(let second)):
      self = first.doubt(against: second).map(Self.unknown) ?? .walk
    case (.unseen(let doubt), _), (_, .unseen(let doubt)): self = .unknown(doubt)
    case (.byAge, _), (_, .byAge): self = .age
    }
  }
}

extension TieOrder.Doubt {
  /// The end of "which of them dies can't be seen ...".
  var phrase: String {
    switch self {
    case .versionOne: "on cgroup v1"
    case .madeFirst: "without knowing which of their cgroups was made first"
    case .sharedController: "where their cgroups have no memory controller of their own"
    case .unlisted: "where cgroup.procs doesn't list them"
    }
  }
}
