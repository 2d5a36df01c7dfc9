import Glibc
import ProcFS
import TestSupport
import Testing

@testable import Posix

@Suite("A socket that another program reads from")
struct LocalSocketTests {
  /// A socket of that name that is read from; the name may be an abstract one.
  private func receiver(_ name: [UInt8], room: CInt? = nil) throws -> FileDescriptor {
    let socket = try FileDescriptor(socketOf: AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let length = MemoryLayout<sockaddr_un>.size - 108 + name.count
    let result = unsafe withUnsafePointer(to: address) {
      unsafe bind(
        socket.number, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self),
        socklen_t(length))
    }
    try #require(result == 0)
    return socket
  }

  private func received(by socket: borrowing FileDescriptor) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe recv(socket.number, &bytes, bytes.count, CInt(MSG_DONTWAIT))
    return count >= 0 ? Array(bytes.prefix(count)) : nil
  }

  @Test("gets a datagram as a whole, by its path or its abstract name")
  func sending() throws {
    let tree = try FixtureTree(["x": ""])
    let path = Array("\(tree.path)/socket".utf8)
    for name in [path, [0] + Array("oomctl-test-\(getpid())".utf8)] {
      let socket = try receiver(name)
      try LocalSocket(name).send([1, 2, 3], atMost: 1000)
      #expect(received(by: socket) == [1, 2, 3])
      #expect(received(by: socket) == nil)
    }
  }

  @Test("may not be there, or have a name that no socket can have")
  func failures() throws {
    let tree = try FixtureTree(["x": ""])
    #expect(throws: Errno.noSuchFile) {
      try LocalSocket(Array("\(tree.path)/none".utf8)).send([1], atMost: 10)
    }
    for (count, errno) in [(108, ENOENT), (109, ENAMETOOLONG)] {
      let name = Array(("/" + String(repeating: "a", count: count - 1)).utf8)
      #expect(throws: Errno(rawValue: errno)) { try LocalSocket(name).send([1], atMost: 10) }
    }
  }

  @Test("is waited for no longer than that where it takes no more")
  func full() throws {
    let tree = try FixtureTree(["x": ""])
    let name = Array("\(tree.path)/socket".utf8)
    let socket = try receiver(name)
    var errno: Errno?
    for _ in 0..<10_000 where errno == nil {
      do throws(Errno) { try LocalSocket(name).send([1], atMost: 20) } catch { errno = error }
    }
    #expect(errno == .again)
    #expect(received(by: socket) == [1])
  }
}

@Suite("A standard stream")
struct StandardStreamTests {
  @Test("takes all bytes, and hands over what is there")
  func bytes() throws {
    let pipe = try Pipe()
    let writer = StandardStream(pipe.writer.number)
    #expect(writer.write([1, 2]) == nil && writer.takes("ab") && !writer.isTerminal)
    #expect(writer.write([]) == nil && writer.columns == nil)
    let reader = pipe.keepReader()
    #expect(StandardStream(reader.number).next() == [1, 2, 97, 98])
    #expect(StandardStream(reader.number).next() == nil)
    #expect(StandardStream(reader.number).write([1]) == .badDescriptor)
    #expect(!StandardStream(reader.number).takes("a"))
    #expect([StandardStream.input, .output, .errors].map(\.number) == [0, 1, 2])
  }
}

@Suite("The environment")
struct OwnVariablesTests {
  @Test("has variables that are set, until others take their place")
  func variables() async {
    await #expect(processExitsWith: .success) {
      OwnVariables.set("OOMCTL_TEST", to: "one")
      let first = OwnVariables.value(of: "OOMCTL_TEST")
      OwnVariables.set("OOMCTL_TEST", to: "two")
      let second = OwnVariables.value(of: "OOMCTL_TEST")
      OwnVariables.replaceAll(with: ["OTHER=3"])
      let isGone = OwnVariables.value(of: "OOMCTL_TEST") == nil
      exit(
        first == "one" && second == "two" && isGone && OwnVariables.value(of: "OTHER") == "3"
          ? 0 : 1)
    }
  }

  @Test("of signals that are ignored gets back those that weren't before")
  func ignored() async {
    await #expect(processExitsWith: .success) {
      // SIG_IGN is the number 1, SIG_DFL 0.
      let handler = { (number: CInt) -> Int in
        var action = sigaction()
        unsafe sigaction(number, nil, &action)
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      }
      signal(SIGPIPE, SIG_DFL)
      signal(SIGXFSZ, SIG_IGN)
      let ignored = IgnoredSignals.begin()
      let during = [handler(SIGPIPE), handler(SIGXFSZ)]
      ignored.handBack()
      let after = [handler(SIGPIPE), handler(SIGXFSZ)]
      signal(SIGPIPE, SIG_IGN)
      signal(SIGXFSZ, SIG_DFL)
      let others = IgnoredSignals.begin()
      others.handBack()
      let last = [handler(SIGPIPE), handler(SIGXFSZ)]
      exit(during == [1, 1] && after == [0, 1] && last == [1, 0] ? 0 : 1)
    }
  }

  @Test("of the terminal's rescue are all signals that end a program and can be caught")
  func deadly() {
    #expect(TerminalRescue.signals.count == 64 - 11)
    let deadly = [SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGPIPE, SIGTERM, SIGUSR1, 34, 64]
    #expect(deadly.allSatisfy(TerminalRescue.signals.contains))
    let harmless = [0, 65, 32, 33, SIGKILL, SIGSTOP, SIGTSTP, SIGCONT, SIGCHLD, SIGWINCH, SIGURG]
    #expect(!harmless.contains(where: TerminalRescue.signals.contains))
  }
}
