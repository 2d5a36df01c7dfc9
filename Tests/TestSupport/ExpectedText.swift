/// The stored text of a file in the folder `Expected` beside the test. With `RECORD` in the environment
/// `text` is stored first: then the difference is for the eyes of whoever commits it.
public func expectedText(_ name: String, recording text: String, file: String = #filePath) throws
  -> String
{
  let path = "\(folder(of: file))/Expected/\(name)"
  if environment("RECORD") != nil { try write(Array(text.utf8), to: path) }
  return try TestSupport.text(at: path)
}
