import Core
import Diagnosis
import Processes
import Rendering

/// Memory, swap, commit and pressure: each a meter with its short history.
struct MeterLines {
  let sample: Sample
  let context: WatchContext
  let width: Int

  private struct Meter {
    var name: String
    /// For a narrow screen.
    var short: String
    /// The measured amounts, in words of at most 14 columns.
    var amounts: String
    /// In thousandths; `nil` where it isn't known.
    var share: Int?
    var percent: String
    var history: Ring<Int>
    var style: StyledLine.Style
  }

  /// The most important first.
  var lines: [StyledLine] { meters.map(line) }

  private var meters: [Meter] {
    let state = sample.memory
    var meters = [
      amount("Memory", "Mem", state.memory, sample.trends.memory, state.memoryLevel)
    ]
    if state.low != nil {
      meters.append(amount("Low mem.", "Low", state.low, sample.trends.low, state.lowLevel))
    }
    meters.append(amount("Swap", "Swap", state.swap, sample.trends.swap, state.swapLevel))
    meters.append(pressure)
    meters.append(amount("Commit", "Com", state.commit, sample.trends.commit, state.commitLevel))
    return meters
  }

  private func amount(
    _ name: String, _ short: String, _ amount: MemoryLevels.Amount?, _ history: Ring<Int>,
    _ level: Threshold.Level
  ) -> Meter {
    guard let amount else {
      return Meter(
        name: name, short: short, amounts: name == "Swap" ? "none" : "-", share: nil, percent: "-",
        history: history, style: .faint)
    }
    let share = amount.share
    return Meter(
      name: name, short: short,
      amounts: "\(padded(context.sizes.text(amount.used), 5)) of "
        + padded(context.sizes.text(amount.total), 5),
      share: share, percent: "\((share + 5) / 10) %", history: history, style: level.style)
  }

  private var pressure: Meter {
    let state = sample.memory
    guard let some = state.somePressure else {
      return Meter(
        name: "Pressure", short: "Psi", amounts: "-", share: nil, percent: "-",
        history: sample.trends.pressure, style: .faint)
    }
    let full = state.fullPressure
    return Meter(
      name: "Pressure", short: "Psi", amounts: full.map { "full \(Percent.text($0))" } ?? "",
      share: some / 10, percent: Percent.text(some), history: sample.trends.pressure,
      style: Threshold.stall(full ?? 0).style)
  }

  private func line(_ meter: Meter) -> StyledLine {
    if width < 34 { return narrow(meter) }
    var line = StyledLine(meter.name)
    line.pad(to: 10)
    if width >= 60 {
      line.append(meter.amounts)
      line.pad(to: 26)
    }
    let barWidth = width >= 60 ? 16 : min(20, width - 17)
    line.append(bar(meter, width: barWidth), meter.style)
    line.append(padded(meter.percent, 7), meter.style)
    if width >= 60 {
      line.append("  ")
      let room = min(width - line.displayWidth, Trends.length)
      line.append(history(meter.history, width: room), .faint)
    }
    return line
  }

  private func narrow(_ meter: Meter) -> StyledLine {
    var line = StyledLine(meter.short)
    line.pad(to: 4)
    line.append(padded(meter.percent, 6), meter.style)
    if width > 14 {
      line.append(" ")
      line.append(bar(meter, width: width - 12), meter.style)
    }
    return line
  }

  private func bar(_ meter: Meter, width: Int) -> String {
    guard let share = meter.share else { return String(repeating: " ", count: width) }
    return context.bar(width: width).text(share, of: 1000)
  }

  private func history(_ ring: Ring<Int>, width: Int) -> String {
    Sparkline(width: width, usesBlocks: context.usesBlocks).text(ring.latest(width))
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.displayWidth)) + text
  }
}

extension Threshold.Level {
  /// The look of a number that has it.
  var style: StyledLine.Style {
    switch self {
    case .fine: .plain
    case .short: .notice
    case .deadly: .danger
    }
  }
}
