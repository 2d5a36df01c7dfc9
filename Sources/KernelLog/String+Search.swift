extension String {
  /// True where another text is anywhere in it. The standard library's own search isn't linked.
  package func holds(_ part: String) -> Bool {
    let (part, text) = (Array(part.utf8), Array(utf8))
    guard text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { start in
      part.indices.allSatisfy { text[start + $0] == part[$0] }
    }
  }
}
