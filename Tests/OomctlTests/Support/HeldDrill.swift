import Glibc
import ProgramSupport
import TestSupport

@testable import oomctl

/// A real drill, held up in its middle: it says what it predicts into a pipe that is full.
final class HeldDrill {
  private let tree: FixtureTree
  private let pipe: CInt
  private let child: Spawned
  private var isStopped = false

  var id: pid_t { child.id }
  var errors: String { (try? tree.file("errors")) ?? "" }

  init() throws {
    guard let program = Executable.path else { throw DataError("oomctl", "wasn't built") }
    tree = try FixtureTree(["errors": ""])
    let path = "\(tree.path)/pipe"
    guard unsafe mkfifo(path, 0o600) == 0 else { throw DataError(path, "can't be made") }
    pipe = unsafe open(path, O_RDWR | O_NONBLOCK)
    let filling = [UInt8](repeating: 0, count: 4096)
    while unsafe write(pipe, filling, filling.count) > 0 {}
    child = try Spawned(
      program, ["drill"], output: .file(path), errors: "\(tree.path)/errors")
  }

  deinit {
    if !isStopped { child.stop() }
    close(pipe)
  }

  /// Those in its memory cgroup, once all of them are there and it is held up.
  func members(in folder: String) throws -> [pid_t] {
    var found: [pid_t] = []
    let isHeld = LiveGuard.comes(within: 20_000) {
      found = (try? processes(in: folder)) ?? []
      let call = (try? text(at: "/proc/\(id)/wchan")) ?? ""
      return found.count == 3 && call.hasSuffix("pipe_write")
    }
    guard isHeld else { throw DataError("drill", "isn't held up: \(errors)") }
    return found
  }

  private func processes(in folder: String) throws -> [pid_t] {
    let group = try names(in: folder).first { $0.hasPrefix("oomctl-drill.\(id).") }
    return try text(at: "\(folder)/\(group ?? "")/cgroup.procs").split(separator: "\n")
      .compactMap { pid_t($0) }
  }

  func kill(_ signal: CInt) {
    Glibc.kill(id, signal)
    isStopped = true
    child.wait()
  }

  /// Sends a signal, and then takes what is in the pipe: its exit status.
  func end(_ signal: CInt) -> Int {
    Glibc.kill(id, signal)
    var bytes = [UInt8](repeating: 0, count: 65536)
    while unsafe read(pipe, &bytes, bytes.count) > 0 {}
    isStopped = true
    return child.wait()
  }
}
