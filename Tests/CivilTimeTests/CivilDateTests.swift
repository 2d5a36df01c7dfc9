import Testing

@testable import CivilTime

@Suite("A day of the calendar")
struct CivilDateTests {
  @Test("is so many days from 1970")
  func days() {
    for (year, month, day, days) in [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 11, 21, 20_778),
      (1900, 3, 1, -25_508), (2100, 1, 1, 47_482), (1, 1, 1, -719_162),
    ] {
      let date = CivilDate(year: year, month: month, day: day)
      #expect(date.daysSince1970 == days)
      #expect(CivilDate(daysSince1970: days) == date)
    }
  }

  @Test("comes after the one before")
  func sequence() {
    var last = CivilDate(daysSince1970: -800_000)
    for days in -799_999...1_000_000 {
      let date = CivilDate(daysSince1970: days)
      let isNext = date.day == last.day + 1 && date.month == last.month && date.year == last.year
      let isFirst = date.day == 1 && (date.month == last.month + 1 || date.month == 1)
      guard isNext || isFirst, date.daysSince1970 == days else {
        Issue.record("\(last) is followed by \(date)")
        return
      }
      last = date
    }
  }

  @Test("has a weekday, and may not exist")
  func weekday() {
    #expect(CivilDate(year: 2026, month: 11, day: 21).weekday == 6)
    #expect(CivilDate(year: 1969, month: 12, day: 28).weekday == 0)
    #expect(CivilDate(year: 2024, month: 2, day: 29).isReal)
    #expect(!CivilDate(year: 2026, month: 2, day: 29).isReal)
    #expect(!CivilDate(year: 2026, month: 0, day: 1).isReal)
    #expect(!CivilDate(year: 2026, month: 13, day: 1).isReal)
    #expect(CivilDate(year: 2026, month: 1, day: 1).isReal)
    #expect(CivilDate(year: 2026, month: 12, day: 31).isReal)
    #expect(!CivilDate(year: 2026, month: 12, day: 32).isReal)
    #expect(!CivilDate(year: 2026, month: 6, day: 0).isReal)
    #expect(CivilDate(year: 1, month: 1, day: 1).isReal)
    #expect(!CivilDate(year: 0, month: 1, day: 1).isReal)
    #expect(CivilDate(year: 9999, month: 12, day: 31).isReal)
    #expect(!CivilDate(year: 10_000, month: 1, day: 1).isReal)
    #expect(!CivilDate(year: 2026, month: 6, day: 31).isReal)
  }

  @Test(
    "is in a year with a leap day or without",
    arguments: [
      (2024, true), (2023, false), (1900, false), (2000, true), (2100, false), (0, true),
      (-4, true), (2400, true),
    ])
  func leap(year: Int, isLeap: Bool) { #expect(CivilDate.isLeap(year) == isLeap) }

  @Test(
    "is counted in numbers that are divided downwards",
    arguments: [
      (7, 3, 2, 1), (-7, 3, -3, 2), (-6, 3, -2, 0), (-1, 7, -1, 6), (0, 5, 0, 0), (6, 3, 2, 0),
    ])
  func division(number: Int, divisor: Int, quotient: Int, remainder: Int) {
    #expect(number.divided(by: divisor) == quotient)
    #expect(number.remainder(by: divisor) == remainder)
  }
}
