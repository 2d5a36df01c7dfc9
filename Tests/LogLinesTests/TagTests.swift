import Testing

@testable import LogLines

@Suite("Host and tag behind a time")
struct TagTests {
  @Test(
    "tell who wrote the line",
    arguments: [
      ("h kernel: x", "on h kernel #012 | x"), ("h kernel:x", "on h kernel #012 | x"),
      ("kernel: x", "kernel #012 | x"), ("h cron[5]: x", "on h by cron #012 | x"),
      ("cron: x", "by cron #012 | x"), ("h kernel[5]: x", "on h by kernel #012 | x"),
      ("h a: x", "on h by a #012 | x"), ("h : x", "| h : x"), ("h x", "| h x"), ("h", "| h"),
      ("h [5]: x", "on h | [5]: x"), ("h []: x", "on h | []: x"),
      ("h [   12.345678] x", "+12345678 on h | x"), ("[   12.345678] x", "+12345678 | x"),
      ("h kern.warn kernel: x", "on h kernel #012 | x"),
      ("h kern.warn cron[5]: x", "on h by cron #012 | x"),
      ("h daemon.info cron[5]: x", "on h by cron #012 | x"),
      ("h daemon.info kernel: x", "on h writer #012 | x"),
      ("h kern.warn x", "| h kern.warn x"), ("h warn kernel: x", "| h warn kernel: x"),
      ("h a]: x", "on h by a] #012 | x"),
    ])
  func tags(head: String, expected: String) {
    #expect(shown("Nov 12 12:30:02 \(head)") == "?-11-12 12:30:2 \(expected)")
  }

  @Test("aren't longer than any name", arguments: [(62, true), (63, false)])
  func width(length: Int, isTag: Bool) {
    let name = String(repeating: "a", count: length)
    let expected = isTag ? "by \(name) #012 | x" : "| \(name): x"
    #expect(shown("Nov 12 12:30:02 \(name): x") == "?-11-12 12:30:2 \(expected)")
  }

  @Test(
    "stand among more fields in RFC 5424's form",
    arguments: [
      ("<6>1 ", "h kernel - - - x", "on h kernel #012 | x"),
      ("<6>1 ", "h kernel - - - \u{FEFF}x", "on h kernel #012 | x"),
      ("<30>1 ", "h cron 5 - - x", "on h by cron #012 | x"),
      ("<14>1 ", "h kernel - - - x", "on h writer #012 | x"),
      ("<6>1 ", #"h kernel - - [a b="\]"][c] x"#, "on h kernel #012 | x"),
      ("<6>1 ", "h kernel - - [a x", "on h kernel #012 | "),
      ("<6>1 ", #"h kernel - - [a\"#, "on h kernel #012 | "),
      ("<6>1 ", "h kernel - - x", "on h kernel #012 | x"),
      ("<6>1 ", "h kernel - -", "| "), ("<6>1 ", "h kernel", "| "), ("<6>1 ", "h", "| "),
    ])
  func structured(level: String, head: String, expected: String) {
    #expect(
      shown("\(level)2019-11-12T12:30:02Z \(head)")
        == "2019-11-12 12:30:2 zone 0 \(expected)")
  }

  @Test(
    "tell programs from the kernel, and those that kill from others",
    arguments: [
      (.unknown, false, false), (.kernel, false, false), (.kernelLogWriter, true, false),
      (.program("cron"), true, false), (.program("earlyoom"), true, true),
      (.program("systemd"), true, true), (.program("systemd --user"), true, true),
    ] as [(Wrapping.Origin, Bool, Bool)])
  func origins(origin: Wrapping.Origin, isProgram: Bool, isDaemon: Bool) {
    #expect(origin.isProgram == isProgram)
    #expect(origin.isDaemon == isDaemon)
  }
}
