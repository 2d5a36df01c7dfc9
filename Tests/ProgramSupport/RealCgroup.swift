import Glibc
import TestSupport

/// A memory cgroup of this machine, made for one test.
package final class RealCgroup: Sendable {
  /// In the hierarchy.
  package let path: String
  package let folder: String
  private let isVersionOne: Bool

  private static let tops = [("/sys/fs/cgroup/memory", true), ("/sys/fs/cgroup", false)]

  /// Whether one can be made here: as root, where the memory controller is to be had.
  package static var isPossible: Bool {
    guard geteuid() == 0, let probe = try? RealCgroup(limit: 1 << 30) else { return false }
    return withExtendedLifetime(probe) { true }
  }

  package init(limit: Int) throws {
    let top = Self.tops.first { path, isVersionOne in
      unsafe access(path + (isVersionOne ? "/memory.limit_in_bytes" : "/cgroup.controllers"), F_OK)
        == 0
    }
    guard let top else { throw DataError("/sys/fs/cgroup", "has no memory cgroups") }
    isVersionOne = top.1
    var name = Array("\(top.0)/oomctl-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&name) != nil else { throw DataError(top.0, "can't be written") }
    folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = "/" + folder.split(separator: "/").suffix(1).joined()
    try set(isVersionOne ? "memory.limit_in_bytes" : "memory.max", to: limit)
    // Swap would only put the end off.
    try? set(
      isVersionOne ? "memory.memsw.limit_in_bytes" : "memory.swap.max", to: isVersionOne ? limit : 0
    )
  }

  deinit {
    rmdir()
  }

  /// Starts a process in it that holds that many bytes until it is stopped.
  package func hog(_ bytes: Int, adjustment: Int = 0) throws -> Spawned {
    try Spawned(
      "/bin/sh",
      [
        "-c",
        """
        echo $$ > \(folder)/cgroup.procs && echo \(adjustment) > /proc/self/oom_score_adj
        { head -c \(bytes) /dev/zero; exec sleep 60; } | exec tail -c \(bytes)
        """,
      ], hasOwnGroup: true)
  }

  /// What is charged to it, bytes.
  package var usage: Int {
    get throws {
      let file = isVersionOne ? "memory.usage_in_bytes" : "memory.current"
      return Int(try text(at: "\(folder)/\(file)").dropLast()) ?? 0
    }
  }

  /// Numbers of those in it that bear that name.
  package func processes(called name: String) -> [Int] {
    let ids = (try? text(at: "\(folder)/cgroup.procs")) ?? ""
    return ids.split(separator: "\n").compactMap { Int($0) }.filter {
      (try? text(at: "/proc/\($0)/comm")) == "\(name)\n"
    }
  }

  private func set(_ file: String, to value: Int) throws {
    try write(Array("\(value)\n".utf8), to: "\(folder)/\(file)")
  }

  /// Those that were killed may take a moment to leave.
  private func rmdir() {
    for _ in 0..<100 where unsafe Glibc.rmdir(folder) != 0 { usleep(20_000) }
  }
}
