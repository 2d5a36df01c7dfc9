import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A protection that lasts, beside what others wrote,")
struct OthersFilesTests {
  private static let rules = "etc/oomctl/rules.conf"

  private func machine(cgroup: String) -> FixtureMachine {
    .server(1200) { $0.cgroup = "0::\(cgroup)\n" }
  }

  @Test("leaves rules and comments of others as they are")
  func othersRules() throws {
    let tree = try machine(cgroup: "/").tree()
    let before = "# mine\njava = 5\n\n  nginx\t-500"
    try tree.add(.file(Array(before.utf8)), at: Self.rules)
    #expect(run(["protect", "java", "--persist"], on: tree).status == .done)
    #expect(
      try tree.file(Self.rules)
        == before
        + "\n# oomctl protect: unprotect removes this\n"
        + "user:app exe:/usr/bin/java match:(^| )-jar shop\\.jar( |$) = -900\n"
    )
  }

  @Test("leaves a drop-in that another wrote, unless it's forced")
  func othersDropIn() throws {
    let tree = try machine(cgroup: "/system.slice/app.service").tree()
    let path = "etc/systemd/system/app.service.d/50-oomctl.conf"
    let others = "[Service]\nOOMScoreAdjust=300\n"
    try tree.add(.file(Array(others.utf8)), at: path)
    let refused = run(["protect", "java", "--persist", "--json"], on: tree)
    #expect(
      refused.errors
        == "oomctl: /\(path): wasn't written by oomctl\nLook at it; --force replaces it.\n")
    #expect(try refused.actions == ["java[1200] 0 -> -900 done", "/\(path) refused"])
    #expect(refused.status == .refused)
    #expect(try tree.file(path) == others)
    #expect(run(["protect", "java", "--persist", "--force"], on: tree).status == .done)
    #expect(try tree.file(path).hasSuffix("OOMScoreAdjust=-900\n"))
  }

  @Test("isn't added to rules that are wrong")
  func brokenRules() throws {
    let tree = try machine(cgroup: "/").tree()
    try tree.add("java = much\n", at: Self.rules)
    let refused = run(["protect", "java", "--persist"], on: tree)
    #expect(
      refused.errors == """
        oomctl: /etc/oomctl/rules.conf:1:8: expected an adjustment from -1000 to 1000 after '=', not 'much'
        Mend the file first: 'oomctl guard --check-rules'.

        """)
    #expect(refused.status == .refused)
    #expect(try tree.file(Self.rules) == "java = much\n")
  }
}
