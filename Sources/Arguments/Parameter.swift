/// A word or option on the command line, and the property of `Target` that it sets.
package struct Parameter<Target>: Sendable {
  /// The part of the description that parsing needs: all but the facts from the type of the value,
  /// which take time to put together.
  let outline: ParameterInfo
  let value: (any ArgumentValue.Type)?
  /// Takes the option's value or the operand; a flag is given the empty string.
  let assign: @Sendable (inout Target, String) throws(UsageError) -> Void

  /// Its whole description.
  package var info: ParameterInfo {
    guard let value else { return outline }
    var info = outline
    if info.placeholder.isEmpty { info.placeholder = value.placeholder }
    if info.completion == .none { info.completion = value.completion }
    return info
  }
}

extension Parameter {
  /// The place of a value in the target, made only when a word is put there: to make the key paths
  /// of all parameters would take longer than all else that a short-lived program does.
  package typealias Path<Value> = @Sendable () -> WritableKeyPath<Target, Value>

  /// An option without a value that sets a property to `value`: a truth, or one case of an enum.
  package static func flag<Value: Sendable>(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    sets path: @autoclosure @escaping Path<Value>, to value: Value, group: String? = nil,
    help: String
  ) -> Self {
    let info = ParameterInfo(
      name: name, short: short, aliases: aliases, form: .flag, group: group, help: help)
    return Self(outline: info, value: nil) { target, _ in target[keyPath: path()] = value }
  }

  /// An option without a value that makes a property true.
  package static func flag(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    sets path: @autoclosure @escaping Path<Bool>, group: String? = nil, help: String
  ) -> Self {
    flag(name, short, aliases: aliases, sets: path(), to: true, group: group, help: help)
  }

  /// An option with a value; where it is repeated, the last one holds.
  package static func option<Value: ArgumentValue>(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    sets path: @autoclosure @escaping Path<Value>, placeholder: String? = nil,
    completion: Completion? = nil,
    group: String? = nil, help: String
  ) -> Self {
    option(
      name, short, aliases, .once, placeholder, completion, group, help
    ) { (target, value: Value) in target[keyPath: path()] = value }
  }

  /// An option with a value, for a property that is `nil` without it.
  package static func option<Value: ArgumentValue>(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    sets path: @autoclosure @escaping Path<Value?>, placeholder: String? = nil,
    completion: Completion? = nil,
    group: String? = nil, help: String
  ) -> Self {
    option(
      name, short, aliases, .once, placeholder, completion, group, help
    ) { (target, value: Value) in target[keyPath: path()] = value }
  }

  /// An option that may be repeated, each time with a further value.
  package static func options<Value: ArgumentValue>(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    appendsTo path: @autoclosure @escaping Path<[Value]>, placeholder: String? = nil,
    completion: Completion? = nil,
    group: String? = nil, help: String
  ) -> Self {
    option(
      name, short, aliases, .repeated, placeholder, completion, group, help
    ) { (target, value: Value) in target[keyPath: path()].append(value) }
  }

  /// An option whose value is several, with commas between them.
  package static func list<Value: ArgumentValue>(
    _ name: String, _ short: Character? = nil, aliases: [String] = [],
    appendsTo path: @autoclosure @escaping Path<[Value]>, placeholder: String? = nil,
    completion: Completion? = nil,
    group: String? = nil, help: String
  ) -> Self {
    option(
      name, short, aliases, .list, placeholder, completion, group, help
    ) { (target, value: Value) in target[keyPath: path()].append(value) }
  }

  /// A word with a meaning by its place.
  package static func operand<Value: ArgumentValue>(
    _ name: String, sets path: @autoclosure @escaping Path<Value>, required: Bool = true,
    completion: Completion? = nil,
    help: String
  ) -> Self {
    operand(name, .operand, .once, required, completion, help) { (target, value: Value) in
      target[keyPath: path()] = value
    }
  }

  /// A word with a meaning by its place, for a property that is `nil` without it.
  package static func operand<Value: ArgumentValue>(
    _ name: String, sets path: @autoclosure @escaping Path<Value?>, required: Bool = false,
    completion: Completion? = nil,
    help: String
  ) -> Self {
    operand(name, .operand, .once, required, completion, help) { (target, value: Value) in
      target[keyPath: path()] = value
    }
  }

  /// All words that are left, each with the same meaning.
  package static func operands<Value: ArgumentValue>(
    _ name: String, appendsTo path: @autoclosure @escaping Path<[Value]>, required: Bool = false,
    completion: Completion? = nil, help: String
  ) -> Self {
    operand(name, .operand, .repeated, required, completion, help) { (target, value: Value) in
      target[keyPath: path()].append(value)
    }
  }

  /// A program and its arguments: the first operand, and all that follows it as it stands.
  package static func rest(
    _ name: String, sets path: @autoclosure @escaping Path<[String]>, required: Bool = true,
    help: String
  ) -> Self {
    operand(name, .rest, .repeated, required, .programs, help) { target, word in
      target[keyPath: path()].append(word)
    }
  }
}

extension Parameter {
  private static func option<Value: ArgumentValue>(
    _ name: String, _ short: Character?, _ aliases: [String],
    _ multiplicity: ParameterInfo.Multiplicity, _ placeholder: String?,
    _ completion: Completion?, _ group: String?, _ help: String,
    store: @escaping @Sendable (inout Target, Value) -> Void
  ) -> Self {
    let info = ParameterInfo(
      name: name, short: short, aliases: aliases, form: .option, multiplicity: multiplicity,
      placeholder: placeholder ?? "", completion: completion ?? .none,
      group: group, help: help)
    return Self(info, store: store)
  }

  private static func operand<Value: ArgumentValue>(
    _ name: String, _ form: ParameterInfo.Form, _ multiplicity: ParameterInfo.Multiplicity,
    _ required: Bool, _ completion: Completion?, _ help: String,
    store: @escaping @Sendable (inout Target, Value) -> Void
  ) -> Self {
    let info = ParameterInfo(
      name: name, form: form, multiplicity: multiplicity, isRequired: required,
      completion: completion ?? .none, help: help)
    return Self(info, store: store)
  }

  private init<Value: ArgumentValue>(
    _ info: ParameterInfo, store: @escaping @Sendable (inout Target, Value) -> Void
  ) {
    self.init(outline: info, value: Value.self) { target, word throws(UsageError) in
      let words =
        info.multiplicity == .list
        ? word.split(separator: ",", omittingEmptySubsequences: false).map(String.init) : [word]
      for word in words {
        guard let value = Value(argument: word) else {
          throw .invalidValue(
            parameter: info.spelling, value: word,
            expectation: Value.expectation(insteadOf: word))
        }
        store(&target, value)
      }
    }
  }
}

extension Array {
  /// These parameters for a target that has theirs as a part.
  package func within<Outer, Inner>(
    _ path: @autoclosure @escaping @Sendable () -> WritableKeyPath<Outer, Inner>
  ) -> [Parameter<Outer>] where Element == Parameter<Inner> {
    map { parameter in
      Parameter<Outer>(outline: parameter.outline, value: parameter.value) {
        target, word throws(UsageError) in
        try parameter.assign(&target[keyPath: path()], word)
      }
    }
  }
}
