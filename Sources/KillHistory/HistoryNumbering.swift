import LogSources

/// The numbers of all that was found, of which 1 is the latest.
///
/// They are the same whatever is asked for, so that a number means the same in each list of the same logs.
struct HistoryNumbering {
  /// In microseconds since 1970; the smallest number where it isn't known.
  private var moments: [Int] = []
  /// The number of those in `moments` that aren't known.
  private var undated = 0
  /// The places of kills in `moments`, by their numbers in the index.
  private var places: [Int32] = []

  private static let unknown = Int.min

  /// How many have a number.
  var count: Int { moments.count }

  /// The place of the last one.
  var last: Int? { moments.isEmpty ? nil : moments.count - 1 }

  /// Adds one, and tells its place.
  ///
  /// - Parameters:
  ///   - time: When that was, as far as it is known.
  ///   - number: Its number in the index of kills; they come in ascending order.
  ///   - former: The place of one with which it died, and shares its number.
  mutating func add(at time: LogTime?, as number: Int? = nil, joining former: Int? = nil) -> Int {
    if former == nil {
      moments.append(time?.microseconds ?? Self.unknown)
      if time == nil { undated += 1 }
    }
    let place = former ?? moments.count - 1
    if let number, number == places.count { places.append(Int32(truncatingIfNeeded: place)) }
    return place
  }

  /// Another log knows better when that was.
  mutating func move(_ number: Int, to time: LogTime?) {
    guard places.indices.contains(number), let time else { return }
    let place = Int(places[number])
    if moments[place] == Self.unknown { undated -= 1 }
    moments[place] = time.microseconds
  }

  /// True where one place is earlier than another. Without times the order of the logs is all there is.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    undated > 0 ? left < right : (moments[left], left) < (moments[right], right)
  }

  /// The number of each, by its place.
  var numbers: [Int] {
    let order = moments.indices.sorted(by: precedes)
    var numbers = Array(repeating: 0, count: moments.count)
    for (rank, place) in order.enumerated() { numbers[place] = moments.count - rank }
    return numbers
  }
}
