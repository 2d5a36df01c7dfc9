import Testing

@testable import ProcFS

@Suite("The kernel's own objects")
struct SlabInfoTests {
  @Test("are told by the pages that their slabs take up", arguments: ["2.0", "2.1"])
  func ordinary(version: String) throws {
    let text = """
      slabinfo - version: \(version)
      # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables …
      kmalloc-2k   376 384   2048   16    8 : tunables    0    0    0 : slabdata     23     24      0
      dentry      2100 2100    192   21    1 : tunables    0    0    0 : slabdata    100    100      0

      """
    let info = try #require(SlabInfo(text: text))
    #expect(info.caches.map(\.name) == ["kmalloc-2k", "dentry"])
    #expect(info.caches.map(\.pages) == [192, 100])
    #expect(info.largest?.name == "kmalloc-2k")
  }

  @Test(
    "are left out where a line is cut off or wrong",
    arguments: ["", "kmalloc-2k", "kmalloc-2k 376 384 2048 16", "a b c d e f : g h i j : k l m n"])
  func scarce(line: String) throws {
    let info = try #require(SlabInfo(text: "slabinfo - version: 2.1\n\(line)"))
    #expect(info.caches.isEmpty && info.largest == nil)
  }

  @Test("take up no more than a number holds")
  func huge() throws {
    let number = "99999999999999999999"
    let line = "a 1 1 1 1 \(number) : tunables 0 0 0 : slabdata 1 \(number) 0"
    #expect(try #require(SlabInfo(text: "slabinfo - version: 2.1\n\(line)")).largest?.pages == .max)
  }

  @Test("are refused in the format of 2.4", arguments: ["", "slabinfo - version: 1.1\n", "\n"])
  func malformed(text: String) {
    #expect(SlabInfo(text: text) == nil)
  }
}
