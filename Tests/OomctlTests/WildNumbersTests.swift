import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("Wild numbers and bytes in a captured tree")
struct WildNumbersTests {
  private static let commands: [[String]] = [
    [], ["list"], ["list", "--json"], ["rank"], ["explain", "1200", "--json"], ["explain", "1200"],
    ["predict"], ["predict", "--json", "-n", "2"], ["memory"], ["memory", "--json"], ["doctor"],
    ["history"], ["history", "show", "1"], ["metrics"], ["watch", "--batch", "--count", "1"],
    ["tune"], ["tune", "vm.min_free_kbytes", "vm.overcommit_ratio"], ["tune", "--check"],
    ["adjust", "--by", "2000", "1200", "--dry-run"], ["adjust", "--by", "-5", "1200", "--dry-run"],
    ["protect", "1200", "--dry-run", "--persist", "--force"], ["unprotect", "1200", "--dry-run"],
    ["undo", "--list"], ["undo", "--dry-run"], ["tune", "vm.overcommit_memory=2", "--dry-run"],
    ["guard", "--once", "--dry-run"], ["list", "--kernel", "2.4.20", "-o", "+badness"],
    ["rank", "--kernel", "2.6.18"], ["explain", "1200", "--kernel", "3.0"],
  ]

  private static func tree() throws -> FixtureTree {
    let machine = FixtureMachine.server.with { machine in
      machine.processes.removeAll { ![1, 1200, 1300].contains($0.id) }
      machine.files["proc/stat"] = "cpu 1 2 3\nbtime 1795230712\n"
      machine.files["proc/sys/vm/min_free_kbytes"] = "67584\n"
      machine.files["proc/sys/vm/overcommit_ratio"] = "50\n"
      machine.files["proc/zoneinfo"] = """
        Node 0, zone   Normal
          pages free     100000
                min      10000
                low      12000
                high     15000
                spanned  1000000
                present  1000000
                managed  990000
                protection: (0, 0, 100)
            nr_zone_inactive_file 100
        """
      machine.files["proc/buddyinfo"] = "Node 0, zone   Normal   10 20 30 40 50 60 70 80 90 1 2\n"
      machine.files["etc/oomctl/rules.conf"] = "name:java = 100\n"
      machine.files["etc/sysctl.conf"] = "vm.overcommit_ratio = 80\n"
      machine.files["var/log/kern.log"] = .file(
        Array(LogTree.line("Nov 21 03:12:44", 7).utf8))
    }
    let tree = try machine.tree()
    // A journal of its own making.
    #expect(run(["adjust", "-n", "100", "1200"], on: tree).status == .done)
    return tree
  }

  /// The text with each number exchanged.
  private static func exchanging(_ bytes: [UInt8], for number: String) -> [UInt8] {
    var result: [UInt8] = []
    var isInNumber = false
    for byte in bytes {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if !isDigit { result.append(byte) } else if !isInNumber { result += number.utf8 }
      isInNumber = isDigit
    }
    return result
  }

  @Test("stop no command, and reach no terminal")
  func all() throws {
    let numbers = [
      "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
      "99999999999999999999",
    ]
    let texts: [[UInt8]] = [
      [], Array(0...255), Array("\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}\n".utf8),
    ]
    let tree = try Self.tree()
    var count = 0
    var turn = 0
    for (path, bytes) in try tree.contents().sorted(by: { $0.key < $1.key }) {
      guard !bytes.isEmpty, !path.hasSuffix("/exe") else { continue }
      let variants = numbers.map { Self.exchanging(bytes, for: $0) }.filter { $0 != bytes } + texts
      for variant in variants {
        try write(variant, to: "\(tree.path)/\(path)")
        // Each in its turn, so that every file meets other commands with every text.
        for _ in 0..<4 {
          turn += 7
          let result = run(Self.commands[turn % Self.commands.count], on: tree)
          #expect(
            (result.output + result.errors).unicodeScalars.allSatisfy(isHarmless),
            "\(Self.commands[turn % Self.commands.count]) with \(path): \(variant.prefix(40))")
          count += 1
        }
      }
      try write(bytes, to: "\(tree.path)/\(path)")
    }
    #expect(count > 800)
  }
}
