import Configuration
import TestSupport
import Testing

@Suite("The configuration of sysctl.d")
struct SysctlConfigurationTests {
  @Test("comes to what both readers make of it", arguments: SysctlCase.all)
  func winners(example: SysctlCase) throws {
    let configuration = example.configuration
    for (reader, expected) in example.expected {
      for key in SysctlCase.keys {
        let winner = configuration.winner(for: key, by: reader)
        #expect(winner?.value == expected[key], "\(key) by \(reader.rawValue)")
      }
    }
    for key in SysctlCase.keys {
      let values = SysctlReader.allCases.map { example.expected[$0]?[key] }
      #expect(configuration.isDisputed(key) == (values[0] != values[1]))
    }
  }

  @Test("is applied like that by systemd-sysctl and by sysctl", .enabled(if: RealReaders.areHere))
  func sideBySide() throws {
    let cases = SysctlCase.all
    for (example, result) in zip(cases, try RealReaders.results(of: cases)) {
      #expect(result == example.expected, "\(example.testDescription)")
    }
    #expect(cases.count > 30)
  }

  private let files: [SysctlConfiguration.File] = [
    .init(
      folder: "/usr/lib/sysctl.d", name: "50-default.conf",
      bytes: Array("# d\nvm.swappiness = 60\nvm.overcommit_* = 1\n".utf8)),
    .init(
      folder: "/etc/sysctl.d", name: "90-db.conf",
      bytes: Array("\n\r\n\nvm/overcommit_memory = 2\nvm.swappiness = 10\r\n".utf8)),
    .init(folder: "/etc", name: "sysctl.conf", bytes: Array("vm.swappiness=30".utf8)),
  ]

  @Test("names the file and the line, as an editor counts")
  func places() {
    let configuration = SysctlConfiguration(files)
    let database = "/etc/sysctl.d/90-db.conf"
    let winner = configuration.winner(for: "vm.swappiness", by: .systemd)
    #expect(winner == .init(path: database, line: 5, value: "10"))
    #expect(
      configuration.assignments(of: "vm/swappiness", by: .procps) == [
        .init(path: "/usr/lib/sysctl.d/50-default.conf", line: 2, value: "60"),
        .init(path: database, line: 5, value: "10"),
        .init(path: "/etc/sysctl.conf", line: 1, value: "30"),
      ])
    for reader in SysctlReader.allCases {
      let mode = configuration.assignments(of: "vm.overcommit_memory", by: reader)
      #expect(mode == [.init(path: database, line: 4, value: "2")])
      #expect(configuration.winner(for: "vm.overcommit_ratio", by: reader)?.line == 3)
      #expect(configuration.winner(for: "kernel.panic", by: reader) == nil)
    }
    #expect(configuration.isDisputed("vm.swappiness"))
    #expect(!configuration.isDisputed("vm.overcommit_memory"))
    #expect(!configuration.isDisputed("kernel.panic"))
  }

  @Test("names the last of the lines that say the same")
  func repetition() {
    let bytes = Array("vm.swappiness=1\nvm.swappiness=1\n".utf8)
    let configuration = SysctlConfiguration([
      .init(folder: "/etc/sysctl.d", name: "1.conf", bytes: bytes)
    ])
    for reader in SysctlReader.allCases {
      #expect(configuration.winner(for: "vm.swappiness", by: reader)?.line == 2)
    }
  }

  @Test("is read in time whatever it is", .timeLimit(.minutes(1)))
  func hostile() {
    let stars = "vm.\(String(repeating: "*a", count: 2000))b=1\n"
    let configuration = SysctlConfiguration(
      [stars, String(repeating: "[", count: 100_000), String(repeating: "-\n", count: 100_000)]
        .enumerated().map { number, text in
          .init(folder: "/etc/sysctl.d", name: "\(number).conf", bytes: Array(text.utf8))
        })
    let key = "vm.\(String(repeating: "a", count: 5000))"
    #expect(configuration.winner(for: key, by: .systemd) == nil)
    #expect(configuration.winner(for: key, by: .procps) == nil)
  }
}
