import Badness
import Core
import KillPrediction
import ProcFS
import Processes
import Rendering
import Units

extension ExplainText {
  /// The meaning of the numbers, and what would change them.
  var remarks: [String] {
    [
      rivals.policy?.exception, subject.firstReason.map(SafeText.visible), weight, outlook, origin,
      standstill, declared, end,
    ]
    .compactMap { $0 }
  }

  private var standstill: String? {
    item.standstill.map { SafeText.visible("\($0.text.capitalizedFirst). [\($0.source)]") }
  }

  /// What its unit's files say, where something else holds.
  private var declared: String? {
    guard let files = item.unit?.files, let value = subject.record.adjustment else { return nil }
    if let ignored = files.ignoredAdjustments.first(where: {
      UnitFiles.meaning(of: $0.line) != value
    }) {
      return SafeText.visible(
        "\(ignored.line.place): OOMScoreAdjust=\(ignored.line.value) \(ignored.reason).")
    }
    guard let (declared, line) = files.adjustment, declared != value else { return nil }
    return SafeText.visible(
      "\(line.place) declares OOMScoreAdjust=\(declared), which it doesn't have: see doctor.")
  }

  /// What follows its death.
  private var end: String? {
    guard let unit = item.unit, unit.files.isKnown, subject.exemption == nil else { return nil }
    return SafeText.visible(
      "If it is killed, systemd \(UnitEnd(of: unit.files).phrase): \(unit.name).")
  }

  private var weight: String? {
    guard let footprint = subject.footprint, let worth = machine.memoryEquivalent(of: subject),
      worth != 0, subject.exemption == nil
    else { return nil }
    let amount = page.sizes.phrase(Int(clamping: worth.magnitude))
    return "It uses \(page.sizes.phrase(footprint)); the adjustment makes it weigh \(amount) "
      + (worth > 0 ? "more." : "less.")
  }

  private var outlook: String? {
    guard let rank = subject.rank, let rival = item.rival else { return nil }
    let other = SafeText.visible(rival.label)
    let isVictim = rivals.areChosenByBadness && rivals.isWholeView
    let seen = rivals.isWholeView ? "" : " of those seen"
    let first = isVictim ? "The first victim is" : "The highest badness\(seen) has"
    let lead = rank == 1 ? "Runner-up \(other) follows" : "\(first) \(other)"
    let ahead =
      item.distance.map(page.sizes.phrase).map { rank == 1 ? " \($0) behind" : ", \($0) ahead" }
      ?? ""
    return "\(lead)\(ahead)." + (wayOut(rank: rank, other: other).map { " " + $0 } ?? "")
  }

  private func wayOut(rank: Int, other: String) -> String? {
    guard let adjustment = item.toOutlive else { return nil }
    let isLegacy = machine.readsLegacyAdjustment
    let file = isLegacy ? "oom_adj" : "oom_score_adj"
    guard adjustment != (isLegacy ? OOMAdjustment.disable : OOMAdjustment.minimum) else {
      return "Only \(file) \(adjustment), which means never, would spare it."
    }
    return rank == 1
      ? "With \(file) \(adjustment) or below it dies after \(other)."
      : "Up to \(file) \(adjustment) it dies after \(other)."
  }

  private var origin: String? {
    Origin(of: subject.record).map { "The adjustment was probably set by \($0.text)." }
  }
}
