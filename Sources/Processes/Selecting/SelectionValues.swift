import Arguments
import CgroupFS
package import ProcFS

/// The number of a process, and if given the inode of its pidfd, which tells it from a later
/// process of that number.
package struct ProcessNumber: ArgumentValue, Hashable {
  package let id: ProcessID
  let inode: UInt64?

  static let placeholder = "PID"
  static let expectation = "a process number from 1 to 2147483647"
  static let completion = Completion.processes

  package init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = Self.number(parts[0]), number > 0 else { return nil }
    if parts.count > 1 {
      guard let inode = UInt64(parts[1]) else { return nil }
      self.inode = inode
    } else {
      inode = nil
    }
    id = ProcessID(number)
  }

  private static func number(_ text: Substring) -> Int32? {
    text.allSatisfy { $0.isASCII && $0.isNumber } ? Int32(text) : nil
  }
}

/// A bare word: a number means a process, anything else a name.
package enum ProcessWord: ArgumentValue, Hashable {
  case number(ProcessNumber)
  case name(String)

  static let placeholder = "PROCESS"
  static let expectation = "a process number from 1 to 2147483647, or a name"
  static let completion = Completion.processes

  init?(argument: String) {
    if let number = ProcessNumber(argument: argument) {
      self = .number(number)
    } else {
      // A word that looks like a number but can't be a process's is a mistake, not a name.
      let rest = argument.first == "-" ? argument.dropFirst() : argument[...]
      guard !argument.isEmpty, rest.contains(where: { !$0.isNumber && $0 != ":" }) else {
        return nil
      }
      self = .name(argument)
    }
  }
}

/// A user by name or number.
package struct UserName: ArgumentValue {
  package let text: String

  static let placeholder = "USER"
  static let expectation = "a user's name or number"
  static let completion = Completion.users

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }
}

/// A memory cgroup by its path in the hierarchy.
package struct CgroupPath: ArgumentValue {
  package let path: String

  static let placeholder = "PATH"
  static let expectation = "a memory cgroup's path, as /system.slice/ssh.service"
  static let completion = Completion.cgroups

  init?(argument: String) {
    guard !argument.isEmpty, !argument.split(separator: "/").contains("..") else { return nil }
    self.init(argument)
  }

  package init(_ path: String) {
    self.path = "/" + path.split(separator: "/").joined(separator: "/")
  }

  /// True if another group is this one or is below it.
  package func contains(_ other: String) -> Bool {
    // In a cgroup namespace the paths of groups beside it or above begin like that.
    if path.hasPrefix("/..") || other.hasPrefix("/..") {
      return CgroupLocation(path).contains(CgroupLocation(other))
    }
    return path == "/" || other == path || other.hasPrefix(path + "/")
  }
}

/// A systemd unit.
package struct UnitName: ArgumentValue {
  package let name: String

  static let placeholder = "UNIT"
  static let expectation = "a systemd unit, as ssh or session-2.scope"
  static let completion = Completion.units

  init?(argument: String) {
    guard !argument.isEmpty, !argument.contains("/") else { return nil }
    name = argument.contains(".") ? argument : argument + ".service"
  }
}
