import ProcFS
import TestSupport
import Testing

@Suite("Where a process is in the kernel")
struct PresentSystemCallTests {
  @Test(
    "is told by number, if it waits",
    arguments: [
      ("running\n", .running),
      ("168 0x1 0x2 0x0 0x0 0x0 0x0 0x7ffd 0x7f21\n", .waiting(number: 168)),
      ("0 0x3\n", .waiting(number: 0)), ("-1 0x7ffd 0x7f21\n", .elsewhere), ("", nil),
      ("run\n", nil), ("99999999999999999999 0x1\n", nil),
    ] as [(String, PresentSystemCall?)])
  func parses(text: String, expected: PresentSystemCall?) {
    #expect(PresentSystemCall(text: text) == expected)
  }
}

@Suite("Swap areas")
struct SwapAreasTests {
  private static let headings = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"

  @Test(
    "have a size together",
    arguments: [
      ("", 0),
      ("/dev/sda2                               partition\t2097148\t\t0\t\t-2\n", 2_097_148),
      ("/dev/a partition 8 0 -2\n/a\\040b file 16 4 5\n", 24),
      ("/swap\\040(deleted) file 16 4 5\n", 16), ("/dev/a partition\n", nil),
      ("/dev/a partition lots 0 -2\n", nil), ("/dev/a partition 8\n", nil),
      ("/dev/a partition -8 0 -2\n", nil), ("/dev/a partition 8 -1 -2\n", nil),
      ("/dev/a partition 8796093022207 0 -2\n", 8_796_093_022_207),
      ("/dev/a partition 8796093022208 0 -2\n", nil), ("/dev/a\n", nil), ("\n", nil),
    ] as [(String, Int?)])
  func size(lines: String, kibibytes: Int?) {
    #expect(SwapAreas(text: Self.headings + lines)?.size == kibibytes.map { $0 << 10 })
  }

  @Test("tell how much of each is used")
  func use() {
    let text = Self.headings + "/dev/a partition 8 3 -2\n/a\\040b file 16 4 5\n"
    let areas = SwapAreas(text: text)?.areas
    #expect(areas?.map(\.size) == [8192, 16384])
    #expect(areas?.map(\.used) == [3072, 4096])
  }

  @Test("are no empty file")
  func empty() { #expect(SwapAreas(text: "") == nil) }
}

@Suite("Doomed segments")
struct DoomedSegmentsTests {
  private static let heading = "       key      shmid perms       size  cpid\n"

  @Test(
    "are doomed where their rights say so",
    arguments: [
      (" 0 5 1600 4096 1\n", [5]), (" 0 5 600 4096 1\n", []), (" 0 5 2600 4096 1\n", []),
      (" 0 5 3600 1\n 0 6 1000 1\n-1 7 600 1\n", [5, 6]), (" 0 x 1600 1\n", []),
      (" 0 5 x 1\n", []), (" 0 5\n", []), ("", []),
    ] as [(String, Set<UInt64>)])
  func doomed(lines: String, doomed: Set<UInt64>) throws {
    #expect(try #require(SharedSegments(text: Self.heading + lines)).doomed == doomed)
  }

  @Test("are refused as something else", arguments: ["", "\n", "0 5 1600\n"])
  func malformed(text: String) { #expect(SharedSegments(text: text) == nil) }
}
