/// Names of months, as syslog and dmesg -T print them: in the languages whose users send most reports,
/// and in those that number them.
enum Month {
  /// 1 to 12, if the word begins like a month.
  static func number(of text: Span<UInt8>, in word: Range<Int>) -> Int? {
    guard word.count >= 3 else { return nil }
    if let number = numbered(text, in: word) { return number }
    for (index, names) in abbreviations.enumerated() {
      for name in names where text.starts(with: name, at: word.lowerBound) { return index + 1 }
    }
    return nil
  }

  /// `11月`, as Chinese and Japanese have it, or `11월`, as Korean.
  private static func numbered(_ text: Span<UInt8>, in word: Range<Int>) -> Int? {
    var reader = Reader(offset: word.lowerBound)
    guard let number = reader.natural(in: text), 1...12 ~= number,
      text.starts(with: "月", at: reader.offset) || text.starts(with: "월", at: reader.offset)
    else { return nil }
    return number
  }

  /// Beginnings of names, long enough to tell two months apart: `juin` and `juil` in French.
  private static let abbreviations: [[StaticString]] = [
    ["Jan", "jan", "ene", "gen", "Янв", "янв", "stycz", "sty", "led", "oca", "Oca", "tam"],
    ["Feb", "feb", "fév", "févr", "fev", "Фев", "фев", "lut", "úno", "şub", "Şub", "hel", "лют"],
    ["Mar", "mar", "Mär", "mär", "mrt", "Мар", "мар", "bře", "maa", "már", "бер"],
    ["Apr", "apr", "avr", "abr", "Апр", "апр", "kwi", "dub", "nis", "Nis", "huh", "ápr", "кві"],
    ["May", "may", "Mai", "mai", "mag", "mei", "maj", "Май", "мая", "май", "kvě", "máj", "тра"],
    ["Jun", "jun", "juin", "giu", "Июн", "июн", "cze", "čen", "čvn", "haz", "Haz", "kes", "jún"],
    ["Jul", "jul", "juil", "lug", "Июл", "июл", "lip", "čec", "čvc", "tem", "Tem", "hei", "júl"],
    ["Aug", "aug", "aoû", "ago", "Авг", "авг", "sie", "srp", "ağu", "Ağu", "elo", "сер"],
    ["Sep", "sep", "set", "Сен", "сен", "wrz", "zář", "eyl", "Eyl", "syy", "sze", "вер"],
    [
      "Oct", "oct", "Okt", "okt", "out", "ott", "Окт", "окт", "paź", "říj", "eki", "Eki", "lok",
      "жов",
    ],
    ["Nov", "nov", "Ноя", "ноя", "lis", "kas", "Kas"],
    [
      "Dec", "dec", "Dez", "dez", "déc", "dic", "Дек", "дек", "gru", "pro", "ara", "Ara", "jou",
      "гру",
    ],
  ]
}
