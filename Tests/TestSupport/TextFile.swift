import Glibc

/// What keeps a test from its data.
public struct DataError: Error, CustomStringConvertible {
  public let description: String

  public init(_ path: String, _ reason: String) { description = "\(path): \(reason)" }

  /// With the reason that the C library has for the last call's failure.
  init(_ path: String) { self.init(path, unsafe String(cString: strerror(errno))) }
}

/// The bytes of a file.
public func bytes(at path: String) throws -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw DataError(path) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    guard count >= 0 else { throw DataError(path) }
    guard count > 0 else { return bytes }
    bytes += buffer[..<count]
  }
}

/// The text of a file.
public func text(at path: String) throws -> String {
  String(decoding: try bytes(at: path), as: UTF8.self)
}

/// Writes a file, made anew.
public func write(_ bytes: [UInt8], to path: String) throws {
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw DataError(path) }
  defer { close(descriptor) }
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    guard count >= 0 else { throw DataError(path) }
    rest = rest.dropFirst(count)
  }
}

/// The names in a folder, `.` and `..` among them, in no order.
public func names(in path: String) throws -> [String] {
  guard let folder = unsafe opendir(path) else { throw DataError(path) }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
      unsafe Array($0.prefix { $0 != 0 })
    }
    names.append(String(decoding: name, as: UTF8.self))
  }
  return names
}

/// A variable of the environment; an empty one counts as none.
public func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
  return unsafe String(cString: value)
}

/// The folder that a source file lies in, by its `#filePath`.
public func folder(of file: String) -> String {
  "/" + file.split(separator: "/").dropLast().joined(separator: "/")
}
