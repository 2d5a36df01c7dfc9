import CivilTime
import Core
import KernelLog
import LogLines
import LogSources
import ProcFS
import Processes
import Rendering

/// The parts that an account of any kill has.
protocol KillDetails {
  var entry: HistoryEntry { get }
  /// `nil` for logs of other machines: numbers mean others there.
  var users: Users? { get }
  var zone: ZoneRules { get }
  var page: Page { get }
}

extension KillDetails {
  /// Writes which process died when, and where that is logged.
  func writeHead(to text: inout Text, release: String? = nil) {
    text.line(
      page.emphasis.apply(.heading, to: SafeText.visible("\(entry.headline) \(moment)")))
    let host = entry.stamp.host.map { ", on \($0)" } ?? ""
    let release = release.map { ", Linux \($0)" } ?? ""
    text.paragraph(
      SafeText.visible("\(entry.source), line \(entry.line)\(host)\(release)"),
      width: page.textWidth)
    if let note = entry.note {
      text.paragraph(
        page.emphasis.apply(.danger, to: SafeText.visible(note)), width: page.textWidth)
    }
    text.line()
  }

  /// What the logs tell of what came after.
  func writeAftermath(in list: [[HistoryEntry]], to text: inout Text) {
    var sentences = entry.followed.sentences
    let series = KillSeries.all(of: list).first { series in
      series.groups.contains { $0[0].number == entry.number }
    }
    if let whole = series?.sentence { sentences.append(whole) }
    for (place, sentence) in sentences.enumerated() {
      write(sentence, label: place == 0 ? "Followed" : "", to: &text)
    }
  }

  private var moment: String {
    if let time = entry.time { return zone.local(time) }
    guard let uptime = entry.stamp.monotonic else { return "at a time unknown" }
    return "\(Value.microseconds(uptime).text(sizes: page.sizes)) s after boot"
  }

  /// One thing that is known, behind what it is.
  func write(_ words: String, label: String, to text: inout Text) {
    let indent = String(repeating: " ", count: max(1, 12 - label.utf8.count))
    text.paragraph(SafeText.visible(words), label: label + indent, width: page.textWidth)
  }

  func user(_ id: Int) -> String { UInt32(exactly: id).flatMap { users?.name(of: $0) } ?? "\(id)" }
}
