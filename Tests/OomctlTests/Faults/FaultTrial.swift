import TestSupport
import Testing

/// One command, tried with a fault at each of its calls.
struct FaultTrial {
  let name: String
  let injector: FaultInjector
  let words: [String]
  let calls: [String]
  /// What messages name as `ROOT`.
  var root: String?

  /// What was wrong with a run, if anything.
  typealias Judgement = (FaultInjector.Outcome, Fault) throws -> String?

  /// Tries them all, and expects no complaint.
  func run(
    made: [String: [String]], prepare: () throws -> Void = {}, judge: Judgement
  ) throws {
    var tried = 0
    var complaints: [String] = []
    for (call, objects) in made.sorted(by: { $0.key < $1.key }) where calls.contains(call) {
      let step = FaultScope.step(of: objects.count)
      var occurrence = 1
      // Beyond what was seen, too: after a fault it may be called more often.
      while true {
        var wasInjected = false
        let object = occurrence <= objects.count ? objects[occurrence - 1] : "one more"
        for error in Fault.errors(at: occurrence, of: call) {
          let fault = Fault(
            call: call, error: error, occurrence: occurrence, object: shortened(object))
          try prepare()
          let outcome = try injector.run(words, with: fault)
          guard outcome.wasInjected else { continue }
          wasInjected = true
          tried += 1
          // Before anything of ours runs; nothing is done then, and the status says so.
          if fault.isAtStart && outcome.errors.contains("Swift runtime path") { continue }
          // Nor is the loader ours, which an executable that isn't static needs.
          if outcome.errors.contains("error while loading shared libraries") { continue }
          let complaint = try outcome.crash ?? judge(outcome, fault)
          if let complaint { complaints.append("\(fault): \(shortened(complaint))") }
        }
        guard wasInjected else { break }
        occurrence += step
      }
    }
    try FaultScope.record(name, tried: tried, complaints)
    #expect(tried > 0)
    #expect(
      complaints.isEmpty,
      "\(complaints.count) of \(tried): \(complaints.prefix(8).joined(separator: "\n"))")
  }

  private func shortened(_ text: String) -> String {
    guard let root else { return text }
    return text.split(separator: root, omittingEmptySubsequences: false).joined(separator: "ROOT")
  }
}

extension FaultInjector.Outcome {
  /// How it ended, if not by itself.
  fileprivate var crash: String? {
    if hung { return "doesn't end" }
    return status >= 128 ? "ended by signal \(status - 128): \(firstError)" : nil
  }

  var firstError: String { errors.split(separator: "\n").first.map(String.init) ?? "" }
}
