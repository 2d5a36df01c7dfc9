import CivilTime
import Core
import ProcFS

/// The name of a log file in `/var/log`, from which it can be told what it continues.
struct LogFileName: Hashable, Sendable {
  /// In its folder.
  let name: String
  /// The name that all its rotations share, such as `kern.log`.
  let family: String
  private let age: Age

  static let folder = "/var/log"

  /// The files into which the syslog daemons of the distributions put the kernel's messages.
  /// `dmesg` isn't among them: it ends when the boot does. Those that only the kernel's lines get
  /// into come first.
  static let families = ["kern.log", "messages", "syslog"]

  var path: String { "\(Self.folder)/\(name)" }

  /// The day on which it was put aside, where its name tells.
  var date: CivilDate? {
    guard case .date(let digits) = age, digits > 19_900_000, digits < 100_000_000 else {
      return nil
    }
    let date = CivilDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    return date.isReal ? date : nil
  }

  /// True for the file that is being written to.
  var isPresent: Bool { age == .present }

  /// True where another file goes on where this one ends: the next number, or after 1 (or 0) the
  /// present one. Dates don't tell whether one is missing.
  func isFollowed(by next: LogFileName) -> Bool {
    guard family == next.family, case .number(let number) = age else { return false }
    return switch next.age {
    case .number(let other): number == other + 1
    case .present: number <= 1
    case .date, .other: false
    }
  }

  /// The mark that distinguishes a rotated file from the present one.
  private enum Age: Hashable {
    /// `-20191112`, as logrotate's `dateext` has it.
    case date(Int)
    /// `.3`; the higher the older.
    case number(Int)
    /// By another word.
    case other
    case present

    /// Ascending with time.
    var order: (Int, Int) {
      switch self {
      case .other: (0, 0)
      case .date(let date): (1, date)
      case .number(let number): (2, -number)
      case .present: (3, 0)
      }
    }
  }

  /// `nil` for the name of anything else.
  init?(_ name: String) {
    guard let family = Self.families.first(where: { Self.belongs(name, to: $0) }) else {
      return nil
    }
    self.name = name
    self.family = family
    let words = name.utf8.dropFirst(family.utf8.count)
    guard let mark = words.first else {
      age = .present
      return
    }
    let digits = words.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let number = Int(Substring(digits))
    switch (mark, number) {
    case (UInt8(ascii: "-"), .some(let date)): age = .date(date)
    case (UInt8(ascii: "."), .some(let number)) where digits.count == 8: age = .date(number)
    case (UInt8(ascii: "."), .some(let number)): age = .number(number)
    default: age = .other
    }
  }

  /// True where the name is that of the family, with or without a mark of its age.
  private static func belongs(_ name: String, to family: String) -> Bool {
    guard name.utf8.starts(with: family.utf8) else { return false }
    let next = name.utf8.dropFirst(family.utf8.count).first
    return next == nil || next == UInt8(ascii: ".") || next == UInt8(ascii: "-")
  }

  /// Those in a machine's folder, each family's oldest first.
  static func all(in world: borrowing World) -> [LogFileName] {
    guard let names = world.known(try world.directory(at: folder).entries()) else { return [] }
    return sorted(names.compactMap { LogFileName($0) })
  }

  static func sorted(_ names: [LogFileName]) -> [LogFileName] {
    names.sorted { left, right in
      let places = (families.firstIndex(of: left.family), families.firstIndex(of: right.family))
      if places.0 != places.1 { return (places.0 ?? 0) < (places.1 ?? 0) }
      if left.age.order != right.age.order { return left.age.order < right.age.order }
      return left.name < right.name
    }
  }
}
