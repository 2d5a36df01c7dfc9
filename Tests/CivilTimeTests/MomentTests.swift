import Glibc
import Testing

@testable import CivilTime

@Suite("A moment")
struct MomentTests {
  /// Some in each month of five centuries, and some that are close to the turn of a day or of summer time.
  private static let moments =
    Array(stride(from: -6_311_433_600, to: 9_467_107_200, by: 2_345_679))
    + [-1, 0, 86_399, 86_400, 951_782_399, 951_868_800, 4_107_542_399, 253_402_300_799]
    + [1_774_745_999, 1_774_746_000, 1_792_889_999, 1_792_890_000]

  @Test("is shown in Greenwich's time as the C library shows it")
  func universal() {
    for moment in Self.moments {
      let other = Self.text(moment, "%Y-%m-%dT%H:%M:%SZ", isLocal: false)
      guard Moment(moment).iso == other else {
        Issue.record("\(moment): \(Moment(moment).iso), not \(other)")
        return
      }
    }
  }

  @Test(
    "is shown in a zone's time as the C library shows it",
    arguments: [
      "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
      "Asia/Kathmandu", "Asia/Pyongyang", "Africa/Monrovia", "Pacific/Apia",
      "CET-1CEST,M3.5.0,M10.5.0/3", "<-03>3", "nonsense", "",
    ])
  func local(zone: String) async {
    // The library knows one zone at a time, and other tests ask for it.
    await #expect(processExitsWith: .success) { [zone = zone as String] in
      if !MomentTests.agrees(in: zone) { exit(1) }
    }
  }

  private static func agrees(in zone: String) -> Bool {
    unsafe setenv("TZ", zone, 1)
    tzset()
    return moments.allSatisfy {
      Moment($0).local == text($0, "%Y-%m-%d %H:%M:%S", isLocal: true)
    }
  }

  private static func text(_ moment: Int, _ format: String, isLocal: Bool) -> String {
    var (time, parts) = unsafe (time_t(moment), tm())
    if isLocal { unsafe localtime_r(&time, &parts) } else { unsafe gmtime_r(&time, &parts) }
    var buffer = [CChar](repeating: 0, count: 64)
    let count = unsafe strftime(&buffer, buffer.count, format, &parts)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
