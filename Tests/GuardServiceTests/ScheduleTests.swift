import Testing

@testable import GuardService

@Suite("The guard's schedule")
struct ScheduleTests {
  fileprivate let second: Int64 = 1_000_000

  @Test("is empty at rest")
  func rest() {
    #expect(Schedule().timeout(until: nil, nil, at: 5) == nil)
    #expect(Schedule().timeout(until: nil, 2_000_000, 1_000_500, at: 0) == 1001)
    #expect(Schedule().timeout(until: 7, at: 10) == 0)
  }

  @Test("makes one reload of many changes, 200 ms after the last")
  func burst() {
    var schedule = Schedule()
    for time in stride(from: 0, through: Int64(1_000_000), by: 50_000) {
      schedule.noteChange(at: time)
      #expect(schedule.takesReload(at: time + 49_000) == false)
    }
    #expect(schedule.timeout(until: nil, at: 1_000_000) == 200)
    #expect(schedule.takesReload(at: 1_200_000) == true)
    #expect(schedule.takesReload(at: 9_000_000) == false)
    #expect(schedule.timeout(until: nil, at: 9_000_000) == nil)
  }

  @Test("puts a reload off for two seconds at the most")
  func endless() {
    var schedule = Schedule()
    var reloads = 0
    for time in stride(from: 0, to: 10 * second, by: 100_000) {
      schedule.noteChange(at: time)
      if schedule.takesReload(at: time) { reloads += 1 }
    }
    #expect((4...5).contains(reloads))
  }

  @Test("tries again what an error kept from being read, ever more rarely")
  func retry() {
    var schedule = Schedule()
    var (time, pauses): (Int64, [Int]) = (0, [])
    for _ in 0..<8 {
      schedule.noteUnread(true, at: time)
      let pause = schedule.timeout(until: nil, at: time) ?? -1
      pauses.append(pause / 1000)
      time += Int64(pause) * 1000
      #expect(schedule.takesRetry(at: time) == .unread)
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
    schedule.noteUnread(false, at: time)
    #expect(schedule.timeout(until: nil, at: time) == nil)
    schedule.noteUnread(true, at: time)
    #expect(schedule.timeout(until: nil, at: time) == 1000)
  }

  @Test("looks at all again when their list couldn't be read")
  func unseen() {
    var schedule = Schedule()
    schedule.noteUnseen(at: 0)
    schedule.noteUnread(false, at: 0)
    #expect(schedule.takesRetry(at: second - 1) == nil)
    #expect(schedule.takesRetry(at: second) == .all)
    #expect(schedule.takesRetry(at: 9 * second) == nil)
  }
}

@Suite("An allowance")
struct AllowanceTests {
  @Test("admits so many in a minute, and counts the others")
  func flood() {
    var allowance = Allowance(3)
    #expect(allowance.due == nil)
    let admitted = (0..<10).filter { allowance.admits(at: Int64($0)) }
    #expect(admitted == [0, 1, 2])
    #expect(allowance.withheld == 7)
    #expect(allowance.due == 60_000_000)
    #expect(allowance.takeSum() == 7)
    #expect(allowance.takeSum() == nil)
    #expect(allowance.admits(at: 60_000_000) == true)
    #expect(allowance.due == nil)
  }
}

extension ScheduleTests {
  @Test(
    "reads changed rules 200 ms later, but not before, nor more than 2 s after the first change")
  func exactReload() {
    var schedule = Schedule()
    schedule.noteChange(at: 0)
    let early = schedule.takesReload(at: 199_999)
    let due = schedule.takesReload(at: 200_000)
    #expect(!early && due)
    for time in stride(from: 0, through: Int64(1_900_000), by: 100_000) {
      schedule.noteChange(at: time)
    }
    #expect(schedule.timeout(until: nil, at: 1_900_000) == 100)
    schedule.noteChange(at: 1_999_000)
    #expect(schedule.timeout(until: nil, at: 1_999_000) == 1)
  }

  @Test("reads rules again that couldn't be read, ever more rarely, up to a minute")
  func unreadRules() {
    var schedule = Schedule()
    var pauses: [Int] = []
    for _ in 0..<8 {
      schedule.noteUnreadRules(at: 0)
      pauses.append((schedule.timeout(until: nil, at: 0) ?? 0) / 1000)
      _ = schedule.takesReload(at: .max)
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
  }

  @Test("keeps one retry, of the kind that was first needed, unless all are to be seen")
  func retries() {
    var schedule = Schedule()
    schedule.noteUnread(true, at: 0)
    schedule.noteUnread(true, at: 500_000)
    #expect(schedule.timeout(until: nil, at: 0) == 1000)
    schedule.noteUnseen(at: 0)
    schedule.noteUnread(true, at: 0)
    let kind = schedule.takesRetry(at: second)
    #expect(kind == .all)
  }

  @Test(
    "waits in whole milliseconds, rounded up, for the first of its times",
    arguments: [
      (0, 0), (1, 1), (1000, 1), (1001, 2), (-5, 0),
    ] as [(Int64, Int)])
  func timeouts(time: Int64, milliseconds: Int) {
    #expect(Schedule().timeout(until: time, nil, time + 9_000_000, at: 0) == milliseconds)
  }
}

extension AllowanceTests {
  @Test(
    "begins anew a minute after its first, and not before",
    arguments: [(59_999_999, false), (60_000_000, true)] as [(Int64, Bool)])
  func window(time: Int64, isAdmitted: Bool) {
    var allowance = Allowance(1)
    let first = allowance.admits(at: 0)
    let second = allowance.admits(at: time)
    #expect(first && second == isAdmitted)
    #expect(allowance.withheld == (isAdmitted ? 0 : 1))
  }
}
