package import CgroupFS
package import Core
package import ProcFS

extension CgroupHierarchy {
  /// The limits of a group; errors are in words for the user.
  package func limits(ofGroup path: String) throws(Failure) -> CgroupLimits {
    do {
      return try limits(of: path)
    } catch {
      guard error.errno?.meansGone ?? false else { throw Failure(error) }
      throw Failure(
        "\(path): no such memory cgroup",
        advice: "Paths begin at the hierarchy's root, as in /proc/PID/cgroup.")
    }
  }

  /// The nearest group, from this one up, that has a limit; errors are in words for the user.
  package func limitedGroup(from path: String) throws(Failure) -> String? {
    do throws(ProcFSError) {
      return try nearestLimit(from: path)?.path
    } catch {
      guard error.meaning == .absent else { throw Failure(error) }
      throw Failure(
        "\(path): no such memory cgroup",
        advice: "Paths begin at the hierarchy's root, as in /proc/PID/cgroup.")
    }
  }

  /// The nearest group, from this one up, that has a limit, and that limit in bytes.
  package func nearestLimit(from path: String) throws(ProcFSError) -> (path: String, bytes: Int)? {
    var isFirst = true
    for path in lineage(of: path) {
      let limits = try limits(of: path)
      guard isFirst || limits.isHierarchical else { break }
      if let limit = limits.memory { return (path, limit) }
      isFirst = false
    }
    // For its error where the mount doesn't show it.
    if isFirst { _ = try limits(of: path) }
    return nil
  }
}
