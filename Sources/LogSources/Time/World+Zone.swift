package import CivilTime
import Core
import ProcFS

extension World {
  /// The zone of the machine's clocks: the variable TZ on this machine, else `/etc/localtime`, else
  /// Greenwich's.
  package var zone: ZoneRules {
    if isThisMachine, let name = environment.variables["TZ"] { return zone(named: name) }
    if let bytes = known(try contents(of: Self.zonePath, longest: Self.longestZone)),
      let rules = ZoneRules(file: bytes)
    {
      return rules
    }
    // A captured tree has the link alone, or the name; every machine's database says the same of it.
    return capturedZoneName.flatMap { Self.databaseZone($0) } ?? .utc
  }

  private static var zonePath: String { "/etc/localtime" }
  private static var database: String { "/usr/share/zoneinfo/" }
  private static var longestZone: Int { 1 << 20 }

  /// The zone that the variable TZ names (tzset(3)).
  private func zone(named name: String) -> ZoneRules {
    let file = name.hasPrefix(":") ? String(name.dropFirst()) : name
    if file.hasPrefix("/") {
      return known(try contents(of: file, longest: Self.longestZone))
        .flatMap { ZoneRules(file: $0) } ?? .utc
    }
    if let rules = Self.databaseZone(file) { return rules }
    return YearlyRule(file).map { ZoneRules(yearly: $0) } ?? .utc
  }

  private var capturedZoneName: String? {
    if let link = known(try directory(at: "/etc").zoneLink) ?? nil { return link }
    return known(try contents(of: "/etc/timezone", longest: Self.longestZone))
      .map { String(decoding: $0.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self) }
  }

  private static func databaseZone(_ name: String) -> ZoneRules? {
    guard !name.isEmpty, !name.split(separator: "/").contains("..") else { return nil }
    return (try? Directory.contents(of: database + name, longest: longestZone))
      .flatMap { ZoneRules(file: $0) }
  }
}

extension Directory {
  /// The zone that `localtime` in this folder is a link to, as `Europe/Berlin`.
  fileprivate var zoneLink: String? {
    get throws(ProcFSError) {
      let words: [Substring]
      do throws(ProcFSError) {
        words = try link("localtime").split(separator: "/")
      } catch {
        // A file of its own is no link.
        guard error.errno == .invalidArgument else { throw error }
        return nil
      }
      guard let database = words.lastIndex(of: "zoneinfo") else { return nil }
      return words[(database + 1)...].joined(separator: "/")
    }
  }
}
