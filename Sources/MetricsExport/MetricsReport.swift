import Core
import Rendering

/// Metrics, ready to be scraped.
struct MetricsReport: CommandReport {
  let format: MetricsWriter.Format
  var families: [MetricFamily] = []
  var isComplete: Bool
  var remarks: [Remark]

  init(format: MetricsWriter.Format, isComplete: Bool, remarks: [Remark]) {
    self.format = format
    self.isComplete = isComplete
    self.remarks = remarks
  }

  func writeText(to text: inout Text, on page: Page) {
    text = MetricsWriter(families, as: format).text
  }

  func writeMembers(to json: inout JSONWriter) {
    json.member("metrics", array: families.filter { !$0.samples.isEmpty }) { json, family in
      json.object { json in
        json.member("name", .text(family.sampleName))
        json.member("type", .text(family.kind.rawValue))
        json.member("unit", Value(family.unit?.rawValue))
        json.member("help", .text(family.help))
        json.member("samples", array: family.samples) { json, sample in
          json.object { json in write(sample, to: &json) }
        }
      }
    }
  }

  private func write(_ sample: MetricFamily.Sample, to json: inout JSONWriter) {
    json.member("labels") { json in
      for label in sample.labels where !label.value.isEmpty {
        json.member(label.name, .text(label.value))
      }
    }
    json.key("value")
    json.value(sample.value)
  }
}
