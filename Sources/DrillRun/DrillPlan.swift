import Badness

/// The members of a drill and the memory that each takes, so far apart that the outcome is no tie.
struct DrillPlan: Equatable, Sendable {
  /// Of the memory cgroup, in bytes.
  let limit: Int
  /// The last one grows until the limit is hit.
  let members: [Member]

  struct Member: Equatable, Sendable {
    let name: String
    let adjustment: Int
    /// Bytes that it takes at first; the last one goes on from there.
    let size: Int
  }

  /// The least memory of a member, in bytes: a smaller share would drown in what the kernel itself
  /// takes for a process.
  static let smallestShare = 4 << 20

  /// More than any machine has, and little enough for all sums.
  static let largestLimit = 1 << 53

  /// Sizes are natural at first: the first member has most. Where their adjustments would make that
  /// a near thing, another has most.
  init(limit: Int, adjustments: [Int]) {
    self.limit = limit
    let choices = adjustments.indices.map { Self.members(limit, adjustments, biggest: $0) }
    let leads = choices.map { Self.lead(of: $0, limit) }
    let clear = leads.firstIndex { $0 >= limit / 8 }
    let choice = clear ?? leads.indices.max { leads[$0] < leads[$1] } ?? 0
    members = choices[choice]
  }

  /// The memory that the last member takes beyond its size if all of the limit is left to it, in
  /// bytes.
  var growth: Int { limit - members.reduce(0) { $0 + $1.size } }

  /// The memory that the last member takes at once, in bytes: little, so that after a kill it
  /// doesn't bring on another.
  var step: Int { max(256 << 10, growth / 32 & ~(Self.grain - 1)) }

  /// The most memory that a member may take, in bytes.
  var room: Int { limit + 4 * step }

  /// The lead of the first of that order over the second, in bytes.
  var lead: Int { Self.lead(of: members, limit) }

  /// The members by how badly they will do, the victim first; without those that are exempt. It is the
  /// plan's own sum, for sizes and for people; what counts is the prediction from what is really there.
  var order: [Member] {
    Self.ranked(members, limit).map(\.member)
  }
}

extension DrillPlan {
  /// One has three fifths of what is given out, the others share the rest; none has less than half as
  /// much as another one of these. A sixteenth is kept back, which the kernel's own memory comes from.
  private static func members(_ limit: Int, _ adjustments: [Int], biggest: Int) -> [Member] {
    let others = adjustments.count - 1
    var weights = (0..<others).map { 2 * (2 * others - $0) }
    let sum = max(2, weights.reduce(0, +))
    weights.insert(sum / 2 * 3, at: biggest)
    let given = limit / 16 * 15
    let total = weights.reduce(0, +)
    return weights.indices.map { index in
      let share =
        index == others ? given / total * weights[index] / 2 : given / total * weights[index]
      return Member(
        name: "drill-\(index + 1)", adjustment: adjustments[index], size: share & ~(grain - 1))
    }
  }

  /// Whole pages on every machine.
  private static let grain = 64 << 10

  private static func ranked(
    _ members: [Member], _ limit: Int
  ) -> [(member: Member, weight: Int)] {
    let growth = limit - members.reduce(0) { $0 + $1.size }
    return members.enumerated().filter { $0.element.adjustment > OOMAdjustment.minimum }.map {
      index, member in
      let size = member.size + (index == members.count - 1 ? growth : 0)
      return (member, size + member.adjustment * (limit / OOMAdjustment.maximum))
    }.sorted { $0.weight > $1.weight }
  }

  private static func lead(of members: [Member], _ limit: Int) -> Int {
    let order = ranked(members, limit)
    return order.count > 1 ? order[0].weight - order[1].weight : limit
  }
}
