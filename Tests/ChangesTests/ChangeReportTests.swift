import ProcFS
import ProgramSupport
import Rendering
import TestSupport
import Testing

@testable import Changes
@testable import Core

@Suite("A report of changes")
struct ChangeReportTests {
  private func change(
    _ result: Change.Result, isImpossible: Bool = false, action: Change.Action? = nil
  ) -> Change {
    var change = Change.swappiness(from: "60", to: "10")
    if let action {
      change = Change(
        target: "vm.swappiness", file: change.file, old: change.old, new: change.new,
        action: action)
    }
    change.result = result
    change.isImpossible = isImpossible
    return change
  }

  @Test("has a status: a failure outweighs a refusal")
  func status() {
    for (results, status) in [
      ([], .done), ([.done], .done), ([.planned], .done), ([.unchanged], .done),
      ([.refused], .refused), ([.done, .refused], .refused), ([.failed], .failed),
      ([.refused, .failed], .failed), ([.failed, .done], .failed),
    ] as [([Change.Result], Core.ExitStatus)] {
      #expect(ChangeReport(changes: results.map { change($0) }).status == status, "\(results)")
    }
    #expect(ChangeReport(changes: [change(.refused, isImpossible: true)]).status == .failed)
    #expect(ChangeReport(changes: [], notes: [.note("x")]).status == .done)
    #expect(ChangeReport(changes: [change(.refused)], notes: [.error("x")]).status == .failed)
  }

  @Test("is complete where all that it depends on could be read")
  func completeness() {
    #expect(ChangeReport(changes: [change(.failed)]).isComplete)
    #expect(!ChangeReport(changes: [change(.failed, action: .some(.none))]).isComplete)
    #expect(ChangeReport(changes: [change(.refused, action: .some(.none))]).isComplete)
    #expect(!ChangeReport(changes: [], isWhole: false).isComplete)
    #expect(!ChangeReport(changes: [], notes: [.error("x")]).isComplete)
    #expect(ChangeReport(changes: [], notes: [.note("x")]).isComplete)
  }

  @Test("has something to do where a change is planned")
  func pending() {
    #expect(!ChangeReport(changes: []).isPending)
    #expect(!ChangeReport(changes: [change(.done), change(.refused)]).isPending)
    #expect(ChangeReport(changes: [change(.done), change(.planned)]).isPending)
  }

  @Test("says of failures and refusals why, and only of these")
  func remarks() {
    var changes = [Change.Result.failed, .refused, .done, .unchanged, .planned].map { change($0) }
    for index in changes.indices {
      changes[index].error = "why \(index)"
      changes[index].advice = "do \(index)"
    }
    changes.append(change(.failed))
    let report = ChangeReport(changes: changes, notes: [.note("note")])
    #expect(
      report.remarks == [
        .error("why 0", advice: "do 0"), .error("why 1", advice: "do 1"), .note("note"),
      ])
  }

  @Test("foresees refusals of changes that are made all or none, for all of them")
  func together() throws {
    let machine = try ChangedMachine()
    let changes = [change(.planned), change(.refused), change(.unchanged)]
    let report = ChangeReport(changes: changes).foreseenTogether(in: machine.world)
    #expect(report.changes.map(\.result) == [.refused, .refused, .unchanged])
    let fine = ChangeReport(changes: [change(.planned), change(.unchanged)])
      .foreseenTogether(in: machine.world)
    #expect(fine.changes.map(\.result) == [.planned, .unchanged])
    let failed = ChangeReport(changes: [change(.planned), change(.failed)])
      .foreseenTogether(in: machine.world)
    #expect(failed.changes.map(\.result) == [.refused, .failed])
  }

  @Test("shows files by their end where the terminal is narrow")
  func narrow() {
    let path = "/etc/systemd/system/nginx.service.d/50-oomctl.conf"
    var report = ChangeReport(changes: [.file(path, from: nil, to: "x")])
    report.changes[0].result = .done
    #expect(report.shown().contains(" \(path) "))
    #expect(report.shown(width: 2 * path.count).contains(" \(path) "))
    #expect(report.shown(width: 2 * path.count - 1).contains(" …/nginx.service.d/50-oomctl.conf "))
    report.changes[0] = Change(
      target: "x", file: "", old: .absent, new: .absent, action: .none, result: .failed)
    #expect(report.shown().hasSuffix("x       -       -    -  failed\n"))
  }

  @Test("shows of a file that it is one, and of one that is only planned its lines")
  func plannedFile() {
    let change = Change.file("/etc/x", from: "a\nb\n", to: "b\nc\n")
    #expect(
      ChangeReport(changes: [change]).shown() == """
        TARGET  FILE     OLD   NEW  RESULT
        /etc/x  /etc/x  file  file  planned

        /etc/x:
        - a
        + c

        """)
    var done = change
    done.result = .done
    #expect(!ChangeReport(changes: [done]).shown().contains("+ c"))
    let gone = Change.file("/etc/x", from: "a\n", to: nil)
    #expect(
      ChangeReport(changes: [gone]).shown().contains("  file    -  planned\n\n/etc/x:\n- a\n"))
  }

  @Test("keeps silent where that is wanted and all went well")
  func quiet() {
    let quiet = { (options: inout CommonOptions) in options.isQuiet = true }
    #expect(ChangeReport(changes: [change(.done)]).shown(quiet).isEmpty)
    #expect(!ChangeReport(changes: [change(.refused)]).shown(quiet).isEmpty)
    #expect(!ChangeReport(changes: [change(.done)]).shown().isEmpty)
  }

  @Test("has hints below the table")
  func hints() {
    #expect(ChangeReport(changes: [], hints: ["Look.", "Listen."]).shown() == "Look.\nListen.\n")
    let both = ChangeReport(changes: [change(.done)], hints: ["Look."])
    #expect(both.shown().hasSuffix("  done\n\nLook.\n"))
    #expect(!both.shown { $0.isQuiet = true }.contains("Look."))
  }
}
