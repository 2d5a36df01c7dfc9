package import Core
package import Rendering

/// A ledger as people read it: each use with its size, its share and what frees it, the largest first.
package struct LedgerTable {
  let ledger: Ledger
  let page: Page

  package init(_ ledger: Ledger, on page: Page) {
    self.ledger = ledger
    self.page = page
  }

  /// Uses of less than a thousandth of all are put together.
  private static let least = 1000

  package func write(to text: inout Text) {
    var table = Table(
      [
        Table.Column("HELD BY"), Table.Column("SIZE", .right), Table.Column("SHARE"),
        Table.Column("FREED BY"),
      ], hasHeadings: page.hasHeadings)
    let shown = ledger.entries.filter { isShown($0) }
    for entry in shown {
      table.append([
        isTold(entry) ? entry.kind.label : "Not told", page.sizes.text(entry.bytes),
        page.bar(width: 10).text(max(0, entry.bytes), of: max(1, ledger.total)),
        isTold(entry) ? entry.kind.freedBy ?? (entry.kind.isFree ? "" : "-") : "-",
      ])
    }
    let rest = ledger.entries.filter { !isShown($0) }.reduce(0) { $0 &+ $1.bytes }
    if rest > 0 {
      table.append([
        "Other", page.sizes.text(rest), page.bar(width: 10).text(rest, of: max(1, ledger.total)),
        "",
      ])
    }
    table.write(to: &text, width: page.width, headingsIn: page.emphasis)
  }

  /// False of what nobody counts where lines are missing that most memory stands in.
  private func isTold(_ entry: Ledger.Entry) -> Bool {
    entry.kind != .unaccounted || ledger.tellsMost
  }

  private func isShown(_ entry: Ledger.Entry) -> Bool {
    entry.kind == .unaccounted || entry.bytes >= ledger.total / Self.least
  }
}
