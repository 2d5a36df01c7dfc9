import ProcFS

extension World {
  /// The release of its kernel, as `uname -r` prints it; `nil` where a captured tree doesn't tell.
  package var kernelRelease: String? {
    isThisMachine ? ThisMachine.kernelRelease : known(try proc.kernelRelease)
  }
}
