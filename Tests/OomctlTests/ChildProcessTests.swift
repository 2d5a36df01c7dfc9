import Glibc
import ProcFS
import TestSupport
import Testing

@testable import oomctl

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
    #expect(child.wait() == status)
  }

  @Test("has nothing to read, and nobody to complain to")
  func files() throws {
    let pipe = try Pipe()
    let writer = pipe.writer.number
    let child = try ChildProcess(
      "/bin/sh",
      ["sh", "-c", "cat; readlink /proc/self/fd/0 /proc/$$/fd/2; echo x >&2"],
      output: writer)
    let reader = pipe.keepReader()
    var buffer = [UInt8](repeating: 0, count: 4096)
    var text = ""
    while true {
      var span = buffer.mutableSpan
      let count = try reader.read(into: &span)
      guard count > 0 else { break }
      text += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    #expect(child.wait() == 0)
    #expect(text == "/dev/null\n/dev/null\n")
  }

  @Test("can't be started where there is none")
  func missing() {
    #expect(throws: Errno.noSuchFile) {
      _ = try ChildProcess("/nowhere", ["nowhere"], output: 1)
    }
  }
}
