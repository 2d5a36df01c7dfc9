/// The result of the files of sysctl.d(5): the line that wins for a key, for each of the programs
/// that read them.
package struct SysctlConfiguration: Sendable {
  private let lines: [SysctlReader: [Line]]

  /// A file as it was found.
  package struct File: Hashable, Sendable {
    /// One of ``SysctlReader/folders``, or `/etc` for `sysctl.conf`.
    package let folder: String
    /// Without its folder. What doesn't end in `.conf` isn't read.
    package let name: String
    /// None for a link to `/dev/null`, and for what can't be read: it hides others all the same.
    package let bytes: [UInt8]

    package init(folder: String, name: String, bytes: [UInt8]) {
      self.folder = folder
      self.name = name
      self.bytes = bytes
    }

    var path: String { "\(folder)/\(name)" }
  }

  /// A value, and the line it comes from.
  package struct Assignment: Hashable, Sendable {
    package let path: String
    /// From 1, as editors count.
    package let line: Int
    package let value: String

    package init(path: String, line: Int, value: String) {
      self.path = path
      self.line = line
      self.value = value
    }
  }

  /// An entry with its file.
  fileprivate struct Line: Sendable {
    let path: String
    let entry: SysctlEntry

    func assignment(_ value: [UInt8]) -> Assignment {
      Assignment(path: path, line: entry.line, value: value[...].text)
    }
  }

  package init(_ files: [File]) {
    lines = Dictionary(
      uniqueKeysWithValues: SysctlReader.allCases.map { reader in
        let lines = reader.order(files).flatMap { file in
          SysctlEntry.entries(in: file.bytes, by: reader).map { Line(path: file.path, entry: $0) }
        }
        return (reader, reader == .systemd ? Self.withoutRepetitions(lines) : lines)
      })
  }
}

extension SysctlConfiguration {
  /// The values that are written to a key, in their order; the last one wins if the kernel takes
  /// it.
  ///
  /// - Parameter key: As `vm.swappiness` or `vm/swappiness`.
  package func assignments(of key: String, by reader: SysctlReader) -> [Assignment] {
    placedAssignments(of: key, by: reader).map(\.assignment)
  }

  /// The plain names below a folder of `/proc/sys`, without it, that a reader finds; each with its last line.
  package func keys(
    below folder: String, by reader: SysctlReader
  ) -> [(key: String, line: Assignment)] {
    let start = Array("\(folder)/".utf8)
    var found: [[UInt8]: Line] = [:]
    for line in lines[reader] ?? [] where line.entry.name.starts(with: start) {
      if !line.entry.isPattern, line.entry.value != nil { found[line.entry.name] = line }
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { name, line in
      (name[start.count...].text, line.assignment(line.entry.value ?? []))
    }
  }

  /// True where the last line that sets a key comes after the last one of another key, which is set
  /// too.
  package func sets(_ key: String, after other: String, by reader: SysctlReader) -> Bool {
    guard let last = placedAssignments(of: key, by: reader).last?.place,
      let former = placedAssignments(of: other, by: reader).last?.place
    else { return false }
    return last > former
  }

  private func placedAssignments(
    of key: String, by reader: SysctlReader
  ) -> [(place: Int, assignment: Assignment)] {
    let name = Array(key.utf8)[...].withSlashes.simplified
    let lines = lines[reader] ?? []
    let isLeftToPatterns = !lines.contains { $0.entry.name == name }
    return lines.enumerated().compactMap { place, line in
      guard let value = line.entry.value else { return nil }
      let applies =
        line.entry.isPattern
        ? isLeftToPatterns && GlobPattern.path(line.entry.name, matches: name)
        : line.entry.opens(name, for: reader)
      return applies ? (place, line.assignment(value)) : nil
    }
  }

  /// The line that wins; `nil` where none sets the key.
  package func winner(for key: String, by reader: SysctlReader) -> Assignment? {
    assignments(of: key, by: reader).last
  }

  /// True where the key is one value at boot, and another one after `sysctl --system`.
  package func isDisputed(_ key: String) -> Bool {
    winner(for: key, by: .systemd)?.value != winner(for: key, by: .procps)?.value
  }

  /// systemd keeps one entry for each name. It moves to the end when its value changes, and stays where it
  /// is when it doesn't; of its lines the last is the one to mend.
  private static func withoutRepetitions(_ lines: [Line]) -> [Line] {
    var kept: [Line?] = []
    var places: [[UInt8]: Int] = [:]
    for line in lines {
      if let place = places[line.entry.name] {
        if kept[place]?.entry.value == line.entry.value {
          kept[place] = line
          continue
        }
        kept[place] = nil
      }
      places[line.entry.name] = kept.endIndex
      kept.append(line)
    }
    return kept.compactMap(\.self)
  }
}

extension SysctlReader {
  /// The files that it reads, in its order.
  fileprivate func order(_ files: [SysctlConfiguration.File]) -> [SysctlConfiguration.File] {
    var seen: Set<[UInt8]> = []
    let found = Self.folders.flatMap { folder in
      files.filter { file in
        file.folder == folder && reads(Array(file.name.utf8))
          && seen.insert(Array(file.name.utf8)).inserted
      }
    }
    let sorted = found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return self == .systemd ? sorted : sorted + files.filter { $0.path == Self.lastFile }
  }

  private func reads(_ name: [UInt8]) -> Bool {
    name.suffix(5).elementsEqual(".conf".utf8)
      && (self == .procps || name.first != UInt8(ascii: "."))
  }
}

extension SysctlEntry {
  /// True where the path leads to the key's file.
  fileprivate func opens(_ key: [UInt8], for reader: SysctlReader) -> Bool {
    if name == key || reader == .systemd { return name == key }
    guard let last = name.last, last != UInt8(ascii: "/") else { return false }
    var parts: [ArraySlice<UInt8>] = [Array("proc".utf8)[...], Array("sys".utf8)[...]]
    for part in name.simplified.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: [UInt8(ascii: "/")]).elementsEqual("proc/sys/".utf8 + key)
  }
}
