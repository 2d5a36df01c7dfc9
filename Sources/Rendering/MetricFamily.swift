/// Numbers of one meaning, as Prometheus collects them: a name, what it says, and samples that differ in
/// their labels. Names and units keep to Prometheus' naming rules: base units, and a suffix that says which.
package struct MetricFamily: Sendable {
  package enum Kind: String, Sendable {
    /// Goes up and down.
    case gauge
    /// Only grows, until its source counts anew; its samples end in `_total`.
    case counter
    /// Always 1: what matters is in the labels; its samples end in `_info`.
    case info
  }

  package enum Unit: String, Sendable {
    case bytes, seconds
    /// From 0 to 1.
    case ratio
  }

  /// With the unit, without what the kind adds.
  package let name: String
  package let kind: Kind
  package let unit: Unit?
  /// A sentence.
  package let help: String
  package let samples: [Sample]

  package struct Sample: Sendable {
    package let labels: [Label]
    package let value: MetricValue

    package init(_ labels: [Label] = [], _ value: MetricValue) {
      self.labels = labels
      self.value = value
    }
  }

  package struct Label: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The name is without the unit, which is added.
  package init(
    _ kind: Kind, _ name: String, in unit: Unit? = nil, help: String, _ samples: [Sample]
  ) {
    self.kind = kind
    self.name = unit.map { "\(name)_\($0.rawValue)" } ?? name
    self.unit = unit
    self.help = help
    self.samples = samples
  }

  /// Of one number, if it is known: where it isn't, the family has no sample and isn't written.
  package init(
    _ kind: Kind, _ name: String, in unit: Unit? = nil, help: String, _ value: MetricValue?
  ) {
    self.init(kind, name, in: unit, help: help, value.map { [Sample([], $0)] } ?? [])
  }

  /// The name that the lines of its samples begin with.
  package var sampleName: String {
    switch kind {
    case .gauge: name
    case .counter: "\(name)_total"
    case .info: "\(name)_info"
    }
  }
}

/// A number to the last digit, without the rounding of floating point.
package struct MetricValue: Sendable, Hashable {
  private let digits: Int128
  private let decimals: Int

  /// `digits` divided by ten to the power of `decimals`.
  package init(digits: some BinaryInteger, decimals: Int) {
    self.digits = Int128(clamping: digits)
    self.decimals = max(0, decimals)
  }

  package init(_ number: some BinaryInteger) {
    self.init(digits: number, decimals: 0)
  }

  /// `nil` where there is no number.
  package init?(_ number: (some BinaryInteger)?) {
    guard let number else { return nil }
    self.init(number)
  }

  /// 1 if it holds, else 0.
  package init(_ flag: Bool) { self.init(flag ? 1 : 0) }

  /// As `-12.5`: also a number in JSON.
  package var text: String {
    let figures = SafeText.padded(String(digits.magnitude), to: decimals + 1)
    let whole = String(figures.dropLast(decimals))
    var fraction = figures.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    return (digits < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : ".\(fraction)")
  }
}
