import Configuration
import TestSupport
import Testing

@Suite("A file of sysctl.d")
struct SysctlFileTests {
  private func setting(_ values: [(key: String, value: String)], in text: String) -> String {
    String(
      decoding: SysctlFile.setting(values, in: Array(text.utf8), version: "1.0"), as: UTF8.self)
  }

  @Test("that is new says who wrote it")
  func new() throws {
    let text = setting(
      [("vm.overcommit_memory", "2"), ("vm.lowmem_reserve_ratio", "256 256 32")], in: "")
    #expect(try text == expectedText("90-oomctl.conf", recording: text))
    #expect(SysctlFile.isOwn(Array(text.utf8)))
    #expect(!SysctlFile.isOwn(Array("vm.swappiness = 1\n".utf8)))
  }

  @Test(
    "keeps all but the line that is set",
    arguments: [
      ("a=1\nvm.swappiness = 60\nb=2\n", "a=1\nvm.swappiness = 10\nb=2\n"),
      ("vm/swappiness=60", "vm.swappiness = 10"), ("-vm.swappiness=60\n", "vm.swappiness = 10\n"),
      ("vm.swappiness=60\r\n# x\r\n", "vm.swappiness = 10\r\n# x\r\n"),
      ("a=1", "a=1\nvm.swappiness = 10\n"), ("a=1\r\n", "a=1\r\nvm.swappiness = 10\r\n"),
      ("\n\n", "\n\nvm.swappiness = 10\n"),
      ("vm.swappines? = 1\n", "vm.swappines? = 1\nvm.swappiness = 10\n"),
      ("# vm.swappiness=1\n", "# vm.swappiness=1\nvm.swappiness = 10\n"),
      ("vm.swappiness=1\n# x\nvm//swappiness=2\n", "# x\nvm.swappiness = 10\n"),
      ("vm.swappiness=1\n-vm.swappiness\n", "vm.swappiness = 10\n"),
      ("a=1\rvm.swappiness=2\n", "a=1\rvm.swappiness=2\nvm.swappiness = 10\n"),
    ])
  func keeps(before: String, after: String) {
    #expect(setting([("vm.swappiness", "10")], in: before) == after)
  }

  @Test("sets what it says, for both readers, whatever was there", arguments: SysctlCase.all)
  func wins(example: SysctlCase) {
    for case .file(let bytes) in example.files.values {
      let values = [(key: "lab.a", value: "10"), (key: "lab.net.eth0/1.x", value: "5 6")]
      let after = SysctlFile.setting(values, in: bytes, version: "1.0")
      let configuration = SysctlConfiguration([
        .init(folder: "/etc/sysctl.d", name: "90-oomctl.conf", bytes: after)
      ])
      for reader in SysctlReader.allCases where bytes.count < 1 << 20 {
        for (key, value) in values {
          #expect(configuration.winner(for: key, by: reader)?.value == value)
        }
      }
      #expect(SysctlFile.setting(values, in: after, version: "2.0") == after)
    }
  }

  @Test("gets no second line by a value")
  func hostileValue() {
    #expect(
      setting([("vm.swappiness", "1\nkernel.panic = 1")], in: "a=1\n")
        == "a=1\nvm.swappiness = 1 kernel.panic = 1\n")
  }
}
