import Glibc

/// The environment of this process, which a program that it becomes inherits (environ(7)).
package enum OwnVariables {
  /// The value of a variable; `nil` where it isn't set.
  package static func value(of name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Sets a variable, whatever it was.
  package static func set(_ name: String, to value: String) {
    unsafe setenv(name, value, 1)
  }

  /// Takes these variables instead of all that were there, each as `NAME=value`.
  package static func replaceAll(with variables: [String]) {
    clearenv()
    for variable in variables { unsafe putenv(strdup(variable)) }
  }
}
