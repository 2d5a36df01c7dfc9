package import LogLines

extension Reader {
  /// A size such as `128kB`; the kernel prints the unit with a small or a large k.
  package mutating func kibibytes(in line: Span<UInt8>) -> Kibibytes? {
    guard let count = natural(in: line), skip("kB", in: line) || skip("KB", in: line) else {
      return nil
    }
    return Kibibytes(count)
  }
}
