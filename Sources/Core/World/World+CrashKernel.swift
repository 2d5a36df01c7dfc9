extension World {
  /// The file that tells whether another kernel waits to write a dump (kernel/ksysfs.c).
  package static var crashKernelPath: String { "/sys/kernel/kexec_crash_loaded" }

  /// True where a kernel for crash dumps is loaded; `nil` where that can't be told.
  package var hasCrashKernel: Bool? {
    known(try contents(of: Self.crashKernelPath))?.first.map { $0 == UInt8(ascii: "1") }
  }
}
