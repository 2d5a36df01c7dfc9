package import Rendering

extension JSONWriter {
  /// The members `ledger`, whose parts add up, and `ledger_total_bytes`; both `null` without one.
  package mutating func ledger(_ ledger: Ledger?) {
    member("ledger_total_bytes", Value(size: ledger?.total))
    guard let ledger else { return member("ledger", .absent) }
    member("ledger", array: ledger.entries) { json, entry in
      json.object { json in
        json.member("name", .text(entry.kind.rawValue))
        json.member("bytes", .integer(Int128(entry.bytes)))
        json.member("freed_by", Value(entry.kind.freedBy))
        json.member("freed_by_kill", entry.kind.isFreedByKill.map(Value.flag) ?? .absent)
      }
    }
    member("ledger_missing", array: ledger.missing) { json, line in json.value(.text(line)) }
  }
}
