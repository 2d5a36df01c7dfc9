import Glibc
import ProgramSupport
import TestSupport

/// Live processes of the test's in a PID namespace of their own, with a folder of the test's in the place of
/// the one for journals: nothing else is there, so that a run makes the same calls each time.
struct SmallWorld {
  /// Their numbers in there, after mount has had one: two, and one that has the name of a link in the folder.
  let ids = ["3", "4", "5"]
  let tree: FixtureTree
  private let holder: Spawned
  private let first: Int

  /// What the third is called by.
  var name: String { "\(tree.path)/cache" }

  var journal: String { "\(tree.path)/oomctl/journal" }

  init() throws {
    tree = try FixtureTree(["cache": .link("/bin/sleep")])
    guard let unshare = Executable.tool("unshare") else { throw DataError("unshare", "is missing") }
    let script =
      "mount --bind \"$0\" /var/lib; sleep 1000 & sleep 1000 & \"$0/cache\" 1000 & wait"
    holder = try Spawned(
      unshare,
      ["-mpf", "--mount-proc", "--kill-child", "/bin/sh", "-c", script, tree.path])
    let children = "/proc/\(holder.id)/task/\(holder.id)/children"
    var found: Int?
    for _ in 0..<2000 {
      found = Int((try? text(at: children))?.split(separator: " ").first ?? "")
      if let found, (try? bytes(at: "/proc/\(found)/root/proc/5/cmdline"))?.first == 0x2F { break }
      usleep(2000)
    }
    guard let found else { throw DataError("a PID namespace", "has no process") }
    first = found
  }

  func stop() { holder.stop() }

  /// Runs the program in there.
  var injector: FaultInjector {
    get throws {
      guard let nsenter = Executable.tool("nsenter") else {
        throw DataError("nsenter", "is missing")
      }
      return try FaultInjector(prefix: [nsenter, "-t", "\(first)", "-m", "-p"])
    }
  }

  /// The adjustments that they have.
  var values: [Int] {
    get throws {
      try ids.map { Int(try text(at: file(of: $0)).split(separator: "\n").joined()) ?? -9999 }
    }
  }

  func setValues(_ values: [Int]) throws {
    for (id, value) in zip(ids, values) { try write(Array("\(value)".utf8), to: file(of: id)) }
  }

  private func file(of id: String) -> String { "/proc/\(first)/root/proc/\(id)/oom_score_adj" }
}
