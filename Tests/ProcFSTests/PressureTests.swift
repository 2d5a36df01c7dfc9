import Testing

@testable import ProcFS

@Suite("The pressure on memory")
struct PressureTests {
  @Test("is the share and the sum of time")
  func ordinary() throws {
    let text = """
      some avg10=0.05 avg60=1.20 avg300=100.00 total=7
      full avg10=0.00 avg60=12.34 avg300=0.10 total=18446744073709551615

      """
    let pressure = try #require(Pressure(text: text))
    #expect(
      pressure.some == .init(tenSeconds: 5, minute: 120, fiveMinutes: 10_000, total: 7))
    #expect(
      pressure.full == .init(tenSeconds: 0, minute: 1234, fiveMinutes: 10, total: .max))
  }

  @Test("has no line for what isn't counted")
  func partial() throws {
    let pressure = try #require(
      Pressure(text: "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nmore x=1\n"))
    #expect(pressure.some?.total == 0 && pressure.full == nil)
  }

  @Test(
    "is refused without a whole first line",
    arguments: [
      "", "\n", "some", "some\n", "some avg10=0.00 avg60=0.00 avg300=0.00\n",
      "some avg10=0.00 avg60=0.00 avg300=0.00 total=\n", "some avg10=x avg60=0 avg300=0 total=0\n",
      "some avg10=0. avg60=0.00 avg300=0.00 total=0\n",
      "some avg10=-1.00 avg60=0.00 avg300=0.00 total=0\n",
      "some avg10=0.00 avg60=0.00 avg300=0.00 total=99999999999999999999\n",
      "full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
      "some avg10=0.00\nfull avg60=0.00 avg300=0.00 total=0\n",
    ])
  func malformed(text: String) {
    #expect(Pressure(text: text) == nil)
  }

  @Test(
    "is never less than nothing, however large",
    arguments: ["92233720368547758.08", "9223372036854775807.99", "18446744073709551615.00"])
  func large(number: String) throws {
    let text = "some avg10=\(number) avg60=\(number) avg300=\(number) total=0\n"
    let some = try #require(Pressure(text: text)?.some)
    #expect(some.tenSeconds == .max && some.minute == .max && some.fiveMinutes == .max)
  }
}

@Suite("The uptime")
struct UptimeTests {
  @Test(
    "has whole seconds, or is malformed",
    arguments: [
      ("350735.47 234388.90\n", 350_735), ("0.00 0.00\n", 0), ("12", 12),
      ("18446744073709551615.00 1\n", .max), ("18446744073709551616.00 1\n", nil), ("", nil),
      ("\n", nil), ("x", nil), ("-1.00 0\n", nil), ("12. 0\n", nil), (".5", nil),
    ] as [(String, Int?)])
  func seconds(text: String, expected: Int?) {
    #expect(Uptime(text: text)?.seconds == expected)
  }
}
