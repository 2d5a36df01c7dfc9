import Glibc
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import GuardService
@testable import Posix

@Suite("The service manager")
struct ServiceManagerTests {
  @Test("hears at a path how the guard fares")
  func path() throws {
    let tree = try FixtureTree()
    let manager = try NotificationSocket(name: "\(tree.path)/notify")
    let service = ServiceManager(in: manager.environment)
    #expect(service.notify(.ready, .status("3 rules,\n2 processes")) == nil)
    #expect(manager.heard() == "READY=1\nSTATUS=3 rules, 2 processes")
    #expect(service.notify(.stopping) == nil)
    #expect(manager.heard() == "STOPPING=1")
    #expect(service.notify(.alive) == nil)
    #expect(manager.heard() == "WATCHDOG=1")
  }

  @Test("hears it under an abstract name")
  func abstractName() throws {
    let manager = try NotificationSocket(
      name: "@oomctl-test-\(getpid())-\(MonotonicClock.microseconds)")
    #expect(ServiceManager(in: manager.environment).notify(.ready) == nil)
    #expect(manager.heard() == "READY=1")
  }

  @Test("hears when the rules began to be read")
  func reloading() throws {
    let tree = try FixtureTree()
    let manager = try NotificationSocket(name: "\(tree.path)/notify")
    let start = MonotonicClock.microseconds
    #expect(ServiceManager(in: manager.environment).notify(.reloading) == nil)
    let words = try #require(manager.heard()?.split(separator: "\n"))
    #expect(words.first == "RELOADING=1")
    let time = try #require(words.last?.split(separator: "=").last.flatMap { Int64($0) })
    #expect((start...MonotonicClock.microseconds).contains(time))
  }

  @Test("needn't be there", arguments: [nil, "", "relative", "vsock:2:1234"])
  func nobody(name: String?) {
    let variables = name.map { ["NOTIFY_SOCKET": $0] } ?? [:]
    let service = ServiceManager(in: Environment(variables: .listed(variables)))
    #expect(service.notify(.ready) == nil)
  }

  @Test(
    "may not listen",
    arguments: [
      ("/nonexistent/notify", ENOENT), ("@oomctl-test-nobody", ECONNREFUSED),
      ("/" + String(repeating: "a", count: 200), ENAMETOOLONG),
    ])
  func deaf(name: String, expected: CInt) {
    let environment = Environment(variables: ["NOTIFY_SOCKET": name])
    #expect(ServiceManager(in: environment).notify(.ready) == Errno(rawValue: expected))
  }

  @Test(
    "may want to hear at intervals",
    arguments: [
      (nil, nil, nil), ("20000000", nil, 10_000), ("20000000", "17", 10_000),
      ("20000000", "18", nil), ("1", nil, 1), ("0", nil, nil), ("-5", nil, nil), ("x", nil, nil),
    ] as [(String?, String?, Int?)])
  func watchdog(microseconds: String?, pid: String?, expected: Int?) {
    var variables: [String: String] = [:]
    variables["WATCHDOG_USEC"] = microseconds
    variables["WATCHDOG_PID"] = pid
    let environment = Environment(variables: .listed(variables), ownID: { 17 })
    #expect(ServiceManager(in: environment).watchdogInterval == expected)
  }
}
