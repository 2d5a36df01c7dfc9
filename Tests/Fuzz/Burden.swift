import KernelLog

/// An input made to be slow or large: a text repeated very often between two others.
struct Burden {
  let name: String
  var before = ""
  let text: String
  var after = "\n"
  let count: Int

  private static let invoked = "[  1.000000] a invoked oom-killer: gfp_mask=0xd0, order=0\n"
  private static let header =
    "[  1.000000] [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name\n"
  private static let row =
    "[  1.000000] [  388]     0   388     9831      712      21        0             0 daemon\n"
  private static let cursor = "Tue 2019-11-12 12:30:02 CET [s=1;i=1;t=5972491abc4d1]\n"
  private static let killed = "[  1.000000] Killed process 1 ("

  static let all = [
    Burden(name: "a line of 100 MB", text: "abcdefghi ", count: 10_000_000),
    Burden(name: "a line of 100 MB of brackets", text: "[", count: 100_000_000),
    Burden(name: "a line of 100 MB of digits", text: "1234567890", count: 10_000_000),
    Burden(name: "100 MB of line ends", text: "\n", count: 100_000_000),
    Burden(
      name: "a kill line of 100 MB", before: "Killed process 1 (a) total-vm:1kB", text: ", b:1kB",
      count: 14_000_000),
    Burden(
      name: "a JSON message of 100 MB", before: #"{"MESSAGE":""#, text: #"a\"\u0041 "#,
      after: "\"}\n", count: 10_000_000),
    Burden(
      name: "a JSON message of 100 MB of numbers", before: #"{"MESSAGE":["#, text: "101,",
      after: "10]}\n", count: 25_000_000),
    Burden(name: "a million JSON lines", text: "{\"MESSAGE\":\"a\"}\n", count: 1_000_000),
    Burden(
      name: "an export entry of 100 MB", before: "__CURSOR=a\n_TRANSPORT=kernel\nMESSAGE=",
      text: "abcdefghi ",
      after: "\n\n", count: 10_000_000),
    Burden(
      name: "a million empty entries before a kill", before: "__CURSOR=a\n\n", text: "\n",
      after: "MESSAGE=Killed process 1 (a)\n\n", count: 1_000_000),
    Burden(
      name: "a million entries of one field", before: "__CURSOR=a\n\n", text: "a=oom-kill\n\n",
      count: 1_000_000),
    Burden(
      name: "an export field without its end",
      before: "__CURSOR=a\n_TRANSPORT=kernel\nMESSAGE\n\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}",
      text: "a\n",
      count: 20_000_000),
    Burden(
      name: "a million pretty objects", before: "{\n", text: "\"MESSAGE\" : \"oom-kill\"\n}\n{\n",
      count: 1_000_000),
    Burden(
      name: "a pretty object of 100 MB", before: "{\n\"MESSAGE\" : [\n", text: "101,\n",
      after: "10]\n}\n", count: 20_000_000),
    Burden(
      name: "a pretty text of 100 MB of braces", before: "{\n\"MESSAGE\" : \"", text: "}",
      count: 100_000_000),
    Burden(name: "a million remarks", text: "-- Boot 1 --\n", count: 1_000_000),
    Burden(name: "100 MB of ends without an object", before: "{\n", text: ",}", count: 50_000_000),
    Burden(
      name: "a million verbose entries", before: cursor, text: cursor + "    MESSAGE=oom-kill\n",
      count: 1_000_000),
    Burden(
      name: "a verbose entry of 100 MB", before: cursor, text: "    MESSAGE=a\n", count: 7_000_000),
    Burden(
      name: "a verbose message of 100 MB", before: cursor + "    MESSAGE=a\n",
      text: "            b\n", after: cursor, count: 7_000_000),
    Burden(
      name: "a record of 100 MB from /dev/kmsg", before: "4,1,1,-;", text: #"\x0a\x41"#,
      count: 12_500_000),
    Burden(name: "a name of 100 MB of brackets", before: killed, text: ")", count: 100_000_000),
    Burden(
      name: "a name of 100 MB that ends often", before: killed, text: ") total-vm:",
      count: 9_000_000),
    Burden(
      name: "a million names of brackets", text: "Killed process 1 ())))))))))))))\n",
      count: 1_000_000),
    Burden(name: "a million unfinished reports", text: invoked, count: 1_000_000),
    Burden(
      name: "unfinished reports with tables", text: invoked + header + row + row + row,
      count: 200_000),
    Burden(name: "a million rows", before: invoked + header, text: row, count: 1_000_000),
    Burden(name: "a million table headers", text: header, count: 1_000_000),
    Burden(
      name: "a million zones", before: invoked + "[  1.000000] Mem-Info:\n",
      text: "[  1.000000] Node 0 DMA free:1kB min:1kB low:1kB high:1kB present:4kB\n",
      count: 1_000_000),
    Burden(
      name: "a zone of 100 MB", before: invoked + "[  1.000000] Node 0 DMA free:1kB",
      text: " key:1kB", count: 12_500_000),
    Burden(
      name: "a million lists of free blocks", before: invoked + "[  1.000000] Mem-Info:\n",
      text: "[  1.000000] Node 0 DMA: 1*4kB (U) 2*8kB (M) = 20kB\n", count: 1_000_000),
    Burden(
      name: "a million statistics", before: invoked + "[  1.000000] Memory cgroup stats for /a:\n",
      text: "[  1.000000] anon 4096\n", count: 1_000_000),
    Burden(
      name: "a million slabs", before: invoked + "[  1.000000] Unreclaimable slab info:\n",
      text: "[  1.000000] kmalloc-4k     611204KB     611333KB\n", count: 1_000_000),
    Burden(
      name: "a million lines without a prefix", before: invoked, text: "and more\n",
      count: 1_000_000),
    Burden(
      name: "a million reports of a million callers", text: "", after: "", count: 1_000_000),
    Burden(
      name: "a million victims of one cgroup",
      before: "Tasks in /a are going to be killed due to memory.oom.group set\n",
      text: killed + "a) total-vm:1kB, anon-rss:1kB, file-rss:1kB\n", count: 1_000_000),
    Burden(
      name: "a million reaped", text: "oom_reaper: reaped process 1 (a), now anon-rss:0kB\n",
      count: 1_000_000),
    Burden(name: "100 MB of entities", before: "&lt;4&gt;", text: "&amp;", count: 20_000_000),
    Burden(name: "100 MB of quotes", text: "> ", count: 50_000_000),
    long("[", then: " invoked oom-killer: order=0"),
    long("[1.0]", then: " invoked oom-killer: order=0"),
    long(") total-vm:", before: killed),
    long(")", before: "Out of memory: Kill process 1 (", then: ") score 1 or sacrifice child"),
    long("),", before: "oom_reaper: reaped process 1 (", then: "), now anon-rss:0kB"),
    long(",task=", before: "oom-kill:constraint=CONSTRAINT_NONE", then: ",pid=1,uid=0"),
    long(" killed as a result of limit of ", before: "Task in /a"),
    long(" cache:", before: "Memory cgroup stats for /a:"),
    long("&amp;", before: "&lt;4&gt;oom-kill:constraint=", then: ",pid=1,uid=0"),
    long(#"\x41"#, before: "4,1,1,-;oom-kill:constraint=", then: ",pid=1,uid=0"),
    long("#012", before: "Nov 12 12:30:02 a kernel: Killed process 1 (a)"),
    long(#"\n"#, before: #"{"MESSAGE":"Killed process 1 (a)"#, then: "\"}"),
    long("{", before: #"{"_TRANSPORT":"kernel","A":"#, then: "Killed process 1 (a)"),
    long("> ", then: "Killed process 1 (a)"),
    long("<4>", then: "Killed process 1 (a)"),
    long("[", before: "<4>1 2019-11-12T12:30:02Z a kernel - - ", then: "Killed process 1 (a)"),
    long("a:1 ", before: "Mem-Info:\n", then: "oom"),
    long("1*4kB ", before: "Mem-Info:\nDMA: ", then: "oom"),
  ]

  /// Many lines as long as any are looked at, each of the same text over and over.
  private static func long(_ text: String, before: String = "", then after: String = "") -> Burden {
    let lines = String(repeating: text, count: 60_000 / text.utf8.count)
    return Burden(
      name: "lines of \(text) behind '\(before.prefix(30))'", text: "\(before)\(lines)\(after)\n",
      count: 40)
  }

  /// Parses it at half its size and whole: time grows as the input does, memory doesn't grow.
  func check() throws -> String {
    var half = run(count / 2)
    let memory = peakMemory()
    var whole = run(count)
    let growth = peakMemory() - memory
    // What is a busy machine's fault doesn't come twice.
    if whole.time > 3 * half.time { (half, whole) = (run(count / 2), run(count)) }
    let ratio = Double(whole.time) / Double(max(half.time, 1))
    let speed = whole.size / max(whole.time, 1)
    let figures = "\(whole.time / 1000) ms, \(speed) MB/s, twice the size \(tenths(ratio)) times"
    // Twice the size may take twice the time, and what a busy machine adds.
    guard ratio < 3.5 || whole.time < 50_000 else { throw Complaint("\(name): \(figures)") }
    // The slowest that any log with reports can be: a MB in half a second.
    guard whole.time < 1_000_000 || speed > 1 else { throw Complaint("\(name): \(figures)") }
    guard growth < 64 << 10 else { throw Complaint("\(name): \(growth) KiB more memory") }
    return "\(name): \(figures), \(growth) KiB more"
  }

  private func run(_ count: Int) -> (time: Int, size: Int) {
    var parser = KernelLogParser()
    var events: [LogEvent] = []
    var size = 0
    let began = now(.processor)
    func feed(_ bytes: [UInt8]) {
      parser.parse(bytes.span, into: &events)
      events.removeAll(keepingCapacity: true)
      size += bytes.count
    }
    feed(Array(before.utf8))
    if text.isEmpty {
      for number in 0..<count {
        feed(Array("[  1.000000][ T\(number)] a invoked oom-killer: order=0\n".utf8))
      }
    } else {
      let unit = Array(text.utf8)
      let inPiece = max(1, (1 << 16) / unit.count)
      let piece = Array(repeatElement(unit, count: inPiece).joined())
      for _ in 0..<count / inPiece { feed(piece) }
      feed(Array(piece.prefix(count % inPiece * unit.count)))
    }
    feed(Array(after.utf8))
    parser.finish(into: &events)
    return (now(.processor) - began, size)
  }

  private func tenths(_ ratio: Double) -> String {
    let tenths = Int(ratio * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
