import CLinux
import Glibc
import ProcFS
import TestSupport

extension KernelText {
  /// What a file with this text says.
  init?(text: String) {
    self.init(parsing: Array(text.utf8).span)
  }
}

extension FixtureTree {
  /// The tree as a `/proc`.
  func proc(isConfined: Bool = false) throws -> ProcFS {
    try ProcFS(root: path, isConfined: isConfined)
  }

  /// The process 17 of the tree.
  func process() throws -> Process { try proc().process(17) }

  /// How many of this program's descriptors lead into the tree, whatever else it has open meanwhile.
  func openDescriptors() throws -> Int {
    try names(in: "/proc/self/fd").count { name in
      text(ofLink: "/proc/self/fd/\(name)").contains(path)
    }
  }
}

extension Child {
  /// A handle on it.
  func process() throws -> Process { try ProcFS().process(ProcessID(id)) }
}

extension ProcessID: ExpressibleByIntegerLiteral {
  init(integerLiteral number: Int32) { self.init(number) }
}

extension Kibibytes: ExpressibleByIntegerLiteral {
  init(integerLiteral count: Int) { self.init(count) }
}

/// What the test may do on this machine.
enum Ability {
  /// Whether the kernel confines paths to a folder (openat2(2), from 5.6 on and not filtered out).
  static var confinement: Bool {
    var how = open_how()
    how.flags = UInt64(O_RDONLY | O_CLOEXEC)
    how.resolve = UInt64(RESOLVE_IN_ROOT)
    let result = unsafe linux_openat2(
      Int(SYS_openat2), AT_FDCWD, "/", &how, MemoryLayout<open_how>.size)
    if result >= 0 { close(CInt(result)) }
    return result >= 0
  }

  /// Whether an adjustment may be lowered at will: CAP_SYS_RESOURCE is the bit 24 of CapEff.
  static var lowering: Bool {
    let status = (try? text(at: "/proc/self/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
    return UInt64(line?.split(separator: "\t").last ?? "", radix: 16).map { $0 >> 24 & 1 == 1 }
      ?? false
  }

  /// The adjustment that a child inherits.
  static var adjustment: Int? {
    let text = try? text(at: "/proc/self/oom_score_adj")
    return text.flatMap { Int($0.dropLast()) }
  }

  /// Whether there is still `oom_adj`.
  static var legacyAdjustment: Bool { unsafe access("/proc/self/oom_adj", F_OK) == 0 }

  /// Whether each process has a pidfd inode of its own (from 6.9 on).
  static var identity: Bool {
    let release = (try? text(at: "/proc/sys/kernel/osrelease")) ?? ""
    let numbers = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return !numbers.lexicographicallyPrecedes([6, 9])
  }

  /// Whether the kernel has the settings of 5.0.
  static var sysctls: Bool { unsafe access("/proc/sys/vm/watermark_boost_factor", F_OK) == 0 }
}

/// Where a link leads; nowhere if it is none.
func text(ofLink path: String) -> String {
  var target = [CChar](repeating: 0, count: 4096)
  let length = unsafe readlink(path, &target, target.count)
  return String(decoding: target.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
