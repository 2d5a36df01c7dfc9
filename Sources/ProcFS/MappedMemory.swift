/// The mappings of a process, sorted by what has to die for their memory to be freed: sums over
/// `/proc/PID/smaps` (proc_pid_smaps(5), fs/proc/task_mmu.c `show_smap`). Swapped pages count like
/// resident ones. Huge pages of hugetlbfs aren't included: they go back to their pool.
public struct MappedMemory: Hashable, Sendable {
  /// Memory by how many mappings there are of each page.
  public struct Shares: Hashable, Sendable {
    /// Bytes by the number of mappings: those under 1 are private.
    public private(set) var bytes: [Int: Int] = [:]

    /// None.
    public init() {}
  }

  /// The program start that processes have in common that have only forked since. The kernel lays out
  /// memory at random with each execve(2), and fork(2) keeps the addresses.
  public struct Lineage: Hashable, Sendable {
    /// The end of the first stack.
    var stack: UInt64 = 0
    /// The address at which the kernel's own code is mapped.
    var vdso: UInt64 = 0
    /// The device and inode of the first mapping, which is the program.
    var program = Object(device: "", inode: 0)
  }

  /// A file without a name, or a System V segment.
  public struct Object: Hashable, Sendable {
    /// As `00:01`.
    public var device: String
    /// The number of the file, or of the segment.
    public var inode: UInt64
    /// True for a segment (shmget(2)), which lives on unless it is marked for destruction.
    public var isSegment = false
  }

  /// Most objects that are kept apart; somebody else may choose how many there are.
  public static let mostObjects = 4096

  /// The program start whose processes may share the anonymous memory.
  public internal(set) var lineage = Lineage()
  /// Copy-on-write memory is shared with those of the same lineage.
  public internal(set) var anonymous = Shares()
  /// Files that have no name any more (memfd, `MAP_SHARED | MAP_ANONYMOUS`, unlinked ones) and System V
  /// segments: freed with the last who maps them. Each has a share for each time that it is mapped.
  public internal(set) var objects: [Object: [Shares]] = [:]
  /// This process's part of the files in `/dev/shm`, which stay.
  public internal(set) var namedBytes = 0
  /// True where nothing that decides is missing: `Anonymous` came with 2.6.36, and there may be too
  /// many objects.
  public internal(set) var isWhole = true
  /// All that is resident, files included.
  public internal(set) var residentBytes = 0
  /// Anonymous memory, resident or swapped.
  public internal(set) var anonymousBytes = 0

  /// The end of each share's last mapping within its object, to tell two mappings of one part from
  /// those of two.
  var ends: [Object: [UInt64]] = [:]

  /// Nothing.
  public init() {}
}

extension MappedMemory.Shares {
  /// Adds memory of which each page counts for `proportional` by its part.
  mutating func add(_ total: Int, private own: Int, proportional: Int) {
    let own = min(own, total)
    add(own, sharedBy: 1)
    let shared = Int128(total - own)
    guard shared > 0 else { return }
    let part = Int128(max(0, proportional - own))
    // Nearly all pages have the same number of sharers: what doesn't divide lies between two numbers.
    guard part > 0 else { return add(Int(shared), sharedBy: .max) }
    let few = max(1, shared / part)
    let many = few + 1
    let byFew = min(shared, max(0, (part * many - shared) * few))
    add(Int(byFew), sharedBy: Int(few))
    add(Int(shared - byFew), sharedBy: Int(many))
  }

  private mutating func add(_ amount: Int, sharedBy count: Int) {
    guard amount > 0 else { return }
    let (sum, overflow) = bytes[count, default: 0].addingReportingOverflow(amount)
    bytes[count] = overflow ? .max : sum
  }
}

extension MappedMemory: KernelText {
  public static var expectation: String { "the mappings of a process's smaps" }

  public init?(parsing text: Span<UInt8>) {
    var reader = MappingReader()
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) { reader.read(text.extracting(cursor.line(in: text))) }
    guard let memory = reader.finished() else { return nil }
    self = memory
  }
}

extension Process {
  /// The mappings of the process, from `smaps`; only its owner may read that.
  ///
  /// The kernel walks all its pages for it, which takes about 1 ms for each GiB, and waits for any
  /// thread that changes its mappings: don't read it of a process that hangs.
  public var mappedMemory: MappedMemory {
    get throws(ProcFSError) {
      var reader = MappingReader()
      try directory.forEachLine(of: "smaps") { reader.read($0) }
      guard let memory = reader.finished() else {
        throw ProcFSError(
          path: directory.path(of: "smaps"), reason: .malformed(MappedMemory.expectation))
      }
      return memory
    }
  }
}
