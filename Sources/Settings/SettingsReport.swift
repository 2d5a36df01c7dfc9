import Badness
package import Changes
package import Configuration
package import Core
import ProcFS
import Processes
import Rendering

/// The facts that are known of a setting here.
package struct SettingRow {
  package let setting: Setting
  /// `nil` where this kernel has none, or it may not be read.
  package let value: String?
  let initial: String?
  let range: ClosedRange<Int128>?
  package let configured: SysctlConfiguration.Assignment?
  /// The value that its line makes it at the next boot; `nil` where there is no line.
  let bootValue: String?
  /// Its value after the next boot; `nil` where that can't be told.
  package let nextValue: String?
  /// The ways to keep either value, where that is another one than now.
  package let choice: Choice?
  /// The reason why its value can't be shown.
  let failure: Failure?
  /// Its file.
  package let path: String
  /// The reason why the kernel would refuse the configured value.
  package let problem: String?
  /// A sentence on what the other reader of these files would do, where they disagree.
  let dispute: String?
  /// The reason why this kernel has no such setting.
  let absence: String?

  package init(_ setting: Setting, on context: TuningContext, in world: borrowing World) {
    self.setting = setting
    path = world.proc.directory.path(of: "sys/" + setting.path)
    (value, failure) = context.reading(setting, in: world)
    initial = setting.defaultValue(in: context.kernel)
    range = setting.range(
      in: context.kernel, wordSize: context.machine.capacity?.wordSize ?? .bits64)
    configured = context.configured(setting)
    let present = value
    bootValue = context.bootValue(of: setting, now: present)
    let next = context.valueAtBoot(of: setting, now: present, in: world)
    nextValue = next
    let problem = configured.flatMap { context.problem(with: $0.value, for: setting, now: present) }
    self.problem = problem
    dispute = context.dispute(over: setting)
    absence =
      range == nil
      ? context.problem(with: "0", for: setting, now: nil)
      : failure?.meansAbsence == true ? "this kernel doesn't offer it" : nil
    choice =
      if let present, let next, present != next, problem == nil {
        Choice(between: present, and: next, for: setting, on: context, in: world)
      } else {
        nil
      }
  }

  /// The commands for the one value or the other, both now and later.
  package struct Choice {
    /// The command that takes the next boot's.
    package let yielding: String
    /// The reason why that would be refused.
    package let refusal: Failure?
    /// The command that keeps the present one.
    package let keeping: String
    /// The reason why that can't be had.
    package let obstacle: Failure?

    fileprivate init(
      between present: String, and next: String, for setting: Setting, on context: TuningContext,
      in world: borrowing World
    ) {
      let (old, new) = (
        RequestedSetting(setting: setting, value: present),
        RequestedSetting(setting: setting, value: next)
      )
      yielding = new.command(in: world)
      refusal = (try? TunePlan([new], on: context, in: world))?.refusal(on: context, in: world)
      keeping = old.command(lasting: true, in: world)
      obstacle = LastingSettings.obstacle(to: old, on: context, in: world)
    }
  }

  /// True where the next boot brings another value.
  var isTemporary: Bool { choice != nil }

  package var place: String? { configured.map { "\($0.path):\($0.line)" } }
}

/// Settings as a list, or some at length.
struct SettingsReport: CommandReport {
  var rows: [SettingRow]
  var isDetailed: Bool
  var isCheck: Bool
  /// Other remarks.
  var notes: [Remark]

  /// An absent setting is an error among those that were asked for by name.
  var remarks: [Remark] { (isDetailed ? rows.compactMap { $0.failure?.remark } : []) + notes }

  var status: ExitStatus {
    let isWrong = isCheck && rows.contains { $0.isTemporary || $0.problem != nil }
    return isWrong || remarks.contains(where: \.isError) ? .failed : .done
  }

  func writeText(to text: inout Text, on page: Page) {
    if isDetailed {
      for (index, row) in rows.enumerated() {
        if index > 0 { text.line() }
        SettingText(row: row, page: page).write(to: &text)
      }
      return
    }
    let shown = isCheck ? rows.filter { $0.isTemporary || $0.problem != nil } : rows
    if !shown.isEmpty { writeTable(of: shown, to: &text, on: page) }
    guard page.hasRemarks else { return }
    if isCheck, shown.isEmpty {
      text.line("All settings are what they will be after the next boot.")
    }
    if shown.contains(where: \.isTemporary) {
      text.line()
      text.paragraph("! is another value than after the next boot.", width: page.textWidth)
    }
  }

  private func writeTable(of rows: [SettingRow], to text: inout Text, on page: Page) {
    var table = Table(
      [
        .init("KEY"), .init("VALUE", .right), .init("DEFAULT", .right), .init("UNIT"),
        .init("AT BOOT", .right), .init("SET BY"),
      ], hasHeadings: page.hasHeadings)
    for row in rows {
      table.append([
        row.setting.key, row.value ?? "-", row.initial ?? "-", row.setting.unit ?? "-",
        row.isTemporary ? "\(row.nextValue ?? "-") !" : row.bootValue ?? "-",
        row.problem.map { "refused: \($0)" } ?? row.place ?? "kernel",
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("settings", array: rows) { json, row in Self.write(row, to: &json) }
  }

  private static func write(_ row: SettingRow, to json: inout JSONWriter) {
    json.object { json in
      json.member("key", .text(row.setting.key))
      json.member("value", Value(row.value))
      json.member("default", Value(row.initial))
      if let range = row.range {
        json.member("range", array: [range.lowerBound, range.upperBound]) { json, bound in
          json.value(.integer(bound))
        }
      } else {
        json.member("range", .absent)
      }
      json.member("unit", Value(row.setting.unit))
      json.member("configured_by", Value(row.place))
      json.member("configured_value", Value(row.bootValue))
      json.member("problem", Value(row.problem))
      json.member("summary", .text(row.setting.summary))
    }
  }
}

/// One setting at length.
struct SettingText {
  let row: SettingRow
  let page: Page

  func write(to text: inout Text) {
    let setting = row.setting
    let unit = setting.unit.map { " \($0)" } ?? ""
    let heading = SafeText.visible("\(setting.key) = \(row.value ?? "-")\(unit)")
    text.line(page.emphasis.apply(.heading, to: heading))
    text.paragraph(setting.summary, width: page.textWidth)
    text.line()
    if let absence = row.absence {
      text.line(SafeText.visible("  absent   \(absence)"))
    } else {
      text.line("  default  \(row.initial ?? "worked out at boot, or the builder's choice")")
    }
    if let range = row.range { text.line("  range    \(range.lowerBound) to \(range.upperBound)") }
    text.line(SafeText.visible("  at boot  \(atBoot)"))
    text.line()
    text.paragraph(setting.explanation, width: page.textWidth)
    for advice in setting.advice {
      text.line()
      text.paragraph("\(advice.source): \(advice.text)", label: "  ", width: page.textWidth)
    }
  }

  private var atBoot: String {
    guard let place = row.place, let configured = row.configured else {
      return row.absence == nil ? "set by no file: the kernel's default" : "set by no file"
    }
    if let problem = row.problem { return "\(place) says \(configured.value): \(problem)" }
    return "\(row.bootValue ?? configured.value), by \(place)"
  }
}
