import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Posix

@Suite("A program that oomctl starts")
struct ChildProcessTests {
  @Test("doesn't outlive the interest in it, nor stays as a zombie")
  func abandoned() throws {
    let id = try {
      let pipe = try Pipe()
      let child = try ChildProcess("/bin/sleep", ["sleep", "1000"], output: pipe.writer.number)
      #expect(kill(child.id, 0) == 0)
      return child.id
    }()
    #expect(kill(id, 0) == -1)
    #expect(waitpid(id, nil, 0) == -1)
  }

  @Test(
    "tells how it ended", arguments: [("exit 3", 3), ("kill -9 $$", 137), ("kill -PIPE $$", 141)])
  func status(script: String, status: Int32) throws {
    let pipe = try Pipe()
    let child = try ChildProcess(
      "/bin/sh", ["sh", "-c", script], output: pipe.writer.number)
    #expect(child.wait(atMost: 20_000) == status)
  }

  @Test("is waited for no longer than wanted, and ended in a moment")
  func timeout() throws {
    let pipe = try Pipe()
    let child = try ChildProcess("/bin/sleep", ["sleep", "1000"], output: pipe.writer.number)
    #expect(child.wait(atMost: 50) == nil)
    #expect(child.wait(atMost: 0) == nil)
    child.end()
    #expect(child.wait(atMost: 0) == 137)
  }

  @Test("gets the signals that are ignored here, and all that are blocked")
  func signals() throws {
    // Deadly to none of the tests.
    signal(SIGXFSZ, SIG_IGN)
    let signals = try Signals()
    let pipe = try Pipe()
    let child = try ChildProcess(
      "/bin/sh", ["sh", "-c", "kill -XFSZ $$"], output: pipe.writer.number)
    #expect(child.wait(atMost: 20_000) == 128 + SIGXFSZ)
    let other = try ChildProcess(
      "/bin/sh", ["sh", "-c", "kill -TERM $$"], output: pipe.writer.number)
    #expect(other.wait(atMost: 20_000) == 128 + SIGTERM)
    #expect(signals.next() == nil)
  }

  @Test("has the environment that it is given", arguments: [nil, ["A=b c"], []] as [[String]?])
  func variables(variables: [String]?) throws {
    let pipe = try Pipe()
    let child = try ChildProcess(
      "/usr/bin/env", ["env"], variables: variables, output: pipe.writer.number)
    #expect(child.wait(atMost: 20_000) == 0)
    let text = try text(from: pipe.keepReader())
    if let variables {
      #expect(text.split(separator: "\n").map(String.init) == variables)
    } else {
      #expect(text.contains("PATH="))
    }
  }

  @Test("has nothing to read, and nobody to complain to")
  func files() throws {
    let pipe = try Pipe()
    let writer = pipe.writer.number
    let child = try ChildProcess(
      "/bin/sh",
      ["sh", "-c", "cat; readlink /proc/self/fd/0 /proc/$$/fd/2; echo x >&2"],
      output: writer)
    let text = try text(from: pipe.keepReader())
    #expect(child.wait(atMost: 20_000) == 0)
    #expect(text == "/dev/null\n/dev/null\n")
  }

  private func text(from reader: consuming FileDescriptor) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var text = ""
    while true {
      var span = buffer.mutableSpan
      let count = try reader.read(into: &span)
      guard count > 0 else { break }
      text += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    return text
  }

  @Test("can't be started where there is none")
  func missing() {
    #expect(throws: Errno.noSuchFile) {
      _ = try ChildProcess("/nowhere", ["nowhere"], output: 1)
    }
  }
}
