extension String {
  /// As the beginning of a sentence.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// As what stands within a sentence; abbreviations, as CMA, keep their letters.
  package var uncapitalized: String {
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }
}
