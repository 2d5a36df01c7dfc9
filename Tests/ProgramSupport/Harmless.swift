/// Whether a terminal only shows a scalar, and neither acts on it nor turns its neighbours around.
@Sendable
package func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0A: true
  case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
  default: true
  }
}

/// Names that processes may have, and that no output may show as they are.
package enum HostileName {
  package static let all: [[UInt8]] = [
    Array("foo) Z 1 (".utf8), Array("a\nb".utf8), Array("\u{1B}[2J\u{1B}]0;x\u{7}".utf8),
    Array("\u{202E}txt.exe".utf8), Array("back\\slash\\n".utf8), Array("\u{9B}31m".utf8),
    [0xFF, 0xFE, 0x80, 0x41], Array("tab\tcr\rdel\u{7F}".utf8), Array("\u{FEFF}\u{200B}".utf8),
    Array("\"}],\"x\":[{\"".utf8), Array("".utf8), Array("   ".utf8), Array("\u{2028}line".utf8),
  ]
}
