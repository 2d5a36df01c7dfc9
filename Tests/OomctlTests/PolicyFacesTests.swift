import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

/// Every command that names a victim, and what it prints where it names one as a fact.
private let faces: [(words: [String], claim: String)] = [
  ([], "Next victim  fluentd"), (["predict"], "Next to die"),
  (["explain", "fluentd"], "dies first"),
  (["explain", "java"], "The first victim is"), (["metrics"], "oomctl_next_victim_info{"),
  (["watch", "--batch", "-n", "1"], "fluentd"),
]

@Suite("A victim is named by its badness")
struct PolicyFacesTests {
  private func machine(
    panic: Int, invoker: Int = 0, kernel: String = "6.1.0"
  ) -> FixtureMachine {
    FixtureMachine.server.with {
      $0.kernel = kernel
      $0.files["proc/sys/vm/panic_on_oom"] = .file(Array("\(panic)\n".utf8))
      $0.files["proc/sys/vm/oom_kill_allocating_task"] = .file(Array("\(invoker)\n".utf8))
    }
  }

  @Test("where the kernel goes by it", arguments: faces.indices)
  func search(face: Int) throws {
    let result = try run(faces[face].words, on: machine(panic: 0).tree())
    #expect(result.output.contains(faces[face].claim))
  }

  @Test(
    "by no command where the kernel panics, or kills whoever asks",
    arguments: faces.indices,
    [(1, 0, "6.1.0"), (2, 0, "6.1.0"), (0, 1, "6.1.0"), (5, 0, "2.6.32")])
  func exception(face: Int, setting: (panic: Int, invoker: Int, kernel: String)) throws {
    let tree = try machine(
      panic: setting.panic, invoker: setting.invoker, kernel: setting.kernel
    ).tree()
    let result = run(faces[face].words, on: tree)
    #expect(!result.output.contains(faces[face].claim))
    let setting = setting.panic > 0 ? "panic_on_oom" : "oom_kill_allocating_task"
    let word = setting == "panic_on_oom" ? "panic" : "allocating_task"
    #expect(
      result.output.contains(faces[face].words == ["metrics"] ? "{action=\"\(word)\"}" : setting))
  }

  @Test("and 'rank' says what its ranks are worth")
  func rank() throws {
    let ranking = try run(["rank"], on: machine(panic: 1).tree())
    #expect(ranking.output.contains("The kernel panics instead of killing (vm.panic_on_oom 1)."))
  }

  @Test("doctor finds that the process that asks is killed")
  func finding() throws {
    let json = try run(["doctor", "--json"], on: machine(panic: 0, invoker: 1).tree()).json
    let ids = try json["findings"].elements.map { try $0["id"] }
    #expect(ids.contains("kills_allocating_task"))
  }
}
