import KernelLog

/// What is wrong with an answer of the parser.
struct Complaint: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Parses an input whole, line by line and in pieces, and compares; returns how many kills it has.
@discardableResult
func check(_ input: [UInt8], random: inout Random) throws -> Int {
  let began = now(.processor)
  let whole = parse(input) { _ in input.count }
  let time = now(.processor) - began
  // A hundred times what is usual, so that only what grows faster than the input is found.
  let budget = 200_000 + input.count
  guard time <= budget else {
    throw Complaint("\(input.count) bytes took \(time) microseconds: see \(store)")
  }
  let lines = parse(input) { input[$0...].firstIndex(of: 10).map { $0 + 1 } ?? input.count }
  try compare(lines, with: whole, "line by line")
  let scale = 1 << random.below(14)
  let pieces = parse(input) { min(input.count, $0 + 1 + random.below(scale)) }
  try compare(pieces, with: whole, "in pieces up to \(scale) bytes")
  let lineCount = input.count { $0 == 10 } + 1
  var kills = 0
  for case .kill(let kill) in whole {
    kills += 1
    try check(kill, in: input, lines: lineCount)
  }
  return kills
}

private func compare(_ events: [LogEvent], with whole: [LogEvent], _ way: String) throws {
  guard events != whole else { return }
  let index = zip(events, whole).enumerated().first { $1.0 != $1.1 }?.offset ?? whole.count
  throw Complaint("\(way) event \(index) is another: see \(store)")
}

/// What a kill says stands in the input: nothing is invented.
private func check(_ kill: Kill, in input: [UInt8], lines: Int) throws {
  guard 1...lines ~= kill.line else { throw Complaint("line \(kill.line): see \(store)") }
  guard kill.victim.name.utf8.count <= 3 * 4096 else {
    throw Complaint("a name of \(kill.victim.name.utf8.count) bytes: see \(store)")
  }
  // Where bytes are written as numbers or escapes, they don't stand there.
  guard !input.contains(where: { #"\&#%"#.utf8.contains($0) }), !holds(input, "MESSAGE\":["),
    !holds(input, "=3D"), !holds(input, "</"), !holds(input, "<br")
  else { return }
  let pid = String(kill.victim.pid)
  guard holds(input, pid) || isBroken(pid, in: input) else {
    throw Complaint("process \(pid) isn't in the input: see \(store)")
  }
  let name = kill.victim.name
  guard name.contains("\u{FFFD}") || holds(input, name) || isBroken(name, in: input) else {
    throw Complaint("the name '\(name)' isn't in the input: see \(store)")
  }
}

/// The events of an input that comes in pieces, each of which ends where `end` says of its beginning.
private func parse(_ input: [UInt8], upTo end: (Int) -> Int) -> [LogEvent] {
  var parser = KernelLogParser()
  var events: [LogEvent] = []
  let span = input.span
  var offset = 0
  while offset < input.count {
    let next = end(offset)
    parser.parse(span.extracting(offset..<next), into: &events)
    offset = next
  }
  parser.finish(into: &events)
  return events
}

/// Whether it stands there with line ends and quotation marks in it.
private func isBroken(_ name: String, in input: [UInt8]) -> Bool {
  func isText(_ byte: UInt8) -> Bool { byte > 32 && byte != UInt8(ascii: ">") }
  return holds(
    input.filter(isText), String(decoding: name.utf8.filter(isText), as: UTF8.self))
}

private func holds(_ input: [UInt8], _ text: String) -> Bool {
  let text = Array(text.utf8)
  guard let first = text.first else { return true }
  var offset = 0
  while let start = input[offset...].firstIndex(of: first) {
    if input[start...].starts(with: text) { return true }
    offset = start + 1
  }
  return false
}
