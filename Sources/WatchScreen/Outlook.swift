import Processes
import Rendering

/// The distance from running out of memory, in words.
struct Outlook {
  let state: MemoryLevels
  /// The shrinkage of the memory that is left, in bytes a minute.
  let shrinkage: Int?
  let sizes: SizeStyle

  init(_ sample: Sample, sizes: SizeStyle) {
    state = sample.memory
    shrinkage = sample.trends.shrinkageAMinute
    self.sizes = sizes
  }

  /// The style for how serious that is.
  var style: StyledLine.Style {
    guard let left = state.left, let whole = state.whole else { return .plain }
    let level = Threshold.memory(available: left, of: whole, swapFree: 0, of: 0)
    return max(level, minutes ?? .max < 10 ? .short : .fine).style
  }

  var sentences: [String] {
    guard let left = state.left else { return ["What memory is left isn't told here."] }
    let what = state.swap == nil ? "available memory" : "available memory, free swap"
    let bound = state.isAvailableEstimated ? "at most " : ""
    var sentences = ["\(bound)\(sizes.phrase(left)) left (\(what)) until the kernel must kill."]
    if let minutes, let shrinkage {
      sentences.append(
        "At the present pace, \(sizes.phrase(shrinkage)) a minute, that lasts \(Self.time(minutes))."
      )
    }
    if state.isCommitEnforced, let commit = state.commit {
      let rest = max(0, commit.free)
      sentences.append("Programs are refused memory after \(sizes.phrase(rest)) (commit limit).")
    }
    if let low = state.low {
      sentences.append(
        "Of low memory \(sizes.phrase(low.free)) of \(sizes.phrase(low.total)) are free."
      )
    }
    return sentences
  }

  /// For a narrow screen.
  var short: String {
    guard let left = state.left else { return "? left" }
    return "\(sizes.text(left)) left" + (minutes.map { ", \(Self.time($0))" } ?? "")
  }

  /// The minutes that it lasts at this pace; `nil` where it doesn't shrink, or lasts a day.
  private var minutes: Int? {
    guard let shrinkage, let left = state.left, let whole = state.whole,
      shrinkage > max(1 << 20, whole / 2000)
    else { return nil }
    let minutes = max(0, left) / shrinkage
    return minutes < 24 * 60 ? minutes : nil
  }

  private static func time(_ minutes: Int) -> String {
    switch minutes {
    case 0: "less than a minute"
    case 1: "1 minute"
    case 2..<120: "\(minutes) minutes"
    default: "\(minutes / 60) hours"
    }
  }
}
