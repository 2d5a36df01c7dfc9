package import Core
package import Processes
import Rendering

extension Absentee {
  /// Of a value that means nobody.
  package init(of value: ProcessSelection, _ failure: Failure) {
    self.init(words: value.names.first ?? value.words, failure: failure, value: value)
  }

  /// A row that says so: there is no file of it.
  package var change: Change {
    Change(target: words, file: "", old: .absent, new: .absent, action: .none).failed(failure)
  }
}
