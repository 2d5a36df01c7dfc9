/// The control groups a process is in: `/proc/PID/cgroup` (cgroups(7)), a line a hierarchy.
public struct ProcessCgroups: Hashable, Sendable {
  /// One hierarchy and the place in it.
  public struct Membership: Hashable, Sendable {
    /// 0 for version 2.
    public var hierarchy: Int
    /// The controllers mounted with it in version 1, as `memory` or `name=systemd`; empty for
    /// version 2.
    public var controllers: [String]
    /// From the hierarchy's root, as `/system.slice/ssh.service`.
    public var path: String
  }

  /// In the kernel's order: version 2 comes last.
  public var memberships: [Membership]

  /// From its lines.
  public init(memberships: [Membership] = []) {
    self.memberships = memberships
  }

  /// The memory cgroup: the line that names the memory controller, else that of version 2.
  public var memory: Membership? { membership(of: "memory") }

  /// The group in which systemd keeps it: that of its own hierarchy, else that of version 2.
  public var systemd: Membership? { membership(of: "name=systemd") }

  private func membership(of controller: String) -> Membership? {
    memberships.first { $0.controllers.contains(controller) }
      ?? memberships.first { $0.hierarchy == 0 }
  }
}

extension ProcessCgroups: KernelText {
  public static var expectation: String { "lines of ID:CONTROLLERS:PATH" }

  public init?(parsing text: Span<UInt8>) {
    self.init()
    var cursor = Cursor()
    while !cursor.isAtEnd(in: text) {
      guard let hierarchy = cursor.integer(in: text), cursor.skip(UInt8(ascii: ":"), in: text)
      else { return nil }
      let start = cursor.offset
      while !cursor.isAtLineEnd(in: text), text[cursor.offset] != UInt8(ascii: ":") {
        cursor.offset += 1
      }
      let names = text.text(in: start..<cursor.offset)
      guard cursor.skip(UInt8(ascii: ":"), in: text) else { return nil }
      memberships.append(
        Membership(
          hierarchy: hierarchy, controllers: names.split(separator: ",").map(String.init),
          path: text.text(in: cursor.line(in: text))))
    }
  }
}
