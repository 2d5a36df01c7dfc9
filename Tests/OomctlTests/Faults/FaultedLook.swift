import TestSupport

/// What a command shows without a fault, to which one with a fault is held.
struct FaultedLook {
  let faultless: FaultInjector.Outcome

  /// Shown is all; or it is told that something is missing, and the status says so, too. What we may not
  /// read is no failure, but it is told as well.
  func complaint(about outcome: FaultInjector.Outcome, _ fault: Fault) -> String? {
    let isWhole = timeless(outcome.output) == timeless(faultless.output)
    if isWhole && outcome.status == faultless.status { return nil }
    let what = isWhole ? "all is there" : difference(outcome.output)
    let told = "status \(outcome.status), '\(outcome.firstError)'"
    if fault.mustBeRetried { return "isn't tried again: \(told); \(what)" }
    if !isWhole && outcome.claimsCompleteness { return "complete: true, but \(what); \(told)" }
    if outcome.status != 0 { return outcome.errors.isEmpty ? "no word why; \(told)" : nil }
    if fault.meansHidden { return outcome.tellsOfGaps ? nil : "not told: \(what); \(told)" }
    return "status 0, but \(what); \(told)"
  }

  /// The first place where something is other than it should be.
  private func difference(_ output: [UInt8]) -> String {
    if let wanted = try? JSON(faultless.output), let found = try? JSON(output) {
      return wanted.difference(from: found, at: "") ?? "the JSON is written otherwise"
    }
    let wanted = lines(faultless.output)
    let found = lines(output)
    for (index, line) in wanted.enumerated() where index >= found.count || found[index] != line {
      return "'\(index < found.count ? found[index] : "(end)")' where '\(line)' should be"
    }
    return "there is more: '\(found.last ?? "")'"
  }

  private func lines(_ output: [UInt8]) -> [String] {
    timeless(output).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Without the moment of the look.
  private func timeless(_ output: [UInt8]) -> [UInt8] {
    let mark = Array("\"time\":\"20".utf8)
    guard let start = output.indices.first(where: { output[$0...].starts(with: mark) }) else {
      return output
    }
    return Array(output[..<start] + output[(start + mark.count)...].drop { $0 != 0x22 })
  }
}

extension FaultInjector.Outcome {
  /// Whether it is said that nothing is missing, by what is shown and not by what is wrong in its place.
  fileprivate var claimsCompleteness: Bool {
    guard output.first == UInt8(ascii: "{") else {
      return String(decoding: output, as: UTF8.self).contains("\noomctl_complete 1\n")
    }
    guard let json = try? JSON(output), let members = try? json.members,
      !members.contains(where: { ["error", "problems"].contains($0.key) && $0.value != .null })
    else { return false }
    return members.contains { $0.key == "complete" && $0.value == .flag(true) }
  }

  /// Whether it is said that something is missing.
  fileprivate var tellsOfGaps: Bool {
    let text = String(decoding: output, as: UTF8.self)
    return !errors.isEmpty || text.contains("\"complete\":false")
      || text.contains("\noomctl_complete 0\n") || text.contains("hidden")
      || text.contains("incomplete") || text.contains("can't be read")
      || text.contains("ermission denied")
  }
}

extension JSON {
  /// The first place where another isn't as this one is, in words.
  fileprivate func difference(from other: JSON, at place: String) -> String? {
    switch (self, other) {
    case (.object(let wanted), .object(let found)):
      for member in wanted where member.key != "time" {
        guard let value = found.first(where: { $0.key == member.key })?.value else {
          return "\(place).\(member.key) is missing"
        }
        if let words = member.value.difference(from: value, at: "\(place).\(member.key)") {
          return words
        }
      }
      return nil
    case (.array(let wanted), .array(let found)):
      if wanted.count != found.count { return "\(place) has \(found.count) of \(wanted.count)" }
      for (index, pair) in zip(wanted, found).enumerated() {
        if let words = pair.0.difference(from: pair.1, at: "\(place)[\(index)]") { return words }
      }
      return nil
    default:
      return self == other ? nil : "\(place) is \(other.short), not \(short)"
    }
  }

  private var short: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(let digits): digits
    case .text(let text): "'\(text.prefix(60))'"
    case .array(let elements): "a list of \(elements.count)"
    case .object: "an object"
    }
  }
}
