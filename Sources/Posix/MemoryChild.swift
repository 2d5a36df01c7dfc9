import CLinux
import Glibc
package import ProcFS

/// A child of this process that takes memory when it is told to, and dies with its parent.
package struct MemoryChild: Sendable {
  /// Its number.
  package let id: ProcessID
  /// Our end of the sockets between us, for poll(2): it hangs up when the child has died.
  package let channel: CInt

  /// The step at which a start failed.
  package enum Obstacle: Error {
    /// That system call of ours.
    case call(String, Errno)
    /// The child's adjustment was refused.
    case adjustment(Errno)
    /// The child has no room for its memory.
    case mapping(Errno)
    /// The child has ended.
    case end
  }

  /// Starts one, which has its name, its adjustment and its room when this returns.
  ///
  /// - Parameters:
  ///   - name: What it is called in lists of processes.
  ///   - adjustment: Its `oom_score_adj`.
  ///   - room: How many bytes it may take in all.
  ///   - isPatient: Whether it lets all others run first. The one that grows must: were it to ask for
  ///     memory while a victim hasn't given back all of its own, the kernel would take another one.
  package init(
    name: String, adjustment: Int, room: Int, isPatient: Bool
  ) throws(Obstacle) {
    var ends: InlineArray<2, CInt> = [-1, -1]
    var span = ends.mutableSpan
    let isPaired = unsafe span.withUnsafeMutableBufferPointer {
      unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, $0.baseAddress) == 0
    }
    guard isPaired else { throw .call("socketpair", .current) }
    // All that the child uses lies ready.
    let text = Array(name.utf8CString)
    let number = Array(String(adjustment).utf8)
    let parent = getpid()
    let child = linux_fork()
    if child == 0 {
      if isPatient { _ = nice(19) }
      Self.live(text, number, room: room, parent: parent, channel: ends[1])
    }
    close(ends[1])
    guard child > 0 else {
      let errno = Errno.current
      close(ends[0])
      throw .call("fork", errno)
    }
    id = ProcessID(child)
    channel = ends[0]
    do throws(Obstacle) {
      if let errno = try refusal() { throw .adjustment(errno) }
      if let errno = try refusal() { throw .mapping(errno) }
    } catch {
      end()
      throw error
    }
  }

  /// Tells it to take that many bytes more. It answers when it has them.
  package func take(_ bytes: Int) {
    var bytes = bytes
    // One that has died can't be told; then the channel hangs up.
    _ = unsafe send(channel, &bytes, MemoryLayout<Int>.size, CInt(MSG_NOSIGNAL))
  }

  /// Its answer, once there is one: 0 or an error's number. `nil` says that it has died.
  package func answer() -> CInt? {
    var answer: CInt = 0
    let count = unsafe recv(channel, &answer, MemoryLayout<CInt>.size, 0)
    return count == MemoryLayout<CInt>.size ? answer : nil
  }

  /// Ends it, unless its end was waited for already: then its number may be another's.
  package func end() {
    if waitpid(id.rawValue, nil, WNOHANG) == 0 {
      kill(id.rawValue, SIGKILL)
      _ = reap()
    }
    close(channel)
  }

  /// Waits until it is gone: the number of the signal that killed it, `nil` when it ended by itself or
  /// is gone already.
  package func reap() -> CInt? {
    var status = CInt()
    var result: pid_t
    repeat { result = unsafe waitpid(id.rawValue, &status, 0) } while result < 0 && errno == EINTR
    guard result > 0, status & 0x7F != 0 else { return nil }
    return status & 0x7F
  }

  /// The error in its next answer.
  private func refusal() throws(Obstacle) -> Errno? {
    guard let number = answer() else { throw .end }
    return number == 0 ? nil : Errno(rawValue: number)
  }
}

extension MemoryChild {
  /// The life of the child. What it does between fork(2) and its end takes no memory but what it is told.
  private static func live(
    _ name: [CChar], _ adjustment: [UInt8], room: Int, parent: pid_t, channel: CInt
  ) -> Never {
    _ = linux_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL), 0, 0, 0)
    // It may have died before we said so.
    guard getppid() == parent else { _exit(1) }
    _ = unsafe name.withUnsafeBufferPointer {
      linux_prctl(PR_SET_NAME, UInt(bitPattern: $0.baseAddress), 0, 0, 0)
    }
    // An inherited file, a lock among them, would be held as long as the child lives.
    for file in 0..<mostFiles where file != channel { close(file) }
    say(adjust(adjustment), on: channel)
    let area = unsafe mmap(
      nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let area = unsafe area, unsafe area != MAP_FAILED else {
      say(errno, on: channel)
      _exit(1)
    }
    // Page by page, or the kernel would give more than is asked for.
    _ = unsafe madvise(area, room, CInt(MADV_NOHUGEPAGE))
    say(0, on: channel)
    var used = 0
    var amount = 0
    while unsafe recv(channel, &amount, MemoryLayout<Int>.size, 0) == MemoryLayout<Int>.size {
      let end = min(room, used + amount)
      while used < end {
        unsafe area.storeBytes(of: 1, toByteOffset: used, as: UInt8.self)
        used += 4096
      }
      say(0, on: channel)
    }
    _exit(0)
  }

  /// More than this program ever has open.
  private static let mostFiles: CInt = 256

  private static func adjust(_ text: [UInt8]) -> CInt {
    let file = unsafe open("/proc/self/oom_score_adj", O_WRONLY)
    guard file >= 0 else { return errno }
    defer { close(file) }
    return unsafe text.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) } < 0
      ? errno : 0
  }

  private static func say(_ number: CInt, on channel: CInt) {
    var number = number
    _ = unsafe send(channel, &number, MemoryLayout<CInt>.size, CInt(MSG_NOSIGNAL))
  }
}
