import Glibc
import ProcFS

/// The kernel's messages from a moment on (`/dev/kmsg`, Documentation/ABI/testing/dev-kmsg). Where they
/// can't be read (`kernel.dmesg_restrict`), there are none.
struct KernelWords: ~Copyable {
  private let file: FileDescriptor

  /// Begins behind the last message so far.
  init() {
    file = FileDescriptor(
      owning: unsafe open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC))
    _ = lseek(file.number, 0, SEEK_END)
  }

  /// Those of the next kills that `isMeant` takes: who was chosen and where, and who was killed. The last
  /// of a kill comes after the deadly signal: it is waited for, but not for long.
  func ofKill(count: Int = 1, _ isMeant: (String) -> Bool) -> [String] {
    guard file.number >= 0 else { return [] }
    var lines: [String] = []
    for _ in 0..<50 {
      while let line = next() { if isMeant(line) { lines.append(line) } }
      if lines.count(where: { $0.holds("Killed process ") }) >= count { break }
      usleep(10_000)
    }
    return lines
  }

  /// The text of the next message: it stands behind the first semicolon, up to the line's end.
  private func next() -> String? {
    var buffer = InlineArray<8192, UInt8>(repeating: 0)
    while true {
      do throws(Errno) {
        var span = buffer.mutableSpan
        let count = try file.read(into: &span)
        var start = 0
        while start < count, buffer[start] != UInt8(ascii: ";") { start += 1 }
        var bytes: [UInt8] = []
        for index in min(start + 1, count)..<count {
          if buffer[index] == UInt8(ascii: "\n") { break }
          bytes.append(buffer[index])
        }
        return String(decoding: bytes, as: UTF8.self)
      } catch {
        // Messages were overwritten meanwhile: it goes on with the oldest that is left.
        guard error == .brokenPipe else { return nil }
      }
    }
  }
}
