/// The width of the kernel's `long`, which decides when its sums wrap.
public enum WordSize: Hashable, Sendable {
  case bits32
  case bits64
}

/// The C types that scores have been held in.
enum CInteger {
  case int
  case unsignedInt
  case long
  case unsignedLong

  /// The rest of a number once it is stored in this type.
  func holding(_ number: Int128, on wordSize: WordSize) -> Int128 {
    switch (self, wordSize) {
    case (.int, _), (.long, .bits32): Int128(Int32(truncatingIfNeeded: number))
    case (.unsignedInt, _), (.unsignedLong, .bits32): Int128(UInt32(truncatingIfNeeded: number))
    case (.long, .bits64): Int128(Int64(truncatingIfNeeded: number))
    case (.unsignedLong, .bits64): Int128(UInt64(truncatingIfNeeded: number))
    }
  }
}

extension WordSize {
  /// `LONG_MIN`, by which kernels from 5.9 say that a process isn't eligible.
  var lowestLong: Int128 { self == .bits32 ? Int128(Int32.min) : Int128(Int64.min) }

  /// `ULONG_MAX`, the score of a process that asked to be chosen.
  var highestUnsignedLong: Int128 { CInteger.unsignedLong.holding(-1, on: self) }
}
