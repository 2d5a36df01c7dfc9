import TestSupport
import Testing

@testable import ProcFS

@Suite("Mapped pages on memory nodes")
struct NodePagesTests {
  private func pages(_ maps: String, on nodes: [Int]) throws -> NodePages {
    let tree = try FixtureTree(["proc/7/numa_maps": .file(Array(maps.utf8))])
    return try ProcFS(root: tree.path + "/proc").process(7).mappedPages(on: nodes)
  }

  @Test(
    "are those of files and of shared memory, without the process's own",
    arguments: [
      ("7f00 default file=/usr/lib/libc.so mapped=90 N0=60 N1=30 kernelpagesize_kB=4", 30, 0),
      ("7f00 bind:1 file=/srv/db\\040one mapped=9 N1=9 kernelpagesize_kB=4", 9, 0),
      ("7f00 default file=/bin/x anon=3 dirty=3 mapped=10 N1=10 kernelpagesize_kB=4", 7, 0),
      ("7f00 default file=/bin/x anon=3 dirty=3 N1=3 kernelpagesize_kB=4", 0, 0),
      ("7f00 default heap anon=40 dirty=40 N1=40 kernelpagesize_kB=4", 0, 0),
      ("7f00 default stack anon=4 dirty=4 N1=4 kernelpagesize_kB=4", 0, 0),
      ("7f00 default anon=40 dirty=40 N1=40 kernelpagesize_kB=4", 0, 0),
      ("7f00 default file=/dev/shm/pool dirty=8 N1=8 kernelpagesize_kB=4", 0, 8),
      ("7f00 default file=/memfd:pool\\040(deleted) dirty=8 N0=1 N1=7 kernelpagesize_kB=4", 0, 7),
      ("7f00 default file=/SYSV00000000\\040(deleted) dirty=8 N1=8 kernelpagesize_kB=4", 0, 8),
      ("7f00 default file=/dev/zero\\040(deleted) dirty=8 N1=8 kernelpagesize_kB=4", 0, 8),
      ("7f00 default file=/dev/hugepages/x huge dirty=8 N1=8 kernelpagesize_kB=2048", 0, 0),
      ("7f00 default file=/x mapped=5 N11=5 kernelpagesize_kB=4", 0, 0),
      ("7f00 default file=/N1=9 mapped=5 N0=5 kernelpagesize_kB=4", 0, 0),
      ("7f00 default file=/x N1= N1=x N=5", 0, 0),
      ("7f00 default file=/x anon mapped=5 N1=5", 5, 0), ("7f00", 0, 0), ("", 0, 0),
    ])
  func kinds(line: String, files: Int, shared: Int) throws {
    #expect(try pages(line + "\n", on: [1]) == NodePages(files: files, shared: shared))
  }

  @Test("are added up over all mappings and nodes that are asked for")
  func sum() throws {
    let maps = """
      1000 default file=/a mapped=5 N0=2 N1=3
      2000 default file=/b mapped=7 N0=7
      3000 default file=/dev/shm/c mapped=4 N2=4

      """
    #expect(try pages(maps, on: [0, 1]) == NodePages(files: 12))
    #expect(try pages(maps, on: [1, 2]) == NodePages(files: 3, shared: 4))
  }
}
