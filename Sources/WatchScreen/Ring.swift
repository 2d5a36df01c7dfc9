/// The latest values, in room that was taken once.
struct Ring<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  /// The place of the next one once it is full.
  private var next = 0
  let capacity: Int

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    elements.reserveCapacity(self.capacity)
  }

  /// Adds a value; the oldest goes when there is no room left.
  mutating func append(_ element: Element) {
    if elements.count < capacity {
      elements.append(element)
    } else {
      elements[next] = element
      next = (next + 1) % capacity
    }
  }

  var count: Int { elements.count }
  var first: Element? { elements.isEmpty ? nil : elements[elements.count < capacity ? 0 : next] }
  var last: Element? {
    elements.isEmpty ? nil : elements[(next + elements.count - 1) % elements.count]
  }

  /// At most that many of the latest, the oldest of them first.
  func latest(_ count: Int) -> [Element] {
    let shown = min(max(0, count), elements.count)
    return (elements.count - shown..<elements.count).map {
      elements[(next + $0) % elements.count]
    }
  }
}
