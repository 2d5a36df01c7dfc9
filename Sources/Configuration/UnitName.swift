extension DropIn {
  /// True for the name of a service as systemd's `unit_name_is_valid` has it: nothing in it can
  /// lead a path elsewhere.
  package static func isSafeUnitName(_ name: String) -> Bool {
    let suffix = ".service"
    return (suffix.utf8.count + 1...255).contains(name.utf8.count)
      && name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      && name.utf8.first != UInt8(ascii: "@")
      && name.utf8.allSatisfy(\.isUnitLetter)
  }
}

extension UInt8 {
  fileprivate var isUnitLetter: Bool {
    switch Unicode.Scalar(self) {
    case "a"..."z", "A"..."Z", "0"..."9", ":", "-", "_", ".", "\\", "@": true
    default: false
    }
  }
}
