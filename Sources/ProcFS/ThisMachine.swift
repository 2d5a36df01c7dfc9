import CLinux
import Glibc

/// Facts about the running kernel that need no file, by one call each.
public enum ThisMachine {
  /// Bytes in a page.
  public static var pageSize: Int { sysconf(Int32(_SC_PAGESIZE)) }

  /// True where this program's `long`s, and so the kernel's, are 64 bits wide. A program of 32 bits
  /// can't tell by itself.
  public static var is64Bit: Bool { Int.bitWidth == 64 }

  /// The kernel's release as uname(2) gives it, which is what `sys/kernel/osrelease` prints
  /// (kernel/utsname_sysctl.c).
  public static var kernelRelease: String? {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return nil }
    return unsafe withUnsafeBytes(of: names.release) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// RAM and swap in bytes, as sysinfo(2) gives them: the very totals that the kernel scores by (mm/show_mem.c
  /// `si_meminfo`), also where a container is shown a `meminfo` of its own.
  public static var memory: (ram: Int, swap: Int)? {
    var information = sysinfo()
    guard unsafe linux_sysinfo(&information) == 0 else { return nil }
    let unit = Int(max(1, information.mem_unit))
    return (Int(information.totalram) * unit, Int(information.totalswap) * unit)
  }
}
