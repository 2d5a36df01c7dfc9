/// A day of the Gregorian calendar.
package struct CivilDate: Hashable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// From 1.
  package var day: Int

  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day so many days after 1970-01-01.
  package init(daysSince1970 days: Int) {
    // Years that begin in March have the leap day at their end; 400 of them are 146097 days.
    let shifted = days + 719_468
    let era = shifted.divided(by: 146_097)
    let day = shifted - era * 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    self.day = dayOfYear - (153 * month + 2) / 5 + 1
    self.month = month < 10 ? month + 3 : month - 9
    self.year = year + era * 400 + (self.month <= 2 ? 1 : 0)
  }

  /// Days from 1970-01-01 to this one.
  package var daysSince1970: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = year.divided(by: 400)
    let ofEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear - 719_468
  }

  /// True where the month has such a day.
  package var isReal: Bool {
    (1...12).contains(month) && (1...9999).contains(year) && day >= 1
      && CivilDate(daysSince1970: daysSince1970) == self
  }

  /// 0 is Sunday.
  var weekday: Int { (daysSince1970 + 4).remainder(by: 7) }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension Int {
  /// The quotient rounded down, also of what is negative.
  package func divided(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder of that division, never negative.
  package func remainder(by divisor: Int) -> Int { self - divided(by: divisor) * divisor }
}
