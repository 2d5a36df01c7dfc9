import ProcFS
import Testing

@Suite("The statm of a process")
struct ProcessSizesTests {
  @Test(
    "has the total and the resident pages",
    arguments: [
      ("765 406 382 5 0 123 0\n", 765, 406), ("0 0 0 0 0 0 0\n", 0, 0), ("1 2 1", 1, 2),
      ("9223372036854775807 -3 0\n", .max, -3),
    ])
  func pages(text: String, total: Int, resident: Int) throws {
    let sizes = try #require(ProcessSizes(text: text))
    #expect(sizes.totalPages == total && sizes.residentPages == resident)
  }

  @Test(
    "is refused without three numbers",
    arguments: [
      "", "\n", "765", "765 \n", "x 406\n", "765 x\n", "1 2", "99999999999999999999 1 1\n",
    ])
  func malformed(text: String) {
    #expect(ProcessSizes(text: text) == nil)
  }
}
