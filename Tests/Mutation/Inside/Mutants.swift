import MutantChoice

/// Whether a mutant is in force.
public func mutant(_ number: Int32) -> Bool { is_chosen(number) }

/// A condition, or its opposite.
public func mutated(_ number: Int32, _ condition: Bool) -> Bool { is_chosen(number) != condition }

public func mutatedmin<T: Comparable>(_ number: Int32, _ first: T, _ others: T...) -> T {
  let all = [first] + others
  return is_chosen(number) ? all.max()! : all.min()!
}

public func mutatedmax<T: Comparable>(_ number: Int32, _ first: T, _ others: T...) -> T {
  let all = [first] + others
  return is_chosen(number) ? all.min()! : all.max()!
}

// Operators: each mutant has one of its own.
