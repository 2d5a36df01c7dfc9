// What libFuzzer calls for each input. It is compiled together with the parser's own sources, so that all of
// them report which of their branches were taken.

/// However a log comes, whole, line by line, or in pieces as large as the first byte tells, the events must be
/// the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func parseInPieces(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let log = unsafe Array(UnsafeBufferPointer(start: bytes + 1, count: count - 1))
  let size = unsafe 1 + Int(bytes[0])
  let whole = events(in: log) { _ in log.count }
  precondition(
    events(in: log) { log[$0...].firstIndex(of: 10).map { $0 + 1 } ?? log.count } == whole)
  precondition(events(in: log) { min(log.count, $0 + size) } == whole)
  return 0
}

/// What is found when the piece that begins at an offset ends where `end` says.
private func events(in log: [UInt8], upTo end: (Int) -> Int) -> [LogEvent] {
  var parser = KernelLogParser()
  var events: [LogEvent] = []
  var offset = 0
  while offset < log.count {
    let next = end(offset)
    parser.parse(log.span.extracting(offset..<next), into: &events)
    offset = next
  }
  parser.finish(into: &events)
  return events
}
