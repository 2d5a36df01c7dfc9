import Arguments
import Badness

extension NodeList: ArgumentValue {
  static var placeholder: String { "NODES" }
  static var expectation: String { "memory nodes, as 0-1,3" }

  package init?(argument: String) { self.init(argument) }
}
