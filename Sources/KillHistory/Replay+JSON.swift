import Badness
import KernelLog
import KillReplay
import Rendering

/// The choice made again, for programs.
extension JSONWriter {
  mutating func write(_ replay: Replay?) {
    writeOptional("replay", replay) { json, replay in
      json.member("verdict", .text(replay.verdict.text))
      json.member("victim_rank", Value(replay.victimRank))
      json.member("agrees", replay.agrees.map(Value.flag) ?? .absent)
      json.member("reason", Value(replay.reason))
      json.member("rule", Value(replay.scoring.map { "\($0.since)" }))
      let capacity = replay.capacity.flatMap { $0.source == .unknown ? nil : $0 }
      json.member("total_pages", Value(capacity?.range.lowerBound))
      json.member("total_is_exact", capacity.map { .flag($0.isExact) } ?? .absent)
      json.writeOptional("mismatch", replay.mismatch) { json, mismatch in
        json.write(mismatch)
        json.member("may_be_lawful", array: replay.lawfulReasons) { json, reason in
          json.value(.text(reason))
        }
      }
    }
  }

  private mutating func write(_ mismatch: ReplayMismatch) {
    switch mismatch {
    case .top(let name, let margin, let unit):
      member("top", .text(name))
      member("margin", .integer(margin))
      member("margin_unit", .text(unit.rawValue))
    case .exempt:
      member("top", .absent)
      member("margin", .absent)
      member("margin_unit", .absent)
    }
  }
}

extension Replay {
  fileprivate var mismatch: ReplayMismatch? {
    if case .mismatch(let mismatch) = verdict { mismatch } else { nil }
  }

  /// What would make another choice right.
  fileprivate var lawfulReasons: [String] { remarks.compactMap(\.lawfulReason) }
}
