import Glibc
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("A dry run")
struct ForesightTests {
  @Test(
    "tells that going below the floor would be refused",
    .enabled(if: Ability.meetsFloor, "adjustments can't be lowered at will here"))
  func floor() throws {
    let child = try Child()
    let start = try child.adjustment
    for words in [["adjust", "-n", "-1000"], ["adjust", "--by", "-999"], ["protect"]] {
      let foreseen = run(words + ["\(child.id)", "--dry-run", "--json"])
      #expect(try foreseen.rows.first?.hasSuffix("refused") == true)
      #expect(foreseen.errors.contains("sleep[\(child.id)]: would be refused: "))
      #expect(foreseen.errors.contains("needs CAP_SYS_RESOURCE"))
      // It ends as the change itself would.
      #expect(foreseen.status == .failed)
    }
    #expect(run(["adjust", "-n", "900", "\(child.id)", "--dry-run"]).status == .done)
    #expect(try child.adjustment == start)
  }

  @Test("tells that another's process can't be changed", .enabled(if: Executable.canRunAsNobody))
  func othersProcess() throws {
    let child = try Child()
    let result = try Executable.runAsNobody(["adjust", "-n", "900", "\(child.id)", "--dry-run"])
    #expect(result.errors.contains("would be refused: Permission denied"))
    #expect(result.errors.contains("It belongs to another user: try again as root."))
    #expect(result.status == 1)
  }

  @Test("of a captured tree foresees nothing but what its files say")
  func captured() throws {
    let tree = try FixtureMachine.server.tree()
    let result = run(["protect", "java", "--dry-run", "--json"], on: tree)
    #expect(try result.actions == ["java[1200] 0 -> -900 planned"])
    #expect(result.status == .done)
  }
}
