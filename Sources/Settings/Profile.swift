import Arguments
import Changes

/// Settings of overcommit under a name, with a reason.
enum Profile: ArgumentValue {
  case heuristic
  case always
  /// With a share of RAM, percent.
  case strict(Int)

  static let placeholder = "PROFILE"
  static let expectation = "heuristic, always, strict or strict=RATIO%, as strict=80%"
  static let completion = Completion.choices(["heuristic", "always", "strict", "strict=80%"])

  /// 80 % of RAM leave the page cache something, and are enough for most where there is little swap.
  private static let usualRatio = 80

  init?(argument: String) {
    switch argument {
    case "heuristic": self = .heuristic
    case "always": self = .always
    case "strict": self = .strict(Self.usualRatio)
    default:
      guard argument.hasPrefix("strict=") else { return nil }
      let text = argument.dropFirst("strict=".utf8.count)
      guard let ratio = Int(text.hasSuffix("%") ? text.dropLast() : text),
        (1...1000).contains(ratio)
      else { return nil }
      self = .strict(ratio)
    }
  }

  var words: [SettingWord] {
    let texts =
      switch self {
      case .heuristic: ["vm.overcommit_memory=0"]
      case .always: ["vm.overcommit_memory=1"]
      case .strict(let ratio): ["vm.overcommit_ratio=\(ratio)", "vm.overcommit_memory=2"]
      }
    return texts.compactMap { SettingWord(argument: $0) }
  }

  var reason: String {
    switch self {
    case .heuristic:
      "heuristic: the kernel's default, for a typical system; the OOM killer settles what was promised "
        + "in vain."
    case .always:
      "always: no request is refused; for programs that fork while they hold much, as Redis advises."
    case .strict:
      "strict: no more is promised than the limit allows; programs see failed allocations in place of "
        + "kills, as PostgreSQL advises."
    }
  }
}

/// A setting by its name, or with a value for it.
package struct SettingWord: ArgumentValue {
  let setting: Setting
  let value: String?

  static let placeholder = "KEY[=VALUE]"
  static let expectation = "a setting, as vm.swappiness or vm.swappiness=10; 'tune' lists them"
  static var completion: Completion { .choices(Setting.all.map(\.key)) }

  static func expectation(insteadOf argument: String) -> String {
    let name = String(argument.prefix { $0 != "=" })
    let names = Setting.all.map(\.name) + Setting.all.map(\.key)
    guard let near = name.closest(among: names),
      let setting = Setting.all.first(where: { $0.name == near || $0.key == near })
    else { return expectation }
    return "\(expectation); did you mean '\(setting.key)\(argument.dropFirst(name.count))'?"
  }

  package init?(argument: String) {
    let equals = argument.utf8.firstIndex(of: UInt8(ascii: "="))
    guard let setting = Setting.named(String(argument[..<(equals ?? argument.endIndex)])) else {
      return nil
    }
    self.setting = setting
    value = equals.map { Setting.tidy(String(argument[argument.utf8.index(after: $0)...])) }
  }

  /// The requested setting; `nil` where the word only asks for the present value.
  package var request: RequestedSetting? {
    value.map { RequestedSetting(setting: setting, value: $0) }
  }
}

/// A time to wait, at least a second.
struct Duration: ArgumentValue {
  let seconds: Int

  static let placeholder = "TIME"
  static let expectation = "a time from 1s to 1h, as 60s, 90 or 5m"

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let units = ["": 1, "s": 1, "m": 60, "h": 3600]
    guard let number = Int(digits), let unit = units[String(argument.dropFirst(digits.count))],
      number <= 3600, (1...3600).contains(number * unit)
    else { return nil }
    seconds = number * unit
  }
}
