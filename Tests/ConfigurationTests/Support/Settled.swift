import Configuration

extension Journal.Call {
  /// Whether nothing of it is left to undo.
  var isSettled: Bool { !isOpen }
}

extension Journal.RecordedChange {
  /// Whether it can't be undone any more.
  var isSettled: Bool { !isOpen }
}
