import ProcFS
import TestSupport
import Testing

@Suite("What a process has mapped")
struct MappedMemoryTests {
  private func mapping(_ head: String, _ values: String) -> String {
    "\(head)\n"
      + values.split(separator: " ").map { pair in
        let parts = pair.split(separator: "=")
        return "\(parts[0]):           \(parts[1]) kB\n"
      }.joined()
  }

  private static let heap = "55d0c0000000-55d0c5000000 rw-p 00000000 00:00 0          [heap]"
  private static let memfd =
    "7f32a0000000-7f32a5000000 rw-s 00000000 00:01 1054       /memfd:pool (deleted)"

  /// A whole mapping of 6.18, and the same in the forms of older kernels.
  private static let forms = [
    """
    7f6c4c000000-7f6c51000000 rw-p 00000000 00:00 0\u{20}
    Size:              81920 kB
    KernelPageSize:        4 kB
    MMUPageSize:           4 kB
    Rss:               81920 kB
    Pss:               20480 kB
    Pss_Dirty:         20480 kB
    Shared_Clean:          0 kB
    Shared_Dirty:      81920 kB
    Private_Clean:         0 kB
    Private_Dirty:         0 kB
    Referenced:        81920 kB
    Anonymous:         81920 kB
    KSM:                   0 kB
    LazyFree:              0 kB
    AnonHugePages:         0 kB
    ShmemPmdMapped:        0 kB
    FilePmdMapped:         0 kB
    Shared_Hugetlb:        0 kB
    Private_Hugetlb:       0 kB
    Swap:                  0 kB
    SwapPss:               0 kB
    Locked:                0 kB
    THPeligible:           0
    VmFlags: rd wr mr mw me ac sd\u{20}

    """,
    // 2.6.39
    """
    b7000000-bc000000 rw-p 00000000 00:00 0\u{20}
    Size:              81920 kB
    Rss:               81920 kB
    Pss:               20480 kB
    Shared_Clean:          0 kB
    Shared_Dirty:      81920 kB
    Private_Clean:         0 kB
    Private_Dirty:         0 kB
    Referenced:        81920 kB
    Anonymous:         81920 kB
    AnonHugePages:         0 kB
    Swap:                  0 kB
    KernelPageSize:        4 kB
    MMUPageSize:           4 kB
    Locked:                0 kB

    """,
  ]

  @Test("tells by how many forked memory is shared", arguments: forms)
  func forked(text: String) throws {
    let memory = try #require(MappedMemory(text: text))
    #expect(memory.anonymous.bytes == [4: 80 << 20])
    #expect(memory.residentBytes == 80 << 20 && memory.anonymousBytes == 80 << 20)
    #expect(memory.isWhole && memory.objects.isEmpty)
  }

  @Test("tells what is private, in swap too")
  func own() throws {
    let text = mapping(
      Self.heap,
      "Rss=100 Pss=100 Private_Clean=20 Private_Dirty=80 Anonymous=100 Swap=60 SwapPss=60")
    #expect(try #require(MappedMemory(text: text)).anonymous.bytes == [1: 160 << 10])
    let forked = mapping(Self.heap, "Rss=0 Pss=0 Anonymous=0 Swap=60 SwapPss=20")
    #expect(try #require(MappedMemory(text: forked)).anonymous.bytes == [3: 60 << 10])
  }

  @Test("tells of a file without a name by whom it is freed")
  func object() throws {
    let values = "Rss=1000 Pss=500 Shared_Dirty=1000 Anonymous=0"
    let memory = try #require(MappedMemory(text: mapping(Self.memfd, values)))
    #expect(memory.anonymous.bytes.isEmpty)
    let shares = try #require(memory.objects.values.first)
    #expect(memory.objects.keys.map(\.inode) == [1054])
    #expect(shares.map(\.bytes) == [[2: 1000 << 10]])
    let twice = try #require(
      MappedMemory(text: mapping(Self.memfd, values) + mapping(Self.memfd, values)))
    #expect(twice.objects.values.first?.count == 2)
  }

  @Test(
    "leaves out what stays",
    arguments: [
      ("7f32a0000000-7f32a5000000 rw-s 00000000 00:19 7   /dev/shm/cache", 0, 1000 << 10),
      ("7f32a0000000-7f32a5000000 r--p 00000000 fe:00 9   /usr/lib/libc.so.6", 0, 0),
      ("7f32a0000000-7f32a5000000 rw-s 00000000 00:01 5   /SYSV00000000 (deleted)", 1, 0),
      ("7f32a0000000-7f32a5000000 rw-s 00000000 00:01 0   /SYSV00000000 (deleted)", 1, 0),
      ("7f32a0000000-7f32a5000000 rw-s 00000000 00:01 5   /dev/zero (deleted)", 1, 0),
    ])
  func named(head: String, objects: Int, named: Int) throws {
    let memory = try #require(
      MappedMemory(text: mapping(head, "Rss=1000 Pss=1000 Private_Clean=1000 Anonymous=0")))
    #expect(memory.objects.count == objects && memory.namedBytes == named)
    #expect(memory.objects.keys.allSatisfy { $0.isSegment == head.contains("SYSV") })
    #expect(memory.anonymous.bytes.isEmpty)
  }

  @Test("has the same lineage after a fork, and another after an execve")
  func lineage() throws {
    func started(_ stack: String) throws -> MappedMemory {
      let text =
        "00400000-00500000 r-xp 00000000 fe:00 77 /usr/bin/x\n\(stack) rw-p 0 00:00 0 [stack]\n"
      return try #require(MappedMemory(text: text))
    }
    let one = try started("7ffd5a7b0000-7ffd5a7d1000")
    let grown = try started("7ffd5a000000-7ffd5a7d1000")
    let other = try started("7ffd10000000-7ffd10021000")
    #expect(one.lineage == grown.lineage && one.lineage != other.lineage)
  }

  @Test("isn't whole on kernels that don't tell what is anonymous")
  func old() throws {
    let text = mapping(Self.heap, "Size=8 Rss=8 Shared_Clean=0 Private_Dirty=8 Referenced=8")
    #expect(try #require(MappedMemory(text: text)).isWhole == false)
  }

  @Test("takes any numbers")
  func huge() throws {
    let most = "9223372036854775807"
    let text = mapping(
      Self.heap,
      "Rss=\(most) Pss=\(most) Private_Clean=\(most) Private_Dirty=\(most) Anonymous=\(most) Swap=\(most)"
    )
    #expect(try #require(MappedMemory(text: text + text)).anonymousBytes == .max)
  }

  @Test(
    "is refused where it isn't smaps",
    arguments: ["Rss: 1 kB\n", "x\n", "1-2 rw-p\n", "1-2 rw-p 0 00:00 x\n", "-2 rw-p 0 00:00 0\n"])
  func malformed(text: String) {
    #expect(MappedMemory(text: text) == nil)
  }

  @Test("can be read of a living process that doesn't hang")
  func live() throws {
    let child = try Child()
    let process = try child.process()
    #expect(try !process.mayHang)
    #expect(try process.mappedMemory.residentBytes > 0)
  }
}

@Suite("System V segments")
struct SharedSegmentsTests {
  @Test("are told that vanish with the last who has them")
  func doomed() throws {
    let text = """
             key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid
               0          3  1600               1048576  4711  4711      1     0     0     0     0
        -5012342          4   600               1048576  4711  4711      1     0     0     0     0

      """
    #expect(try #require(SharedSegments(text: text)).doomed == [3])
    #expect(SharedSegments(text: "") == nil)
  }
}
