package import ProcFS

extension World {
  /// This program, among the processes that it reads; `nil` where a captured tree shows others.
  ///
  /// It is gone when its words are read: it is nobody's neighbour, and nobody's heir.
  package var ownProcess: ProcessID? {
    proc.isLive ? environment.ownID().map { ProcessID($0) } : nil
  }
}
