import Testing

@testable import DrillRun

@Suite("The plan of a drill")
struct DrillPlanTests {
  private static let mebibyte = 1 << 20

  @Test(
    "leaves no tie, whatever the adjustments are", arguments: [1, 2, 3, 4, 5],
    [4 * mebibyte, 64 * mebibyte, 1 << 30])
  func lead(count: Int, share: Int) {
    let limit = count * share
    let values = [-1000, -300, 0, 100, 1000]
    for number in 0..<(0..<count).reduce(1, { product, _ in product * values.count }) {
      var rest = number
      var adjustments: [Int] = []
      for _ in 0..<count {
        adjustments.append(values[rest % values.count])
        rest /= values.count
      }
      guard adjustments.contains(where: { $0 > -1000 }) else { continue }
      let plan = DrillPlan(limit: limit, adjustments: adjustments)
      #expect(plan.lead >= limit / 16, "\(adjustments)")
      #expect(plan.members.map(\.adjustment) == adjustments)
    }
  }

  @Test("gives everybody a share, and leaves the kernel's own", arguments: 1...16)
  func shares(count: Int) {
    let limit = count * DrillPlan.smallestShare
    let plan = DrillPlan(limit: limit, adjustments: Array(repeating: 0, count: count))
    #expect(plan.members.count == count)
    #expect(plan.members.allSatisfy { $0.size >= limit / count / 8 && $0.size % 65536 == 0 })
    #expect(plan.growth >= limit / 16)
  }

  @Test(
    "makes the first biggest, unless an adjustment brings another one close",
    arguments: [
      ([0, 0, 0], "drill-1"), ([0, 300, 0], "drill-2"), ([0, 100, 0], "drill-1"),
      ([0, 500, 0], "drill-2"),
      ([0, 0, 1000], "drill-3"), ([-1000, 0, 0], "drill-2"), ([0], "drill-1"),
    ])
  func victim(adjustments: [Int], name: String) {
    let plan = DrillPlan(limit: 64 * Self.mebibyte, adjustments: adjustments)
    #expect(plan.order.first?.name == name)
  }
}
