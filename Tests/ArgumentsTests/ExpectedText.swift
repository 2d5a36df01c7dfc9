import Glibc

/// The stored text of a file in `Expected`; with `RECORD` in the environment it is written first.
func expectedText(_ name: String, recording text: String, file: String = #filePath) -> String {
  let folder = file.split(separator: "/").dropLast().joined(separator: "/")
  let path = "/\(folder)/Expected/\(name)"
  if unsafe getenv("RECORD") != nil, let stream = unsafe fopen(path, "w") {
    unsafe fputs(text, stream)
    unsafe fclose(stream)
  }
  guard let stream = unsafe fopen(path, "r") else { return "no file \(path)" }
  defer { unsafe fclose(stream) }
  var bytes: [UInt8] = []
  while case let byte = unsafe fgetc(stream), byte != EOF {
    bytes.append(UInt8(truncatingIfNeeded: byte))
  }
  return String(decoding: bytes, as: UTF8.self)
}
