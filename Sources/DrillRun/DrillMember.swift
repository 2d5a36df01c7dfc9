import CLinux
import Core
import Glibc
import ProcFS

/// A child of this process that takes memory when it is told to, and dies with its parent.
struct DrillMember: Sendable {
  let id: ProcessID
  /// Our end of the sockets between us, for poll(2): it hangs up when the child has died.
  let channel: CInt

  /// Starts one, which has its name and its adjustment when this returns.
  ///
  /// - Parameters:
  ///   - room: How many bytes it may take in all.
  ///   - isPatient: Whether it lets all others run first. The one that grows must: were it to ask for
  ///     memory while a victim hasn't given back all of its own, the kernel would take another one.
  init(_ member: DrillPlan.Member, room: Int, isPatient: Bool) throws(Failure) {
    var ends: InlineArray<2, CInt> = [-1, -1]
    var span = ends.mutableSpan
    let isPaired = unsafe span.withUnsafeMutableBufferPointer {
      unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, $0.baseAddress) == 0
    }
    guard isPaired else { throw Failure("socketpair: \(Errno.current)") }
    let name = Array(member.name.utf8CString)
    let adjustment = Array(String(member.adjustment).utf8)
    let parent = getpid()
    let number = linux_fork()
    if number == 0 {
      if isPatient { _ = nice(19) }
      Self.live(name, adjustment, room: room, parent: parent, channel: ends[1])
    }
    close(ends[1])
    guard number > 0 else {
      close(ends[0])
      throw Failure("fork: \(Errno.current)")
    }
    id = ProcessID(number)
    channel = ends[0]
    do throws(Failure) {
      try expect("oom_score_adj \(member.adjustment)", advice: Self.adjustmentAdvice)
      try expect("mmap", advice: "The machine has no memory to promise: see vm.overcommit_memory.")
    } catch {
      end()
      throw error
    }
  }

  static let adjustmentAdvice =
    "Lowering an adjustment needs CAP_SYS_RESOURCE; raising it is always allowed."

  /// Tells it to take that many bytes more. It answers when it has them.
  func take(_ bytes: Int) {
    var bytes = bytes
    // One that has died can't be told; then the channel hangs up.
    _ = unsafe send(channel, &bytes, MemoryLayout<Int>.size, CInt(MSG_NOSIGNAL))
  }

  /// Its answer, once there is one: 0 or an error's number. `nil` says that it has died.
  func answer() -> CInt? {
    var answer: CInt = 0
    let count = unsafe recv(channel, &answer, MemoryLayout<CInt>.size, 0)
    return count == MemoryLayout<CInt>.size ? answer : nil
  }

  /// Ends it, unless its end was waited for already: then its number may be another's.
  func end() {
    var status: CInt = 0
    if unsafe waitpid(id.rawValue, &status, WNOHANG) == 0 {
      kill(id.rawValue, SIGKILL)
      _ = reap()
    }
    close(channel)
  }

  /// Waits until it is gone: the number of the signal that killed it, `nil` when it ended by itself or
  /// is gone already.
  func reap() -> CInt? {
    var status: CInt = 0
    var result: pid_t
    repeat { result = unsafe waitpid(id.rawValue, &status, 0) } while result < 0 && errno == EINTR
    guard result > 0, status & 0x7F != 0 else { return nil }
    return status & 0x7F
  }

  private func expect(_ what: String, advice: String) throws(Failure) {
    guard let number = answer() else { throw Failure("a process of the drill has ended early") }
    guard number != 0 else { return }
    throw Failure("\(what): \(Errno(rawValue: number))", advice: advice)
  }
}

extension DrillMember {
  /// Starts all of a plan, or none.
  static func start(_ plan: DrillPlan) throws(Failure) -> [DrillMember] {
    var members: [DrillMember] = []
    for member in plan.members {
      do throws(Failure) {
        let isLast = members.count == plan.members.count - 1
        members.append(try DrillMember(member, room: plan.room, isPatient: isLast))
      } catch {
        for member in members { member.end() }
        throw error
      }
    }
    return members
  }

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
