import Rendering
import Testing

@Suite("Metrics")
struct MetricsWriterTests {
  private func page(
    _ families: MetricFamily..., as format: MetricsWriter.Format = .prometheus
  ) -> String {
    MetricsWriter(families, as: format).text.string
  }

  private static let families = [
    MetricFamily(.gauge, "free", in: .bytes, help: "What is free.", MetricValue(4096)),
    MetricFamily(
      .counter, "waited", in: .seconds, help: "How long.",
      [
        .init([.init("kind", "some")], MetricValue(digits: 1_500_000, decimals: 6)),
        .init([.init("kind", "full"), .init("cpu", "0")], MetricValue(0)),
      ]),
    MetricFamily(
      .info, "build", help: "Which one.", [.init([.init("version", "1.0")], MetricValue(1))]),
  ]

  @Test("are written with help and type before the samples")
  func prometheus() {
    #expect(
      MetricsWriter(Self.families, as: .prometheus).text.string == """
        # HELP free_bytes What is free.
        # TYPE free_bytes gauge
        free_bytes 4096
        # HELP waited_seconds_total How long.
        # TYPE waited_seconds_total counter
        waited_seconds_total{kind="some"} 1.5
        waited_seconds_total{kind="full",cpu="0"} 0
        # HELP build_info Which one.
        # TYPE build_info gauge
        build_info{version="1.0"} 1

        """)
  }

  @Test("are written for OpenMetrics with units, kinds of its own, and an end")
  func openMetrics() {
    #expect(
      MetricsWriter(Self.families, as: .openMetrics).text.string == """
        # HELP free_bytes What is free.
        # TYPE free_bytes gauge
        # UNIT free_bytes bytes
        free_bytes 4096
        # HELP waited_seconds How long.
        # TYPE waited_seconds counter
        # UNIT waited_seconds seconds
        waited_seconds_total{kind="some"} 1.5
        waited_seconds_total{kind="full",cpu="0"} 0
        # HELP build Which one.
        # TYPE build info
        build_info{version="1.0"} 1
        # EOF

        """)
  }

  @Test(
    "that nobody knows are left out", arguments: [MetricsWriter.Format.prometheus, .openMetrics])
  func absent(format: MetricsWriter.Format) {
    let none: Int? = nil
    let family = MetricFamily(.gauge, "free", in: .bytes, help: "None.", MetricValue(none))
    #expect(page(family, as: format) == (format == .openMetrics ? "# EOF\n" : ""))
  }

  @Test(
    "have labels that can't be taken for anything else",
    arguments: [
      ("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("a\nb", #"a\\nb"#), ("a\u{1B}[2Jb", #"a\\x1b[2Jb"#),
      ("\u{202E}x", #"\\u202ex"#), ("\"} 1\nevil 1", #"\"} 1\\nevil 1"#), ("a,b={c}", "a,b={c}"),
      ("größe", "größe"), (#"dev-disk\x2d1.mount"#, #"dev-disk\\x2d1.mount"#),
    ])
  func labels(value: String, escaped: String) {
    let family = MetricFamily(
      .gauge, "g", help: "G.", [.init([.init("unit", value)], MetricValue(1))])
    #expect(page(family).hasSuffix("\ng{unit=\"\(escaped)\"} 1\n"))
  }

  @Test("have help in which only what the format asks for is escaped")
  func help() {
    let family = MetricFamily(.gauge, "g", help: "A \"b\"\n\\c.", MetricValue(1))
    #expect(page(family).hasPrefix(#"# HELP g A "b"\\n\\c."# + "\n"))
    #expect(page(family, as: .openMetrics).hasPrefix(#"# HELP g A \"b\"\\n\\c."# + "\n"))
  }

  @Test("have no empty label, and no sample twice")
  func distinct() {
    let samples = ["", "a", "a", "\n", "\\n"].map {
      MetricFamily.Sample([.init("unit", $0)], MetricValue($0.utf8.count))
    }
    let lines = page(MetricFamily(.gauge, "g", help: "G.", samples)).split(separator: "\n")
    #expect(lines.dropFirst(2) == ["g 0", #"g{unit="a"} 1"#, #"g{unit="\\n"} 1"#])
  }

  @Test(
    "have numbers to the last digit",
    arguments: [
      (MetricValue(0), "0"), (MetricValue(-7), "-7"),
      (MetricValue(UInt64.max), "18446744073709551615"),
      (MetricValue(digits: 5, decimals: 4), "0.0005"),
      (MetricValue(digits: -5, decimals: 1), "-0.5"),
      (MetricValue(digits: 10_000, decimals: 4), "1"),
      (MetricValue(digits: 1250, decimals: 3), "1.25"),
      (MetricValue(digits: 0, decimals: 6), "0"), (MetricValue(true), "1"),
      (MetricValue(false), "0"),
    ])
  func numbers(value: MetricValue, text: String) {
    #expect(value.text == text)
  }
}
