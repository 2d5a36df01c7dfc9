/// The text formats in which Prometheus takes metrics.
package struct MetricsWriter: Sendable {
  package enum Format: Sendable {
    /// Version 0.0.4, which everything understands, node_exporter's textfile collector too.
    case prometheus
    /// OpenMetrics 1.0: with units, kinds of its own, and a mark at the end.
    case openMetrics
  }

  package private(set) var text = Text()
  private let format: Format

  /// All families of a page; those without samples are left out.
  package init(_ families: [MetricFamily], as format: Format) {
    self.format = format
    for family in families where !family.samples.isEmpty { write(family) }
    if format == .openMetrics { text.line("# EOF") }
  }

  private mutating func write(_ family: MetricFamily) {
    let isOpen = format == .openMetrics
    let name = isOpen ? family.name : family.sampleName
    text.line("# HELP \(name) \(escaped(family.help, quotes: isOpen))")
    text.line("# TYPE \(name) \(isOpen || family.kind != .info ? family.kind : .gauge)")
    if isOpen, let unit = family.unit { text.line("# UNIT \(name) \(unit)") }
    // For the sake of one that is there twice the whole page would be refused.
    var seen: Set<String> = []
    for sample in family.samples {
      let labels = braced(sample.labels)
      guard seen.insert(labels).inserted else { continue }
      text.line("\(family.sampleName)\(labels) \(sample.value.text)")
    }
  }

  /// An empty label is none, by Prometheus' own rule.
  private func braced(_ labels: [MetricFamily.Label]) -> String {
    let pairs = labels.filter { !$0.value.isEmpty }.map {
      "\($0.name)=\"\(escaped($0.value, quotes: true))\""
    }
    return pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
  }

  /// The text as the formats write it. Characters that a terminal would act on are made visible
  /// first: names come from anybody, and the page is looked at by people too. Only backslashes, and
  /// quotation marks in labels, are left for the formats to escape.
  private func escaped(_ string: String, quotes: Bool) -> String {
    var result = ""
    for scalar in SafeText.visible(string).unicodeScalars {
      if scalar == "\\" || quotes && scalar == "\"" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
