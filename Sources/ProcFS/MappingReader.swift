/// Reads smaps line by line, in the memory of one mapping.
struct MappingReader {
  private var memory = MappedMemory()
  private var mapping: Mapping?
  private var isGood = true

  /// One mapping: its first line, and the values that follow it.
  fileprivate struct Mapping {
    var start, end, offset: UInt64
    var isShared = false
    var object = MappedMemory.Object(device: "", inode: 0)
    var kind = Kind.other
    var resident = 0, proportional = 0, ownClean = 0, ownDirty = 0
    var anonymous: Int?
    var swapped = 0
    /// From 4.3 on.
    var swappedPart: Int?
  }

  fileprivate enum Kind { case other, stack, vdso, deleted, segment, sharedFolder }

  /// Takes one line, without its end.
  mutating func read(_ line: Span<UInt8>) {
    guard isGood, line.count > 0 else { return }
    // Addresses begin with a small hexadecimal digit, the names of values with a capital.
    if line[0] >= UInt8(ascii: "A") && line[0] <= UInt8(ascii: "Z") {
      readValue(line)
    } else {
      keep()
      mapping = Mapping(parsing: line)
      isGood = mapping != nil
    }
  }

  /// All of it; `nil` when something else was read.
  mutating func finished() -> MappedMemory? {
    keep()
    return isGood ? memory : nil
  }

  /// The file without a name, or the segment, that a mapping's first line is about.
  static func object(in line: Span<UInt8>) -> MappedMemory.Object? {
    Mapping(parsing: line).flatMap { $0.isOfObject ? $0.wholeObject : nil }
  }

  private mutating func readValue(_ line: Span<UInt8>) {
    guard mapping != nil else {
      isGood = false
      return
    }
    var cursor = Cursor()
    let key = line.key(at: &cursor)
    let bytes = cursor.integer(in: line).map { max(0, Kibibytes($0).bytes) } ?? 0
    if line.holds("Rss", in: key) {
      mapping?.resident = bytes
    } else if line.holds("Pss", in: key) {
      mapping?.proportional = bytes
    } else if line.holds("Private_Clean", in: key) {
      mapping?.ownClean = bytes
    } else if line.holds("Private_Dirty", in: key) {
      mapping?.ownDirty = bytes
    } else if line.holds("Anonymous", in: key) {
      mapping?.anonymous = bytes
    } else if line.holds("Swap", in: key) {
      mapping?.swapped = bytes
    } else if line.holds("SwapPss", in: key) {
      mapping?.swappedPart = bytes
    }
  }

  /// Adds the mapping that is complete now.
  private mutating func keep() {
    guard let mapping else { return }
    self.mapping = nil
    if memory.lineage.program.device.isEmpty { memory.lineage.program = mapping.object }
    memory.residentBytes.addUpToEnd(mapping.resident)
    switch mapping.kind {
    case .stack: memory.lineage.stack = mapping.end
    case .vdso: memory.lineage.vdso = mapping.start
    case .deleted, .segment: keepObject(of: mapping)
    case .sharedFolder: memory.namedBytes.addUpToEnd(mapping.proportional)
    case .other: break
    }
    keepAnonymous(of: mapping)
  }

  private mutating func keepAnonymous(of mapping: Mapping) {
    // Swapped pages of a shared mapping are the object's.
    let swapped = mapping.isShared ? 0 : mapping.swapped
    guard let anonymous = mapping.anonymous else {
      memory.isWhole = false
      return
    }
    memory.anonymousBytes.addUpToEnd(anonymous)
    memory.anonymousBytes.addUpToEnd(swapped)
    // Of a private mapping of a file those pages are anonymous that were written to; clean ones are the
    // file's.
    let own = min(anonymous, mapping.object.inode == 0 ? mapping.own : mapping.ownDirty)
    memory.anonymous.add(
      anonymous, private: own,
      proportional: max(0, mapping.proportional - max(0, mapping.own - own)))
    let part = mapping.swappedPart ?? swapped
    memory.anonymous.addSwap(swapped, proportional: part)
  }

  private mutating func keepObject(of mapping: Mapping) {
    let pages = max(0, mapping.resident - (mapping.anonymous ?? 0))
    let swapped = mapping.isShared ? mapping.swapped : 0
    guard pages > 0 || swapped > 0 else { return }
    let object = mapping.wholeObject
    guard memory.objects[object] != nil || memory.objects.count < MappedMemory.mostObjects else {
      memory.isWhole = false
      return
    }
    let place = place(of: mapping, in: object)
    memory.objects[object]?[place].add(
      pages, private: min(pages, mapping.own), proportional: mapping.proportional)
    // The kernel doesn't tell who shares what is in swap: as many as share the rest.
    let sharers = pages > 0 ? max(1, mapping.resident / max(1, mapping.proportional)) : 1
    memory.objects[object]?[place].addSwap(swapped, proportional: swapped / sharers)
  }

  /// The share that a mapping belongs to: one that begins after a share's last mapping goes with
  /// it.
  private mutating func place(of mapping: Mapping, in object: MappedMemory.Object) -> Int {
    var ends = memory.ends[object] ?? []
    let length = mapping.end &- mapping.start
    var place = ends.firstIndex { $0 <= mapping.offset } ?? ends.count
    if place == Self.mostPlaces { place -= 1 }
    if place == ends.count {
      ends.append(0)
      memory.objects[object, default: []].append(MappedMemory.Shares())
    }
    ends[place] = mapping.offset &+ length
    memory.ends[object] = ends
    return place
  }

  /// Nobody maps one part of a file more often, but for mischief.
  private static let mostPlaces = 8
}

extension MappedMemory.Shares {
  /// Adds swapped memory; what belongs to one process alone counts in full.
  fileprivate mutating func addSwap(_ swapped: Int, proportional: Int) {
    add(
      swapped, private: proportional >= swapped ? swapped : 0,
      proportional: min(swapped, proportional))
  }
}

extension Int {
  /// A copied file may hold any numbers.
  fileprivate mutating func addUpToEnd(_ other: Int) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? .max : sum
  }
}

extension MappingReader.Mapping {
  fileprivate var isOfObject: Bool { kind == .deleted || kind == .segment }

  fileprivate var wholeObject: MappedMemory.Object {
    var object = object
    object.isSegment = kind == .segment
    return object
  }

  /// Memory that the process has alone.
  fileprivate var own: Int {
    var sum = ownClean
    sum.addUpToEnd(ownDirty)
    return sum
  }

  /// `7f32a0000000-7f32a5000000 rw-s 00000000 00:01 1054 /memfd:pool (deleted)`
  fileprivate init?(parsing line: Span<UInt8>) {
    var cursor = Cursor()
    let addresses = line.text(in: cursor.word(in: line)).split(separator: "-")
    guard addresses.count == 2, let start = UInt64(addresses[0], radix: 16),
      let end = UInt64(addresses[1], radix: 16)
    else { return nil }
    self.start = start
    self.end = end
    cursor.skipBlanks(in: line)
    let rights = cursor.word(in: line)
    guard rights.count == 4 else { return nil }
    isShared = line[rights.upperBound - 1] != UInt8(ascii: "p")
    cursor.skipBlanks(in: line)
    guard let offset = cursor.hexadecimal(in: line) else { return nil }
    self.offset = offset
    cursor.skipBlanks(in: line)
    object.device = line.text(in: cursor.word(in: line))
    cursor.skipBlanks(in: line)
    guard let inode = cursor.natural(in: line) else { return nil }
    object.inode = inode
    cursor.skipBlanks(in: line)
    kind = Self.kind(of: line.extracting(cursor.offset..<line.count), hasFile: inode != 0)
  }

  private static func kind(of name: Span<UInt8>, hasFile: Bool) -> MappingReader.Kind {
    let all = 0..<name.count
    guard hasFile || name.starts(with: "/", at: 0) else {
      return name.holds("[stack]", in: all)
        ? .stack : name.holds("[vdso]", in: all) ? .vdso : .other
    }
    if name.starts(with: "/SYSV", at: 0) { return .segment }
    if name.count > 10, name.starts(with: " (deleted)", at: name.count - 10) { return .deleted }
    return name.starts(with: "/dev/shm/", at: 0) ? .sharedFolder : .other
  }
}
