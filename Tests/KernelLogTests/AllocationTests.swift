import Testing

@testable import KernelLog

@Suite struct AllocationTests {
  @Test(arguments: [
    ("1048576", 1_048_576), ("512 B", 512), ("12.0 KiB", 12_288), ("1.99 KiB", 2037),
    ("1.5 MiB", 1_572_864), ("1.50 MiB", 1_572_864), ("1.05 MiB", 1_101_004),
    ("2.25 GiB", 2_415_919_104), ("1.99 TiB", 2_188_028_139_274),
  ])
  func `an allocation's size may be rounded`(size: String, bytes: Int) {
    let line = Array("\(size)     7 mm/slub.c:3060 func:alloc_slab_page".utf8)
    guard case .allocation(let allocation) = Sentence.allocation(line.span) else {
      Issue.record("\(size) isn't read")
      return
    }
    #expect(allocation.bytes == bytes)
    #expect(allocation.count == 7)
    #expect(allocation.site == "mm/slub.c:3060 func:alloc_slab_page")
  }
}
