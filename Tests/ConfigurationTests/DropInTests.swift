import Configuration
import TestSupport
import Testing

@Suite("A drop-in")
struct DropInTests {
  private let dropIn = DropIn(unit: "nginx.service", adjustment: -900)

  @Test("says who wrote it and how it goes away")
  func text() throws {
    let text = dropIn.text(version: "1.0", command: "oomctl protect --persist nginx")
    #expect(try text == expectedText("50-oomctl.conf", recording: text))
  }

  @Test("lies where systemd looks for it")
  func path() {
    #expect(
      DropIn.path(unit: dropIn.unit) == "/etc/systemd/system/nginx.service.d/50-oomctl.conf")
  }

  @Test(
    "sets its adjustment and nothing else, whatever was typed",
    arguments: [
      "x\n[Service]\nExecStart=/bin/sh", "x\\", "x\r[Service]\rOOMScoreAdjust=5",
      "\0\nOOMScoreAdjust=5",
      "\u{2028}\u{85}", String(repeating: "long ", count: 100_000),
    ])
  func hostileCommand(command: String) {
    let text = dropIn.text(version: command, command: command)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { !$0.hasPrefix("#") } == ["[Service]", "OOMScoreAdjust=-900", ""])
    #expect(lines.allSatisfy { !$0.hasSuffix("\\") && $0.utf8.count < 1000 })
    #expect(DropIn.adjustment(in: Array(text.utf8)) == -900)
    #expect(DropIn.isOwn(Array(text.utf8)))
  }

  @Test("quotes a unit whose name the shell would change")
  func quotedUnit() {
    let text = DropIn(unit: #"a\x2db.service"#, adjustment: 0).text(version: "1", command: "x")
    #expect(text.contains(#"oomctl unprotect --unit 'a\x2db.service'"#))
  }

  @Test(
    "of somebody else is recognised",
    arguments: [
      "", "# Written by oomct", "# Written by oomctlfoo", "[Service]\nOOMScoreAdjust=-900\n",
      "\n# Written by oomctl 1.0", "# written by oomctl 1.0",
    ])
  func foreign(text: String) {
    #expect(!DropIn.isOwn(Array(text.utf8)))
  }
}

@Suite("The name of a unit")
struct UnitNameTests {
  @Test(
    "is safe as systemd has it",
    arguments: [
      "nginx.service", "getty@tty1.service", "getty@.service", #"a\x2db.service"#,
      "a:b-c_d.e.service",
      "A9.service", "..service", "-.service", String(repeating: "x", count: 247) + ".service",
    ])
  func safe(name: String) {
    #expect(DropIn.isSafeUnitName(name))
  }

  @Test(
    "is refused otherwise",
    arguments: [
      "", ".service", "nginx", "nginx.socket", "nginx.service.d", "a/b.service", "../x.service",
      "/etc.service", "a b.service", "a\n.service", "a\0.service", "é.service", "a\u{301}.service",
      "a.service\u{301}", "@.service", "@x.service", "a.Service", "a%i.service", "a*.service",
      String(repeating: "x", count: 248) + ".service",
    ])
  func unsafe(name: String) {
    #expect(!DropIn.isSafeUnitName(name))
  }
}
