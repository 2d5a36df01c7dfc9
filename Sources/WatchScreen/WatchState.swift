import ProcFS
import Rendering

/// The state of the screen at one time, and the effects of keys on it.
struct WatchState: Sendable {
  var mode = Mode.list
  var arrangement = Arrangement.ranking
  var sort = SortOrder.rank
  /// The text that names must contain, whatever the case of letters.
  var filter = ""
  /// The memory cgroup that is looked into.
  var cgroup: String?
  /// The message at the bottom until the next key.
  var message: StyledLine?
  private(set) var sample = Sample()
  /// The rows that can be walked through, in order.
  private(set) var rows: [WatchRow] = []
  /// The row where the keys act.
  private(set) var cursor = 0
  /// The row it is bound to once it was moved.
  private var bound: WatchRow.Key?
  /// A row that the cursor shall go to once it is known.
  private var wanted: Int?
  /// The first row shown.
  private(set) var offset = 0
  /// Rows that fit; the view sets it.
  var pageSize = 10 { didSet { if pageSize != oldValue { scroll() } } }
  /// Of an explanation or the help: the first line shown.
  var scrolled = 0
  /// Kills that were seen, the latest last.
  private(set) var kills: [SeenKill] = []
  /// True where values of `oom_adj` are typed.
  var usesLegacyScale = false

  enum Mode: Sendable, Equatable {
    case list
    /// A name is being typed.
    case filter
    case help
    case explanation(WatchRow.Target)
    /// A value is being typed for the process under the cursor.
    case value(WatchRow.Target, String)
    case confirmation(WatchRow.Target, Int)
  }

  enum Arrangement: Sendable { case ranking, tree, cgroups }

  enum SortOrder: String, Sendable, CaseIterable { case rank, memory, growth, adj, name, pid }

  /// An action to be done outside.
  enum Effect: Sendable, Equatable {
    case quit
    case adjust(WatchRow.Target, Int)
    /// All is to be drawn anew.
    case redraw
  }

  /// First victims beyond that number cost more than a look at all.
  static let mostLeaders = 100

  /// Below the screen, so that the cursor can go on.
  private static let spareRows = 8

  /// True where the first victims are all that is asked for.
  private var showsLeaders: Bool {
    arrangement == .ranking && sort == .rank && filter.isEmpty && mode != .filter && cgroup == nil
  }

  /// The contents of the next look.
  var look: SampleRequest {
    let last = max(offset + pageSize, min(wanted ?? 0, sample.candidateCount)) + Self.spareRows
    let isWhole = !showsLeaders || last > Self.mostLeaders
    return SampleRequest(
      count: min(Self.mostLeaders, last), isWhole: isWhole,
      needsCgroups: arrangement == .cgroups || cgroup != nil, needsGroups: arrangement == .cgroups)
  }

  /// The process under the cursor.
  var selected: ProcessRow? {
    if rows.indices.contains(cursor), case .process(let processRow, _) = rows[cursor] {
      return processRow
    }
    return nil
  }

  mutating func take(_ sample: Sample) {
    self.sample = sample
    note(sample.kills)
    arrange()
    // As far as there is anything.
    if let wanted { move(to: min(wanted, rows.count - 1)) }
  }

  mutating func note(_ new: [SeenKill]) {
    kills = (kills + new).suffix(Self.mostKills)
  }

  private static let mostKills = 100

  /// Puts the rows in order anew, and follows the one under the cursor.
  mutating func arrange() {
    rows = WatchRow.all(of: sample, self)
    if let bound, let index = rows.firstIndex(where: { $0.key == bound }) {
      cursor = index
    } else {
      bound = nil
      cursor = min(cursor, max(0, rows.count - 1))
    }
    scroll()
  }

  /// Moves the cursor; it stays on what it is moved to.
  mutating func move(to row: Int) {
    let isBeyond = row >= rows.count && showsLeaders && !sample.isWhole
    wanted = isBeyond && rows.count < sample.candidateCount ? row : nil
    cursor = min(max(0, row), max(0, rows.count - 1))
    bound = cursor == 0 || !rows.indices.contains(cursor) ? nil : rows[cursor].key
    scroll()
  }

  private mutating func scroll() {
    let size = max(1, pageSize)
    if cursor < offset { offset = cursor }
    if cursor >= offset + size { offset = cursor - size + 1 }
    offset = max(0, min(offset, rows.count - size))
  }
}
