import LogSources

/// The numbers of all that was found, of which 1 is the latest.
///
/// They are the same whatever is asked for, so that a number means the same in each list of the same logs.
struct HistoryNumbering {
  /// In microseconds since 1970; the smallest number where it isn't known.
  private var moments: [Int] = []
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
    if former == nil { moments.append(time?.microseconds ?? Self.unknown) }
    let place = former ?? moments.count - 1
    if let number, number == places.count { places.append(Int32(truncatingIfNeeded: place)) }
    return place
  }

  /// Another log knows better when that was.
  mutating func move(_ number: Int, to time: LogTime?) {
    guard places.indices.contains(number), let time else { return }
    moments[Int(places[number])] = time.microseconds
  }

  /// The number of each, by its place. Without times the order of the logs is all there is.
  var numbers: [Int] {
    var order = Array(moments.indices)
    if !moments.contains(Self.unknown) {
      order.sort { (moments[$0], $0) < (moments[$1], $1) }
    }
    var numbers = Array(repeating: 0, count: moments.count)
    for (rank, place) in order.enumerated() { numbers[place] = moments.count - rank }
    return numbers
  }
}
