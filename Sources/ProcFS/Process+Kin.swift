extension Process {
  /// The children of all its threads, from `task/TID/children` (from 3.5 on, and not in every kernel).
  public var children: [ProcessID] {
    get throws(ProcFSError) {
      var children: [ProcessID] = []
      for thread in try threads {
        let file = "task/\(thread)/children"
        guard let text = try ifPresent(try directory.contents(of: file, isLong: true)) else {
          // A thread may end meanwhile; the first one stays as long as the process.
          if thread == id {
            throw ProcFSError(path: directory.path(of: file), reason: .system(.noSuchFile))
          }
          continue
        }
        for word in text.split(separator: UInt8(ascii: " ")) {
          if let child = ProcessID(parsing: Array(word).span) { children.append(child) }
        }
      }
      return children
    }
  }

  /// Files without a name and segments that it has mapped, from `maps`: also those of which it has no page
  /// yet, as after fork(2), which smaps can't count.
  public var mappedObjects: Set<MappedMemory.Object> {
    get throws(ProcFSError) {
      var objects: Set<MappedMemory.Object> = []
      try directory.forEachLine(of: "maps") { line in
        if let object = MappingReader.object(in: line), objects.count < MappedMemory.mostObjects {
          objects.insert(object)
        }
      }
      return objects
    }
  }
}
