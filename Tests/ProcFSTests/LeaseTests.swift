import Glibc
import TestSupport
import Testing

@testable import ProcFS

@Suite("A file that someone holds a lease on", .serialized)
struct LeaseTests {
  /// F_SETLEASE (fcntl(2)), which the C library shows only with its extensions.
  private static let setLease: CInt = 1024

  /// A file with a lease that admits nobody; `nil` where the file system has none. The signal that asks to
  /// let go of it would end the test: it is ignored by default if it is SIGURG (F_SETSIG).
  private func lease(on path: String) -> FileDescriptor? {
    let file = FileDescriptor(owning: unsafe open(path, O_RDWR | O_CLOEXEC))
    guard fcntl(file.number, 10, SIGURG) == 0,
      fcntl(file.number, Self.setLease, CInt(F_WRLCK)) == 0
    else { return nil }
    return file
  }

  @Test("is an error after a second, that says so", arguments: [false, true])
  func refusal(isConfined: Bool) throws {
    let tree = try FixtureTree(["file": "text"])
    let folder = try Directory(path: tree.path, isConfined: isConfined)
    guard let holder = lease(on: "\(tree.path)/file") else {
      throw DataError("lease", "can't be had")
    }
    let start = microseconds
    let error = #expect(throws: ProcFSError.self) { _ = try folder.contents(of: "file") }
    #expect(error?.reason == .leased && error?.errno == nil)
    #expect(
      error?.description
        == "\(tree.path)/file: someone holds a lease on the file (fcntl(2)), and doesn't let go of it"
    )
    #expect((900_000..<10_000_000).contains(microseconds - start))
    #expect(fcntl(holder.number, Self.setLease, CInt(F_UNLCK)) == 0)
    _ = consume holder
    #expect(try folder.contents(of: "file") == Array("text".utf8))
  }

  @Test("is read as soon as that one lets go of it")
  func timeout() throws {
    let tree = try FixtureTree(["file": "text"])
    guard let holder = lease(on: "\(tree.path)/file") else {
      throw DataError("lease", "can't be had")
    }
    var thread = pthread_t()
    // It is let go of by name: a program that another test starts may have inherited the descriptor.
    let number = fcntl(holder.number, F_DUPFD_CLOEXEC, 0)
    unsafe pthread_create(
      &thread, nil,
      { number in
        usleep(200_000)
        let file = CInt(Int(bitPattern: number))
        _ = fcntl(file, LeaseTests.setLease, CInt(F_UNLCK))
        close(file)
        return nil
      }, UnsafeMutableRawPointer(bitPattern: Int(number)))
    _ = consume holder
    #expect(try Directory.contents(of: "\(tree.path)/file") == Array("text".utf8))
    pthread_join(thread, nil)
  }

  private var microseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}

@Suite("A call that fails for a passing reason")
struct PersistenceTests {
  @Test(
    "is made again a limited number of times",
    arguments: [(EINTR, false, 100), (EINTR, true, 100), (EAGAIN, false, 50), (EAGAIN, true, 58)])
  func limit(number: CInt, isConfined: Bool, expected: Int) {
    var persistence = Persistence()
    var count = 0
    while count < 1000,
      persistence.allowsOpening(after: Errno(rawValue: number), isConfined: isConfined)
    {
      count += 1
    }
    #expect(count == expected)
  }

  @Test("isn't made again for others", arguments: [ENOENT, EACCES, ENFILE, EIO])
  func others(number: CInt) {
    var persistence = Persistence()
    let answers = [
      persistence.allowsOpening(after: Errno(rawValue: number), isConfined: true),
      persistence.allowsAnother(after: Errno(rawValue: number)),
      persistence.allowsAnother(after: .again),
    ]
    #expect(answers == [false, false, false])
  }
}
