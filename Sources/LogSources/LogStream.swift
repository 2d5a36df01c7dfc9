import Core
import Posix
import ProcFS

/// The bytes of one source, from its beginning.
package struct LogStream: ~Copyable {
  let source: LogSource
  /// The file that the bytes come from: the source itself, or the output of its helper.
  let file: FileDescriptor
  /// The status of the file when it was opened; `nil` where the source is none.
  let status: FileStatus?
  /// It unpacks the file, or asks the journal.
  private let helper: Helper?
  /// Of the ring buffer.
  private(set) var records = RecordNumbers()
  private var isAtBeginning = true
  /// A crash's log, as far as it wasn't read yet.
  private var memory: CrashMemory?
  /// The bytes of a longer file that are meant, as far as they weren't read yet.
  private var section: FileSection?
  /// Files of the journal that couldn't be opened.
  private(set) var journalTroubles: [String] = []
  /// True where the helper was ended because it hung.
  private(set) var hasHung = false

  /// A program that reads for this one.
  private struct Helper {
    let name: String
    let process: ChildProcess
    /// In milliseconds.
    let timeout: Int
  }

  /// So much is read at once.
  static let bufferSize = 256 << 10

  /// The reason why it can't be read.
  package struct Trouble: Error {
    let failure: Failure
    /// True where nothing is there, or nothing that could hold a log.
    let isNothing: Bool
    /// True where this user may not read it.
    let isHidden: Bool

    init(_ message: String, advice: String? = nil, _ errno: Errno? = nil) {
      failure = Failure(message, advice: advice)
      isNothing = errno.map(Self.meaningNothing.contains) ?? false
      isHidden = errno?.meansForbidden ?? false
    }

    private static let meaningNothing: Set<Errno> = [
      .noSuchFile, .isADirectory, .noDeviceOrAddress, .noSuchDevice,
    ]
  }

  /// Opens it.
  ///
  /// - Parameters:
  ///   - source: What to read.
  ///   - command: How the journal is to be asked.
  ///   - world: Where it lies.
  init(
    _ source: LogSource, asking command: JournalCommand = JournalCommand(),
    in world: borrowing World
  ) throws(Trouble) {
    switch source {
    case .journal: try self.init(journal: command, in: world)
    case .ring: self.init(.ring, try Self.open(Self.ringPath, in: world))
    case .file(let path): try self.init(unpacking: Self.open(path, in: world), source, in: world)
    case .standardInput: try self.init(unpacking: Self.openStandardInput(), source, in: world)
    case .crash(let log): try self.init(log, in: world)
    case .captured(let log):
      try self.init(unpacking: Self.open(log.path, in: world), source, in: world)
      section = log.range.map { FileSection(rest: $0) }
    }
  }

  private init(
    _ source: LogSource, _ file: consuming FileDescriptor, _ status: FileStatus? = nil,
    helper: Helper? = nil
  ) {
    self.source = source
    self.file = file
    self.status = status
    self.helper = helper
  }

  /// Documentation/ABI/testing/dev-kmsg; it can be read since 3.5.
  static let ringPath = "/dev/kmsg"

  private static func open(
    _ path: String, in world: borrowing World
  ) throws(Trouble) -> FileDescriptor {
    do {
      return try world.file(at: path)
    } catch {
      throw trouble(error)
    }
  }

  private static func trouble(_ error: ProcFSError) -> Trouble {
    let failure = Failure(error)
    return Trouble(failure.message, advice: failure.advice, error.errno)
  }

  private static func openStandardInput() throws(Trouble) -> FileDescriptor {
    do {
      return try FileDescriptor(duplicating: StandardStream.input.number)
    } catch {
      throw Trouble("\(LogSource.standardInput.name): \(error)")
    }
  }
}

extension LogStream {
  /// The log of a crash, which is short: its last line has to be known before the first can be dated.
  private init(_ log: CrashLog, in world: borrowing World) throws(Trouble) {
    do throws(ProcFSError) {
      let contents = try log.contents(in: world)
      self.init(.crash(log), try world.file(at: log.parts.last ?? log.name))
      memory = CrashMemory(bytes: contents.bytes, taken: contents.taken, isCopy: log.isCopy)
    } catch {
      throw Self.trouble(error)
    }
  }

  /// The boot that a crash ended.
  func crashedBoot(before next: LogClock.Boot?) -> LogClock.Boot? { memory?.boot(before: next) }

  private init(journal command: JournalCommand, in world: borrowing World) throws(Trouble) {
    guard let path = world.environment.helper(JournalCommand.name) else {
      throw Trouble(
        world.proc.isLive
          ? "\(JournalCommand.name) isn't installed"
          : "the journal: \(JournalCommand.name) isn't installed, which reads it",
        advice: world.proc.isLive ? nil : "The package is \(PackedFormat.journal.package).")
    }
    let files = world.proc.isLive ? nil : JournalFiles(in: world)
    if let files, files.numbers.isEmpty {
      throw Trouble("the journal: \(files.troubles.first ?? "it has no files")")
    }
    // They stay open here until the program has them.
    defer { withExtendedLifetime(files) {} }
    do throws(Errno) {
      let pipe = try Pipe()
      let process = try ChildProcess(
        path, command.words + (files?.words ?? []), variables: world.environment.helperVariables,
        output: pipe.writer.number, keeping: files?.numbers ?? [])
      self.init(
        .journal, pipe.keepReader(),
        helper: Helper(
          name: JournalCommand.name, process: process, timeout: world.environment.helperTimeout))
      journalTroubles = files?.troubles ?? []
    } catch {
      throw Trouble("\(JournalCommand.name): \(error)")
    }
  }

  /// A file that may be packed: then its own descriptor becomes the unpacking program's standard input.
  private init(
    unpacking file: consuming FileDescriptor, _ source: LogSource, in world: borrowing World
  ) throws(Trouble) {
    let (status, format) = try Self.examine(file, of: source)
    guard let format else {
      self.init(source, file, status)
      return
    }
    guard let path = world.environment.helper(format.program) else {
      throw Trouble(
        "\(source.name): \(format.program) isn't installed, which unpacks it",
        advice: "The package is \(format.package).")
    }
    do throws(Errno) {
      let pipe = try Pipe()
      let process = try ChildProcess(
        path, format.words, variables: world.environment.helperVariables, input: file.number,
        output: pipe.writer.number)
      self.init(
        source, pipe.keepReader(), status,
        helper: Helper(
          name: format.program, process: process, timeout: world.environment.helperTimeout))
    } catch {
      throw Trouble("\(path): \(error)")
    }
  }

  private static func examine(
    _ file: borrowing FileDescriptor, of source: LogSource
  ) throws(Trouble) -> (FileStatus, PackedFormat?) {
    do throws(Errno) {
      let status = try file.status
      guard status.kind != .folder else { throw Errno.isADirectory }
      guard let position = file.position, status.kind == .ordinary else { return (status, nil) }
      var head = InlineArray<8, UInt8>(repeating: 0)
      var span = head.mutableSpan
      let count = try file.read(into: &span, at: position)
      return (status, PackedFormat(beginning: head.span.extracting(first: count)))
    } catch {
      throw Trouble("\(source.name): \(error)", error)
    }
  }
}

extension LogStream {
  /// True where it is a part of a file, of which others are logs of their own.
  var isSection: Bool { section != nil }

  /// True where the bytes are the file's own, so that they can be read again.
  var isPlainFile: Bool { status?.kind == .ordinary && helper == nil && !isSection }

  /// Reads what there is, and waits for it if need be; only at the ring buffer's end nobody waits. 0 bytes
  /// are the end.
  mutating func read(into buffer: inout MutableSpan<UInt8>) throws(Failure) -> Int {
    if memory != nil { return memory?.read(into: &buffer) ?? 0 }
    let count: Int
    if let helper { try wait(for: helper) }
    do throws(Errno) {
      if let count = try section?.read(from: file, into: &buffer) { return count }
      if source == .ring { return try records.read(from: file, into: &buffer) }
      if isAtBeginning, status?.kind == .pipe { try Self.wait(for: file) }
      count = try Self.read(file, into: &buffer)
    } catch {
      throw failure(error)
    }
    guard isAtBeginning, helper == nil else { return count }
    isAtBeginning = false
    try refusePacked(buffer.span.extracting(first: count))
    return count
  }

  private static func read(
    _ file: borrowing FileDescriptor, into buffer: inout MutableSpan<UInt8>
  ) throws(Errno) -> Int {
    while true {
      do throws(Errno) {
        return try file.read(into: &buffer)
      } catch .again {
        // A pipe that somebody has yet to write to.
        try wait(for: file)
      }
    }
  }

  /// Waits until the program that reads for this one has something to say. One that hangs is ended.
  private mutating func wait(for helper: Helper) throws(Failure) {
    var progress = ChildProgress(timeout: helper.timeout)
    do throws(Errno) {
      while try PollEvents.wait(connector: file.number, signals: nil, atMost: progress.interval)
        .isEmpty
      {
        guard progress.hasStopped(helper.process) else { continue }
        hasHung = true
        break
      }
    } catch {
      throw failure(error)
    }
    if hasHung { throw Self.end(helper, of: source) }
  }

  private static func end(_ helper: Helper, of source: LogSource) -> Failure {
    helper.process.end()
    let object = source == .journal ? "the journal" : source.name
    return Failure(
      "\(object): \(helper.name) did nothing for \(helper.timeout / 1000) s, and was stopped; "
        + "what it had read until then is shown")
  }

  private static func wait(for file: borrowing FileDescriptor) throws(Errno) {
    _ = try PollEvents.wait(connector: file.number, signals: nil, atMost: nil)
  }

  /// Throws if the input is packed: bytes from a pipe can't be given back, to be unpacked by
  /// another program.
  private func refusePacked(_ beginning: Span<UInt8>) throws(Failure) {
    guard let format = PackedFormat(beginning: beginning) else { return }
    throw Failure(
      "\(source.name) is packed",
      advice: "Name the file, or unpack it before: \(format.command) | oomctl history -")
  }

  private func failure(_ error: Errno) -> Failure {
    if source == .ring, error == .invalidArgument || error == .badDescriptor {
      return Failure(
        "\(Self.ringPath) can't be read before Linux 3.5", advice: "Try: dmesg | oomctl history -")
    }
    let isForbidden = source == .ring && error.meansForbidden
    return Failure(
      "\(source == .ring ? Self.ringPath : source.name): \(error)",
      advice: isForbidden ? "Try again as root." : nil)
  }

  /// The failure to report once all was read, if the helper failed.
  mutating func trouble() -> Failure? {
    guard let helper, !hasHung else { return nil }
    var progress = ChildProgress(timeout: helper.timeout)
    var ending = helper.process.wait(atMost: progress.interval)
    while ending == nil {
      // It may have said all, and not end.
      guard !progress.hasStopped(helper.process) else {
        hasHung = true
        return Self.end(helper, of: source)
      }
      ending = helper.process.wait(atMost: progress.interval)
    }
    guard let status = ending, status != 0 else { return nil }
    if source == .journal {
      return Failure("the journal: \(helper.name) ended with status \(status)")
    }
    return Failure(
      "\(source.name) is damaged: \(helper.name) ended with status \(status); what it could unpack was read"
    )
  }
}
