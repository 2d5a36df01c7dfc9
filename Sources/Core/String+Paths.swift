extension String {
  /// The part after the last slash of a path, which may end with one itself; all of a path that has
  /// none.
  package var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }
}
