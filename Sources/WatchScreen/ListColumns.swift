import ProcFS
import Rendering

/// A column of the list, and which others go before it does when there is little room.
struct ListColumn<Item> {
  let title: String
  /// It never becomes narrower, so that the list doesn't tremble.
  let width: Int
  let isRight: Bool
  /// 0 always stays.
  let dispensability: Int
  let cell: (Item) -> String

  init(
    _ title: String, _ width: Int, _ dispensability: Int, isRight: Bool = true,
    _ cell: @escaping (Item) -> String
  ) {
    self.title = title
    self.width = width
    self.dispensability = dispensability
    self.isRight = isRight
    self.cell = cell
  }
}

/// A list as lines of one width; its last column takes what room there is.
struct ListLines<Item> {
  private let columns: [ListColumn<Item>]
  private let widths: [Int]
  private let width: Int

  /// Leaves out columns until the last one has some room.
  init(_ columns: [ListColumn<Item>], items: [Item], width: Int) {
    self.width = width
    var columns = columns
    var widths = columns.map { column in
      items.reduce(max(column.width, column.title.displayWidth)) {
        max($0, SafeText.visible(column.cell($1)).displayWidth)
      }
    }
    let last = { (columns: [ListColumn<Item>]) in columns.last?.width ?? 0 }
    while widths.dropLast().reduce(0, { $0 + $1 + 1 }) + last(columns) > width,
      let most = columns.map(\.dispensability).max(), most > 0,
      let index = columns.firstIndex(where: { $0.dispensability == most })
    {
      columns.remove(at: index)
      widths.remove(at: index)
    }
    self.columns = columns
    self.widths = widths
  }

  var heading: StyledLine { StyledLine(line { $0.title }, .heading) }

  func line(_ item: Item) -> StyledLine { StyledLine(line { $0.cell(item) }) }

  private func line(_ cell: (ListColumn<Item>) -> String) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      let value = SafeText.visible(cell(column))
      guard index < columns.count - 1 else {
        return text + value.fitted(to: max(0, width - text.displayWidth))
      }
      let blanks = String(repeating: " ", count: max(0, widths[index] - value.displayWidth))
      text += (column.isRight ? blanks + value : value + blanks) + " "
    }
    return text
  }
}
