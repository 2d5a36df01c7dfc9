import Rendering
import Testing

@Suite("An amount of memory")
struct SizeStyleTests {
  @Test(
    "is short in powers of 1024",
    arguments: [
      (0, "0"), (1, "1"), (1023, "1023"), (1024, "1.0K"), (1075, "1.0K"), (1076, "1.1K"),
      (10_188, "9.9K"), (10_189, "10K"), (10_239, "10K"), (10_240, "10K"), (10_751, "10K"),
      (10_752, "11K"), (1000 << 10, "1000K"), (1023 << 10, "1023K"), (1_048_063, "1023K"),
      (1_048_064, "1.0M"), ((1 << 20) - 1, "1.0M"), (1 << 20, "1.0M"), (10 << 20, "10M"),
      (219 << 20, "219M"), ((1 << 30) - 1, "1.0G"), (1 << 30, "1.0G"), (7_838_315_315, "7.3G"),
      (99 << 30, "99.0G"), (100 << 30, "100G"), (1 << 40, "1.0T"), (1 << 50, "1.0P"),
      (1 << 60, "1.0E"), (.max, "8.0E"),
      (-1, "-1"), (-1023, "-1023"), (-1024, "-1.0K"), (-(219 << 20), "-219M"), (.min, "-8.0E"),
    ] as [(Int, String)])
  func binary(bytes: Int, expected: String) {
    #expect(SizeStyle.binary.text(bytes) == expected)
  }

  @Test(
    "is short in powers of 1000",
    arguments: [
      (999, "999"), (1000, "1.0K"), (9949, "9.9K"), (9950, "10K"), (10_499, "10K"), (10_500, "11K"),
      (999_499, "999K"), (999_500, "1.0M"), (1_000_000, "1.0M"), (99_940_000_000, "99.9G"),
      (99_950_000_000, "100G"), (999_499_999_999, "999G"), (999_500_000_000, "1.0T"),
      (.max, "9.2E"), (-1000, "-1.0K"), (.min, "-9.2E"),
    ] as [(Int, String)])
  func decimal(bytes: Int, expected: String) {
    #expect(SizeStyle.decimal.text(bytes) == expected)
  }

  @Test("is exact to the byte", arguments: [0, 1023, 1024, -5000, .max, .min])
  func bytes(bytes: Int) {
    #expect(SizeStyle.bytes.text(bytes) == String(bytes))
  }

  @Test(
    "has its unit in running text",
    arguments: [
      (.binary, 7_838_315_315, "7.3 GiB"), (.binary, 1024, "1.0 KiB"), (.binary, -1024, "-1.0 KiB"),
      (.binary, 1023, "1023 bytes"), (.binary, 1, "1 byte"), (.binary, 0, "0 bytes"),
      (.binary, .min, "-8.0 EiB"), (.decimal, 1000, "1.0 kB"), (.decimal, 219_000_000, "219 MB"),
      (.decimal, -1, "-1 byte"), (.bytes, 4096, "4096 bytes"), (.bytes, -1, "-1 byte"),
    ] as [(SizeStyle, Int, String)])
  func phrases(style: SizeStyle, bytes: Int, expected: String) {
    #expect(style.phrase(bytes) == expected)
  }
}
