import TestSupport
import Testing

@testable import Posix

@Suite("A watch over files")
struct FileWatchTests {
  private func events(of watch: borrowing FileWatch) -> [FileWatch.Event] {
    var events: [FileWatch.Event] = []
    watch.forEachEvent { events.append($0) }
    return events
  }

  @Test("tells which name of a folder changed, and of the file itself")
  func changes() throws {
    let tree = try FixtureTree(["folder/file": "old\n"])
    let watch = try FileWatch()
    let folder = try watch.add("\(tree.path)/folder", for: .names)
    let file = try watch.add("\(tree.path)/folder/file", for: .content)
    #expect(events(of: watch).isEmpty)
    try tree.add("new\n", at: "folder/other")
    #expect(events(of: watch).contains(.change(of: folder, name: "other")))
    try tree.add("new\n", at: "folder/file")
    #expect(events(of: watch).contains(.change(of: file, name: nil)))
  }

  @Test("says that it has ended, and ends when it is told to")
  func end() throws {
    let tree = try FixtureTree(["folder/file": "old\n"])
    let watch = try FileWatch()
    let file = try watch.add("\(tree.path)/folder/file", for: .departure)
    watch.remove(file)
    #expect(events(of: watch) == [.end(of: file)])
  }

  /// A record: watch, mask, cookie, length, and a name filled up with zero bytes.
  private func record(_ watch: UInt8, _ mask: UInt32, name: String = "", room: Int = 0) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16 + room)
    bytes[0] = watch
    for byte in 0..<4 { bytes[4 + byte] = UInt8(truncatingIfNeeded: mask >> UInt32(8 * byte)) }
    bytes[12] = UInt8(room)
    bytes.replaceSubrange(16..<16 + name.utf8.count, with: Array(name.utf8))
    return bytes
  }

  @Test("reads one record after the other")
  func records() {
    let bytes =
      record(1, 0x100, name: "one", room: 16) + record(2, 0x8) + record(3, 0x8000)
      + record(4, 0x4000) + record(5, 0x100, name: "sixteen-bytes-ab", room: 16)
    var events: [FileWatch.Event] = []
    FileWatch.forEachEvent(in: bytes.span) { events.append($0) }
    #expect(
      events == [
        .change(of: 1, name: "one"), .change(of: 2, name: nil), .end(of: 3), .overflow,
        .change(of: 5, name: "sixteen-bytes-ab"),
      ])
  }

  @Test("never reads beyond records that are cut off", arguments: 0..<40)
  func cutOff(count: Int) {
    // A name of 16 bytes, and the queue's overflow.
    var bytes = [UInt8](repeating: 0, count: 48)
    bytes[0] = 7
    bytes[5] = 1
    bytes[12] = 16
    bytes.replaceSubrange(16..<20, with: Array("name".utf8))
    bytes[37] = 0x40
    var events: [FileWatch.Event] = []
    let part = Array(bytes.prefix(count))
    FileWatch.forEachEvent(in: part.span) { events.append($0) }
    #expect(events.count == (count < 16 ? 0 : 1))
  }
}
