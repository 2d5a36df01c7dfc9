import ProgramSupport
import Rendering
import TestSupport
import Testing

@Suite("The screen of watch")
struct WatchViewTests {
  @Test(
    "shows what there is room for",
    arguments: [(80, 24), (120, 30), (48, 16), (20, 12), (20, 24), (80, 8), (30, 5)])
  func sizes(width: Int, height: Int) throws {
    let machine = try WatchedMachine()
    (machine.width, machine.height) = (width, height)
    let text = machine.screen.joined(separator: "\n") + "\n"
    #expect(try text == expectedText("watch-\(width)x\(height).txt", recording: text))
  }

  @Test(
    "fills any size, and nothing more",
    arguments: [1, 2, 5, 19, 20, 33, 34, 59, 60, 61, 79, 200], [1, 2, 3, 4, 5, 6, 10, 25, 60])
  func anySize(width: Int, height: Int) throws {
    let machine = try WatchedMachine()
    (machine.width, machine.height) = (width, height)
    for key in [Key.character("x"), .character("t"), .character("c"), .character("h"), .escape] {
      try machine.press(key)
      #expect(machine.screen.count == height)
      #expect(machine.screen.allSatisfy { $0.displayWidth <= width })
      if width >= 20 { #expect(!machine.screen.joined().isEmpty) }
    }
  }

  @Test("names the next victim in whatever room there is", arguments: [20, 40, 80], [1, 2, 3, 24])
  func victim(width: Int, height: Int) throws {
    let machine = try WatchedMachine()
    (machine.width, machine.height) = (width, height)
    #expect(machine.screen.contains { $0.contains("fluentd") })
  }

  @Test("does without anything but ASCII")
  func ascii() throws {
    let machine = try WatchedMachine(
      .server.with { $0[1200].name = Array("日本".utf8) }, utf8: false)
    let text = machine.screen.joined(separator: "\n") + "\n"
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(try text == expectedText("watch-ascii.txt", recording: text))
  }

  @Test(
    "has other sides",
    arguments: [
      ("tree", [Key.character("t")]), ("cgroups", [.character("c")]), ("help", [.character("h")]),
      ("explanation", [.character("j"), .character("e")]),
      ("filter", [.character("/"), .character("e")]),
      ("value", [.character("j"), .character("a"), .character("-"), .character("5")]),
      ("confirmation", [.character("a"), .character("7"), .enter]),
    ])
  func sides(name: String, keys: [Key]) throws {
    let machine = try WatchedMachine()
    for key in keys { try machine.press(key) }
    let text = machine.screen.joined(separator: "\n") + "\n"
    #expect(try text == expectedText("watch-\(name).txt", recording: text))
  }

  @Test("leaves out what a machine doesn't tell")
  func nothingKnown() throws {
    let machine = try WatchedMachine(
      FixtureMachine(processes: []).with {
        $0.files = [
          "proc/meminfo": "MemTotal: 100 kB\n", "proc/vmstat": "nr_free_pages 1\n",
          "proc/pressure/memory": "",
        ]
      })
    let text = machine.screen.joined(separator: "\n")
    #expect(text.contains("nobody can be killed"))
    #expect(text.contains("No process to show."))
    #expect(text.contains("What memory is left isn't told here."))
    #expect(text.contains("Kills     not counted by this kernel"))
  }

  @Test("shows kills that were counted, the latest first")
  func kills() throws {
    let machine = try WatchedMachine()
    #expect(machine.screen.contains("Kills     2 since boot"))
    try machine.tree.add("oom_kill 4\n", at: "proc/vmstat")
    try machine.look()
    let lines = machine.screen.filter { $0.contains("1 process (the kernel's log") }
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("Kills     \(WatchedMachine.clock)  1 process") == true)
    #expect(lines.first?.hasSuffix("(4 since boot)") == true)
  }

  @Test("shows nothing raw of any name", arguments: HostileName.all)
  func hostile(name: [UInt8]) throws {
    let machine = try WatchedMachine(
      .server.with {
        $0[1200].name = name
        $0[1200].cgroup = "0::/\(String(decoding: name, as: UTF8.self).filter { $0 != "\n" })\n"
        $0.files["proc/sys/kernel/hostname"] = .file(name)
      })
    for keys in [[Key.escape], [.character("e")], [.escape, .character("c")], [.character("t")]] {
      for key in keys { try machine.press(key) }
      #expect(machine.screen.joined().unicodeScalars.allSatisfy(isHarmless))
    }
  }

  @Test("explains in place what explain explains, and says so when it has ended")
  func explanation() throws {
    let machine = try WatchedMachine()
    machine.height = 40
    try machine.press(.character("j"), .enter)
    #expect(machine.screen.contains { $0.contains("972 predicted, 972 in /proc: agrees") })
    #expect(machine.screen.contains { $0.contains("The first victim is fluentd[1300], 266 MiB") })
    machine.tree.remove("proc/1200")
    #expect(machine.screen.contains("java[1200] has ended."))
  }

  @Test("tells of the commit limit where it is enforced")
  func commit() throws {
    let machine = try WatchedMachine(
      .server.with { $0.files["proc/sys/vm/overcommit_memory"] = "2\n" })
    #expect(machine.screen.contains { $0.contains("refused memory after") })
  }
}
