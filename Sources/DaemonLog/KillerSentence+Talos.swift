import LogLines

/// The OOM controller of Talos Linux, which kills cgroups and writes to `/dev/kmsg`: `oom.go` among the
/// runtime's controllers. Its messages end with an object in JSON.
extension KillerSentence {
  static func talos(_ line: Span<UInt8>) -> KillerSentence? {
    var reader = Reader()
    guard reader.skip("[talos] ", in: line) else { return nil }
    if reader.skip("Sending SIGKILL to cgroup {", in: line) {
      guard let path = text(of: "\"cgroup\": \"", in: line) else { return nil }
      var kill = DaemonKill(killer: "talos")
      kill.signal = "SIGKILL"
      kill.cgroup = path.hasPrefix(mount + "/") ? String(path.dropFirst(mount.count)) : path
      return .kill(kill)
    }
    if reader.skip("OOM controller triggered", in: line) {
      return .reason("OOM controller triggered")
    }
    if reader.skip("victim processes: {", in: line) {
      return .addition(Addition(processes: processes(in: line)))
    }
    return reader.skip("cannot reap cgroup {", in: line) ? .failure : nil
  }

  private static let mount = "/sys/fs/cgroup"

  private static func text(of key: StaticString, in line: Span<UInt8>) -> String? {
    var reader = Reader()
    guard reader.skipPast(key, in: line) else { return nil }
    let value = reader.until(UInt8(ascii: "\""), in: line)
    return value.isEmpty || reader.isAtEnd(of: line) ? nil : line.text(in: value)
  }

  /// The number of elements of the list; an empty one is of processes that couldn't be looked at.
  private static func processes(in line: Span<UInt8>) -> Int? {
    var reader = Reader()
    guard reader.skipPast("\"processes\": [", in: line) else { return nil }
    var count = 0
    var isText = false
    var isElement = false
    while let byte = reader.next(in: line) {
      reader.offset += 1
      switch byte {
      case UInt8(ascii: "\\") where isText: reader.offset += 1
      case UInt8(ascii: "\""):
        isText.toggle()
        isElement = true
      case UInt8(ascii: ",") where !isText: count += 1
      case UInt8(ascii: "]") where !isText: return isElement ? count + 1 : nil
      default: isElement = isElement || !byte.isBlank
      }
    }
    return nil
  }
}
