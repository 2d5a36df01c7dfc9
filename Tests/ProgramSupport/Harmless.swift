/// Whether a terminal only shows a scalar, and neither acts on it nor turns its neighbours around.
@Sendable
package func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0A: true
  case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
  default: true
  }
}
