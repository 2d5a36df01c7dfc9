import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A view of all processes")
struct CompletenessTests {
  private func view(
    hidden: Int = 0, failed: Int = 0, first: Completeness.FirstProcess = .exempt,
    namespace: String? = nil, options: String = "rw"
  ) throws -> (isComplete: Bool, isOnlyOutside: Bool, remarks: [String]) {
    var files: [String: FixtureTree.Entry] = [
      "proc/self": .link("5"),
      "proc/5/mountinfo": .file(Array("30 20 0:1 / /proc rw - proc proc \(options)\n".utf8)),
    ]
    if let namespace { files["proc/5/ns/pid"] = .link("pid:[\(namespace)]") }
    let reader = ProcessReader(hiddenCount: hidden, problemCount: failed)
    return try FixtureTree(files).withWorld { world in
      let view = Completeness(of: reader, first: first, in: world)
      return (view.isComplete, view.isOnlyOutside, view.remarks.map(\.text))
    }
  }

  @Test("is complete where process 1 is seen and nothing is hidden")
  func complete() throws {
    for first in [Completeness.FirstProcess.exempt, .killable] {
      let view = try view(first: first)
      #expect(view.isComplete && !view.isOnlyOutside && view.remarks.isEmpty)
    }
    #expect(try view(namespace: "4026531836").isComplete)
    // Who isn't seen in a copy may be left out of it.
    #expect(try view(first: .absent).isComplete)
    #expect(try view(first: .killable, namespace: "4026531836").isComplete)
  }

  @Test("isn't where a read failed, which is reported by itself")
  func failed() throws {
    let view = try view(failed: 1)
    #expect(!view.isComplete && view.remarks.isEmpty)
  }

  @Test("isn't where processes are hidden, and says how many and why")
  func hidden() throws {
    let one = try view(hidden: 1)
    #expect(!one.isComplete && !one.isOnlyOutside)
    #expect(one.remarks.count == 1 && one.remarks[0].contains("1 process is hidden:"))
    let two = try view(hidden: 2, failed: 1, options: "rw,hidepid=2")
    #expect(!two.isComplete)
    #expect(
      two.remarks[0].contains("2 processes are hidden (/proc is mounted with hidepid=2):"))
    let absent = try view(first: .absent, options: "rw,hidepid=2")
    #expect(!absent.isComplete && absent.remarks[0].contains("Some processes are hidden (/proc"))
    let outside = try view(hidden: 1, first: .killable, namespace: "7")
    #expect(outside.remarks.count == 1 && outside.remarks[0].contains("1 process is hidden:"))
  }

  @Test("isn't in a PID namespace, whose outside isn't seen")
  func outside() throws {
    for first in [Completeness.FirstProcess.killable, .absent] {
      let view = try view(first: first, namespace: "4026532000")
      #expect(!view.isComplete && view.isOnlyOutside && view.remarks.count == 1)
      #expect(view.remarks[0].contains("outside this PID namespace"))
    }
    let hiding = try view(first: .killable, namespace: "4026532000", options: "rw,hidepid=2")
    #expect(!hiding.isComplete && !hiding.isOnlyOutside)
    #expect(try view(first: .exempt, namespace: "4026532000").isComplete)
  }

  @Test("counts both those that weren't scored and those that weren't read")
  func reader() {
    #expect(ProcessReader().isWhole)
    #expect(!ProcessReader(hiddenCount: 1).isWhole && !ProcessReader(problemCount: 1).isWhole)
    let problem = ProcFSError(path: "/x", reason: .system(.invalidArgument))
    #expect(ProcessReader(problems: [problem], problemCount: 1).remarks.count == 1)
    let many = ProcessReader(problems: [problem], problemCount: 3).remarks.map(\.text)
    #expect(many.count == 2 && many[1].contains("2 more files"))
    #expect(Completeness.phrase(1) == "1 process is" && Completeness.phrase(2) == "2 processes are")
    #expect(Completeness.phrase(0) == "0 processes are")
  }

  @Test("is incomplete for a program where some don't show theirs")
  func programs() throws {
    let tree = try FixtureTree(["proc/version": ""])
    let world = try tree.world()
    var options = SelectionOptions()
    options.programs = ["/bin/x"].compactMap { .init(argument: $0) }
    let users = Users(in: world)
    let selection = try ProcessSelection(options, users: users, in: world)
    let any = try ProcessSelection(SelectionOptions(), users: users, in: world)
    #expect(selection.remark(on: ProcessReader()) == nil)
    #expect(any.remark(on: ProcessReader(hiddenProgramCount: 1)) == nil)
    for (count, text) in [(1, "1 process doesn't"), (2, "2 processes don't")] {
      let remark = selection.remark(on: ProcessReader(hiddenProgramCount: count))
      #expect(remark?.text.contains(text) == true)
    }
  }
}
