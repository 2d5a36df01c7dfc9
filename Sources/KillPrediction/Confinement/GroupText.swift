import CgroupFS
import ProcFS
import Processes
package import Rendering

/// A container's group as people read it.
package struct GroupText {
  package let confinement: Confinement
  package let outlook: GroupOutlook?
  package let sizes: SizeStyle

  package init(confinement: Confinement, outlook: GroupOutlook? = nil, sizes: SizeStyle) {
    self.confinement = confinement
    self.outlook = outlook
    self.sizes = sizes
  }

  /// The name, as `memory cgroup /`, with a note on a limit from above.
  package var name: String {
    "memory cgroup \(SafeText.visible(confinement.path))"
      + (confinement.isLimitFromAbove ? ", limited by a group above that can't be seen" : "")
  }

  /// Kills in the group, and the number of times that its limit was reached.
  package var kills: String {
    let hits = confinement.limitHits.map { hits in
      hits == 0 ? "limit never reached" : "limit reached \(hits) \(hits == 1 ? "time" : "times")"
    }
    guard let kills = confinement.kills else {
      return ["not counted by this kernel", hits].compactMap { $0 }.joined(separator: "; ")
    }
    let count = kills == 0 ? "none" : "\(kills)"
    let words = "\(count) in this group"
    return switch confinement.shortage {
    case .above where kills > 0: "\(words), none by its own limit"
    case .unknown where kills > 0: words
    case .own, .above, .unknown: words + (hits.map { "; \($0)" } ?? "")
    }
  }

  /// The first victim in the group, if it is known.
  package var nextVictim: String {
    guard let outlook else { return "unknown: the kernel's version or the size of memory is" }
    let prediction = outlook.prediction
    if let exception = prediction.policy.exception { return "none by badness: \(exception)" }
    guard let kill = prediction.kills.first else { return "none: no process in it can be killed" }
    let phrase = VictimPhrase(
      first: kill.victim.label, second: kill.next?.label, lead: kill.margin, sizes: sizes)
    return SafeText.visible(outlook.field.isWholeView ? phrase.fact : phrase.ofThoseSeen)
  }
}

/// The next victim in words, whether of the machine or of a group.
package struct VictimPhrase {
  package let first: String
  package let second: String?
  /// The lead of the first, in bytes; `nil` where badness isn't measured in them.
  package let lead: Int?
  package let sizes: SizeStyle

  package init(first: String, second: String? = nil, lead: Int? = nil, sizes: SizeStyle) {
    self.first = first
    self.second = second
    self.lead = lead
    self.sizes = sizes
  }

  /// The phrase if all processes were seen that the kernel may choose from.
  package var fact: String {
    guard let second else { return "\(first), the only one" }
    let distance = lead.map { "\($0 == 0 ? "just" : sizes.phrase($0)) ahead of" } ?? "then"
    return "\(first), \(distance) \(second)"
  }

  /// The phrase if others may be worse.
  package var ofThoseSeen: String { "unknown, not all processes are seen; of those seen \(fact)" }
}

extension JSONWriter {
  /// The group that confines the view.
  package mutating func group(_ confinement: Confinement, _ outlook: GroupOutlook?) {
    member("group") { json in
      json.member("path", .text(confinement.path))
      json.member("used_bytes", Value(size: confinement.level.usage.memory))
      json.member("droppable_bytes", Value(size: confinement.level.usage.cache))
      json.member("limit_bytes", Value(size: confinement.limit))
      json.member("limit_from_above", .flag(confinement.isLimitFromAbove))
      json.member("swap_limit_bytes", Value(size: confinement.level.limits.swap))
      json.member("oom_kills", Value(confinement.kills))
      json.member("limit_hits", Value(confinement.limitHits))
      json.member("all_seen", outlook?.field.isWhollySeen.map(Value.flag) ?? .absent)
      let kill = outlook?.prediction.kills.first
      guard let kill else { return json.member("next_victim", .absent) }
      json.member("next_victim") { json in
        json.member("pid", Value(kill.victim.id.rawValue))
        json.member("name", Value(kill.victim.record.name))
        json.member("margin_bytes", Value(size: kill.margin))
      }
    }
  }
}
