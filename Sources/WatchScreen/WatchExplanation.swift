import Core
import ProcFS
import Processes
import Ranking
import Rendering

/// The explanation of one process, as `oomctl explain` has it.
struct WatchExplanation {
  let process: WatchRow.Target
  let common: CommonOptions
  let machine: Machine
  let users: Users

  /// As lines of that width.
  func lines(_ sample: Sample, width: Int, in world: borrowing World) -> [StyledLine] {
    let rivals = [sample.first, sample.second].compactMap { $0 }
    let ids = ([process.identity.id] + rivals.map(\.id)).reduce(into: [ProcessID]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let processes: ProcessList
    do throws(Failure) {
      processes = try ProcessList(
        of: ids, on: machine, needs: .all, isScored: true, in: world.proc)
    } catch {
      return [StyledLine(error.message, .danger)]
    }
    if let problem = processes.reader.problems.first {
      return [StyledLine("\(problem)", .danger)]
    }
    guard var subject = processes.subjects.first(where: { $0.id == process.identity.id }),
      subject.record.identity == process.identity
    else { return [StyledLine("\(process.label) has ended.")] }
    subject.rank = sample.processRows.first { $0.id == process.identity.id }?.rank
    let ranked = rivals.compactMap { rival in processes.subjects.first { $0.id == rival.id } }
    var environment = world.environment
    environment.terminalWidth = width
    var page = Page(common, in: environment)
    page.emphasis = .none
    let explanation = ExplainText(
      Case(subject, among: ranked, on: machine),
      context: Column.Context(machine: machine, users: users),
      rivals: RankedField(
        count: sample.candidateCount, policy: sample.policy, isWholeView: sample.isComplete),
      page: page)
    var text = Text()
    explanation.write(to: &text)
    let lines = text.string.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.enumerated().map { index, line in
      StyledLine(String(line), index == 0 ? .heading : .plain)
    }
  }
}
