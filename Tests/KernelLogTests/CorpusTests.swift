import DaemonLog
import KernelLog
import TestSupport
import Testing

/// Whole logs with the kills that people found in them: those in `Logs`, and those in the folder that
/// `OOMCTL_CORPUS` names.
@Suite struct CorpusTests {
  @Test(arguments: try Corpus.all)
  func `has all of its kills found, and none invented`(corpus: Corpus) throws {
    for (name, rows) in corpus.files {
      let log = try bytes(at: "\(corpus.folder)/\(name)")
      let kills = kills(in: log)
      #expect(kills.map(\.line) == rows.map { Int($0["line"] ?? "") }, "\(name)")
      for (kill, row) in zip(kills, rows) {
        check(kill, against: row, in: String(decoding: log, as: UTF8.self), called: name)
      }
    }
  }

  private func check(
    _ kill: Kill, against row: [String: String], in log: String, called file: String
  ) {
    for (column, value) in Self.fields(of: kill) {
      guard let expected = row[column] else { continue }
      if expected.isEmpty || expected == "None" {
        // Whoever wrote the row may have overlooked it.
        #expect(log.contains(value ?? ""), "\(file):\(kill.line), column \(column)")
      } else {
        #expect(value == expected, "\(file):\(kill.line), column \(column)")
      }
    }
    switch row["constraint"] {
    case "(memcg)":
      #expect(kill.report.cgroup != nil || kill.message == "Memory cgroup out of memory", "\(file)")
    case let word? where word.hasPrefix("CONSTRAINT_"):
      #expect(kill.report.summary.map { "CONSTRAINT_\($0.constraint)" } == word, "\(file)")
    default: break
    }
  }

  /// What the columns of `expected.tsv` hold.
  private static func fields(of kill: Kill) -> [(column: String, value: String?)] {
    let (victim, report) = (kill.victim, kill.report)
    func text(_ value: Int?) -> String? { value.map { "\($0)" } }
    return [
      ("kver", report.release), ("invoker", report.invoker?.name),
      ("gfp", report.invoker?.gfpMask.map { "0x" + String($0, radix: 16) }),
      ("order", text(report.invoker?.order)), ("pid", text(victim.pid)), ("comm", victim.name),
      ("uid", text(victim.uid)), ("total_vm", text(victim.totalVM?.count)),
      ("anon", text(victim.anonymous?.count)), ("file_rss", text(victim.file?.count)),
      ("shmem", text(victim.shared?.count)), ("pgtables", text(victim.pageTables?.count)),
      ("oom_score_adj", text(victim.adjustment)), ("score", text(kill.selected?.score)),
      ("selpid", text(kill.selected?.pid)), ("selcomm", kill.selected?.name),
      ("nrows", "\(report.tasks?.count ?? 0)"),
    ]
  }
}

/// A folder of logs with its `expected.tsv`.
struct Corpus: CustomStringConvertible, Sendable {
  let folder: String
  /// The rows of each log, in the order of its lines, by column.
  let files: [(name: String, rows: [[String: String]])]

  var description: String { folder.split(separator: "/").last.map(String.init) ?? folder }

  static var all: [Corpus] {
    get throws {
      let own = "\(TestSupport.folder(of: #filePath))/Logs"
      return try ([own] + [environment("OOMCTL_CORPUS")].compactMap { $0 }).map { try Corpus($0) }
    }
  }

  init(_ folder: String) throws {
    self.folder = folder
    let lines = try text(at: "\(folder)/expected.tsv").split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let columns = lines.first else { throw DataError(folder, "has an empty expected.tsv") }
    var files: [(name: String, rows: [[String: String]])] = []
    // A log without kills is there as well.
    for name in try names(in: folder).sorted() where name.hasSuffix(".txt") {
      let rows = lines.dropFirst().filter { $0[0] == name }.map { values in
        Dictionary(uniqueKeysWithValues: zip(columns, values))
      }
      files.append((name, rows))
    }
    self.files = files
  }
}
