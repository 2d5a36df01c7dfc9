/// Names of months, as dmesg -T prints them in the languages whose users send most reports.
enum Month {
  /// 1 to 12, if the word begins like a month.
  static func number(of text: Span<UInt8>, in word: Range<Int>) -> Int? {
    guard word.count >= 3 else { return nil }
    for (index, names) in abbreviations.enumerated() {
      for name in names where text.starts(with: name, at: word.lowerBound) { return index + 1 }
    }
    return nil
  }

  /// Beginnings of names, long enough to tell two months apart: `juin` and `juil` in French.
  private static let abbreviations: [[StaticString]] = [
    ["Jan", "jan", "ene", "gen", "Янв", "янв", "stycz", "sty"],
    ["Feb", "feb", "fév", "févr", "fev", "Фев", "фев", "lut"],
    ["Mar", "mar", "Mär", "mrt", "Мар", "мар"],
    ["Apr", "apr", "avr", "abr", "Апр", "апр", "kwi"],
    ["May", "may", "Mai", "mai", "mag", "mei", "maj", "Май", "мая"],
    ["Jun", "jun", "juin", "giu", "Июн", "июн", "cze"],
    ["Jul", "jul", "juil", "lug", "Июл", "июл", "lip"],
    ["Aug", "aug", "aoû", "ago", "Авг", "авг", "sie"],
    ["Sep", "sep", "set", "Сен", "сен", "wrz"],
    ["Oct", "oct", "Okt", "okt", "out", "ott", "Окт", "окт", "paź"],
    ["Nov", "nov", "Ноя", "ноя", "lis"],
    ["Dec", "dec", "Dez", "dez", "déc", "dic", "Дек", "дек", "gru"],
  ]
}
