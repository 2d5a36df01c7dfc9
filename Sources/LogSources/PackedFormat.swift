/// A file that another program has to read, told by its first bytes: packed ones, and journald's own.
enum PackedFormat: CaseIterable {
  case gzip, xz, zstd, bzip2, lz4, journal

  /// The program that unpacks it; so is the package called that has it, almost everywhere.
  var program: String {
    switch self {
    case .gzip: "gzip"
    case .xz: "xz"
    case .zstd: "zstd"
    case .bzip2: "bzip2"
    case .lz4: "lz4"
    case .journal: JournalCommand.name
    }
  }

  /// The package that has the program.
  var package: String {
    switch self {
    case .xz: "xz-utils (or xz)"
    case .journal: "systemd"
    default: program
    }
  }

  /// From standard input to standard output.
  var words: [String] {
    self == .journal ? JournalCommand().words + ["--file=/dev/stdin"] : [program, "-dc"]
  }

  /// The command with which people read it.
  var command: String {
    self == .journal ? "journalctl --file=FILE -o export" : "\(program) -dc FILE"
  }

  private var mark: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    case .bzip2: [0x42, 0x5A, 0x68]
    case .lz4: [0x04, 0x22, 0x4D, 0x18]
    case .journal: Array("LPKSHHRH".utf8)
    }
  }

  /// `nil` where the bytes are no packed file's.
  init?(beginning bytes: Span<UInt8>) {
    let match = Self.allCases.first { kind in
      let mark = kind.mark
      return bytes.count >= mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }
    guard let match else { return nil }
    self = match
  }
}
