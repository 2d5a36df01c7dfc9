import Testing

@testable import KillPrediction
@testable import ProcFS

@Suite("What several have in common")
struct SharedPoolTests {
  /// So many MiB, of which so many processes have each page.
  private func shares(_ mebibytes: Int, among count: Int) -> MappedMemory.Shares {
    var shares = MappedMemory.Shares()
    let size = mebibytes << 20
    shares.add(size, private: count == 1 ? size : 0, proportional: size / count)
    return shares
  }

  @Test(
    "is freed with the last who has it",
    arguments: [
      // Who has died, as MiB among so many, and what of it is free then.
      ([(6, 1)], 6), ([(6, 1), (4, 1)], 10), ([(6, 2)], 0), ([(6, 2), (6, 2)], 6),
      ([(6, 3), (6, 3)], 0), ([(6, 3), (6, 3), (6, 3)], 6), ([(6, 2), (4, 2)], 4),
      ([(6, 2), (4, 2), (2, 2)], 6), ([(6, 1), (6, 2)], 6), ([], 0),
    ] as [([(Int, Int)], Int)])
  func anonymous(dead: [(Int, Int)], freed: Int) {
    var pool = SharedPool(isWhole: false)
    for (size, count) in dead { pool.add(shares(size, among: count)) }
    pool.update()
    #expect(pool.freed == freed << 20)
  }

  @Test(
    "is freed at once where it is an object, and not before",
    arguments: [
      ([(6, 2)], 0), ([(6, 2), (6, 2)], 6), ([(6, 1), (4, 2)], 0), ([(6, 1), (4, 2), (4, 2)], 10),
    ] as [([(Int, Int)], Int)])
  func object(dead: [(Int, Int)], freed: Int) {
    var pool = SharedPool(isWhole: true)
    for (size, count) in dead { pool.add(shares(size, among: count)) }
    pool.update()
    #expect(pool.freed == freed << 20)
  }

  @Test(
    "is a whole object where no more of it is missing than a fiftieth and 64 KiB, by rounding",
    arguments: [
      (51_314_688, 51_314_688), (51_314_686, 0), (52_428_800, 52_428_800), (52_428_802, 52_428_800),
    ])
  func rounded(size: Int, freed: Int) {
    var pool = SharedPool(isWhole: true)
    for size in [52_428_800, size] {
      var shares = MappedMemory.Shares()
      shares.add(size, private: 0, proportional: size / 2)
      pool.add(shares)
    }
    pool.update()
    #expect(pool.freed == freed)
  }

  @Test("grows with each death, and is never taken back")
  func grows() {
    var pool = SharedPool(isWhole: false)
    var last = 0
    for _ in 0..<5 {
      pool.add(shares(3, among: 2))
      pool.update()
      #expect(pool.freed >= last)
      last = pool.freed
    }
  }
}
