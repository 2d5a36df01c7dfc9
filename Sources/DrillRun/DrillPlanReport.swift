import CgroupFS
import Core
import ProcFS
import Rendering

/// The actions that a drill would take.
struct DrillPlanReport: CommandReport {
  let plan: DrillPlan
  let place: DrillPlace
  let version: CgroupHierarchy.Version

  func writeText(to text: inout Text, on page: Page) {
    text.line(
      page.emphasis.apply(
        .heading,
        to: "A memory cgroup below \(SafeText.visible(place.path))   limit "
          + "\(page.sizes.phrase(plan.limit)), no swap"))
    if place.needsEnabling {
      text.line("(the memory controller is enabled there for as long as it takes)")
    }
    text.line()
    var table = Table(
      [Table.Column("MEMBER"), Table.Column("ADJ", .right), Table.Column("TAKES", .right)],
      hasHeadings: page.hasHeadings)
    for (index, member) in plan.members.enumerated() {
      let isLast = index == plan.members.count - 1
      table.append([
        member.name, "\(member.adjustment)",
        (isLast ? "to " : "") + page.sizes.text(member.size + (isLast ? plan.growth : 0)),
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
    guard page.hasRemarks, let victim = plan.order.first else { return }
    text.line()
    let next = plan.order.dropFirst().first
    let lead = next.map { ", \(page.sizes.phrase(plan.lead)) ahead of \($0.name)" } ?? ""
    text.line("\(victim.name) would die\(lead). Nothing was done.")
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("place", .text(place.path))
    json.member("cgroup_version", .integer(version == .one ? 1 : 2))
    json.member("limit_bytes", .size(plan.limit))
    json.member("members", array: plan.members.indices) { json, index in
      let member = plan.members[index]
      json.object { json in
        json.member("name", .text(member.name))
        json.member("oom_score_adj", Value(member.adjustment))
        json.member("size_bytes", .size(member.size))
        json.member("growth_bytes", .size(index == plan.members.count - 1 ? plan.growth : 0))
      }
    }
    json.member("expected", Value(plan.order.first?.name))
  }
}
