import CgroupFS
import Posix
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Core
@testable import DrillRun
@testable import Processes

@Suite("Pages of a drill")
struct DrillPagesTests {
  private func options(_ change: (inout CommonOptions) -> Void) -> CommonOptions {
    var options = CommonOptions()
    change(&options)
    return options
  }

  private func shown(_ report: some CommandReport, _ options: CommonOptions) -> String {
    var text = Text()
    report.writeText(to: &text, on: Page(options, in: Environment()))
    var json = JSONWriter()
    json.object { report.writeMembers(to: &$0) }
    return text.string + json.text.string + "\n"
  }

  @Test("show what would be done")
  func plans() throws {
    let all: [([Int], String, Bool, CgroupHierarchy.Version)] = [
      ([0], "/", false, .two), ([0, 0], "/a", true, .two), ([0, 500, 0], "/a/b", false, .one),
      ([0, -1000], "/", true, .one), ([100, 0, 0, 1000], "/", false, .two),
    ]
    var text = ""
    for (adjustments, path, needsEnabling, version) in all {
      let report = DrillPlanReport(
        plan: DrillPlan(limit: 64 << 20, adjustments: adjustments),
        place: DrillPlace(path: path, needsEnabling: needsEnabling), version: version)
      text += shown(report, CommonOptions())
      #expect(report.status == .done)
    }
    let report = DrillPlanReport(
      plan: DrillPlan(limit: 1 << 30, adjustments: [0, 0]),
      place: DrillPlace(path: "/", needsEnabling: false), version: .two)
    text += shown(report, options { $0.isQuiet = true })
    text += shown(report, options { $0.hasHeadings = false })
    text += shown(report, options { $0.sizes = .bytes })
    #expect(try text == expectedText("plans.txt", recording: text))
  }

  @Test("show the prediction before the last one grows")
  func forecasts() async {
    await #expect(processExitsWith: .success) {
      var text = ""
      for (adjustments, limit, kernel, isExempt) in [
        ([0, 0], 8 << 20, "6.1.0", false), ([0, 500, 0], 64 << 20, "6.1.0", false),
        ([0], 8 << 20, "6.1.0", false), ([0, 0], 16 << 20, "6.1.0", true),
        ([0, 0], 8 << 20, "4.4.0", false), ([0, 0], 8 << 20, "2.6.38", false),
      ] {
        let drill = try StagedDrill(adjustments, limit: limit) {
          $0.kernel = kernel
          if isExempt { $0.processes[0].adjustment = -1000 }
        }
        var page = Text()
        try drill.forecast().write(to: &page, on: Page(CommonOptions(), in: Environment()))
        text += "== \(adjustments) \(kernel)\n" + drill.named(page.string)
      }
      #expect(try text == expectedText("forecasts.txt", recording: text))
    }
  }

  @Test("show what the kernel did beside it")
  func reports() async {
    await #expect(processExitsWith: .success) {
      let drill = try StagedDrill([0, 0, 0], limit: 16 << 20)
      var text = ""
      for (name, dead, signals, count, isOrdered, words, leftovers, version) in [
        ("foretold", [0], [9], 1, true, ["the kernel's line"], 0, .two),
        ("by nobody's count", [0], [9], nil, false, [], 1, .one),
        ("counted as none", [0], [9], 0, false, [], 2, .one),
        ("counted as none in version 2", [0], [9], 0, false, [], 0, .two),
        ("another one", [1], [9], 1, true, ["a"], 0, .two),
        ("the last one", [2], [9], 1, true, ["a", "b\u{1B}"], 0, .two),
        ("two in order", [0, 1], [9, 9], 2, true, ["a"], 0, .two),
        ("two in another order", [1, 0], [9, 9], 2, true, [], 0, .two),
        ("two in no order", [1, 0], [9, 9], 2, false, [], 0, .two),
        ("two others", [2, 0], [9, 9], 3, false, [], 0, .two),
        ("by another signal", [0], [15], 1, false, [], 0, .two),
        ("by two signals", [0, 1], [9, 15], 1, false, [], 0, .two),
      ] as [(String, [Int], [Int32], Int?, Bool, [String], Int, CgroupHierarchy.Version)] {
        let report = DrillReport(
          forecast: try drill.forecast(version: version),
          kill: DrillKill(
            dead: dead, signals: signals, count: count, isOrdered: isOrdered, words: words),
          leftovers: leftovers)
        text += "== \(name): \(report.status), \(report.remarks.map(\.text))\n"
        text += drill.pages(of: report)
        var quiet = CommonOptions()
        quiet.isQuiet = true
        var page = Text()
        report.writeText(to: &page, on: Page(quiet, in: Environment()))
        text += "-- quiet\n" + drill.named(page.string)
      }
      #expect(try text == expectedText("reports.txt", recording: text))
    }
  }
}
