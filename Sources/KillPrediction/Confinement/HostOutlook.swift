import Badness
import Core
import ProcFS

/// The outcome of a shortage of the whole machine, as far as it is seen from inside a container:
/// its second answer.
struct HostOutlook: Sendable {
  let confinement: Confinement
  /// Its first kill among the processes that are seen.
  let prediction: Prediction
  /// True if these are all.
  let isWholeView: Bool
}

extension HostOutlook {
  /// The outlook with the processes that were read for the group.
  init(
    _ confinement: Confinement, on kernel: KernelVersion, _ capacity: MemoryCapacity,
    _ field: PredictionInput,
    in world: borrowing World
  ) {
    let field = field.with(in: .system(capacity))
    self.confinement = confinement
    prediction = Prediction(
      field, until: Horizon(steps: 1),
      policy: Policy(for: field.domain, on: kernel, in: world), in: world)
    isWholeView = field.isWholeView
  }
}
