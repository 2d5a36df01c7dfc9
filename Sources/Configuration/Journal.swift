/// The changes that oomctl made, so that they can be undone: a text file to whose end lines are
/// added.
///
/// A line is an entry (`Journal.line`). Lines that a crash or a hand mangled are skipped and
/// counted.
package struct Journal: Hashable, Sendable {
  /// In the order of the file.
  package private(set) var entries: [Entry] = []
  /// The number of lines that couldn't be read, those of a later oomctl's kinds among them.
  package private(set) var damagedLineCount = 0
  /// True where the last line has no end: an added line needs a line feed before it.
  package private(set) var isTorn = false
  /// The number for the next call, which no call had before.
  package private(set) var nextCall = 1

  /// Reads the contents of the file.
  package init(parsing bytes: [UInt8]) {
    var reader = JournalReader(bytes)
    while let line = reader.next() {
      guard var fields = line.fields else {
        damagedLineCount += 1
        continue
      }
      do throws(JournalFields.Malformed) {
        let kind = try fields.text()
        let call = try fields.callNumber()
        nextCall = max(nextCall, call + 1)
        guard kind != Self.lastCallKind else { continue }
        let entry = try Entry(kind: kind, call: call, fields: &fields)
        // The call itself may be lost.
        if let settled = entry.settled { nextCall = max(nextCall, settled.call + 1) }
        entries.append(entry)
      } catch {
        damagedLineCount += 1
      }
    }
    isTorn = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
  }
}

extension Journal {
  /// A change and what led to it.
  package struct Entry: Hashable, Sendable {
    /// The number of the call of oomctl that made it, from 1.
    package let call: Int
    /// Its place among the call's changes, from 0. It is written down, so that a lost line moves no other.
    package let index: Int
    /// Unix time in seconds.
    package let time: Int
    /// The command of oomctl, as `protect`.
    package let command: String
    package let change: Change

    package init(call: Int, index: Int, time: Int, command: String, change: Change) {
      self.call = call
      self.index = index
      self.time = time
      self.command = command
      self.change = change
    }
  }

  package enum Change: Hashable, Sendable {
    case adjustment(Adjustment)
    case file(FileChange)
    case setting(SettingChange)
    /// The change at this place of a call was undone.
    case undone(call: Int, index: Int)
    /// The change at this place of a call never came about.
    case failed(call: Int, index: Int)
    /// No change: who made those of the call.
    case caller(Caller)
  }

  /// The caller of oomctl.
  package struct Caller: Hashable, Sendable {
    package let userID: UInt32
    /// The name of the user who became that user by sudo or doas.
    package let throughUser: String?
    /// As `pts/3`; `nil` where there was none.
    package let terminal: String?

    package init(userID: UInt32, throughUser: String?, terminal: String?) {
      self.userID = userID
      self.throughUser = throughUser
      self.terminal = terminal
    }
  }

  /// A process got another adjustment.
  package struct Adjustment: Hashable, Sendable {
    /// The kernel's `boot_id`.
    package let boot: String
    /// The namespace in which `pid` counts.
    package let namespace: String
    package let pid: Int32
    /// The start of the process, in clock ticks since boot.
    package let startTicks: UInt64
    package let name: String
    /// `oom_score_adj` or `oom_adj`, on whose scale `old` and `new` are.
    package let file: String
    package let old: Int
    package let new: Int
    /// The time of the change, in hundredths of a second since boot.
    package let upTicks: UInt64

    package init(
      boot: String, namespace: String, pid: Int32, startTicks: UInt64, name: String, file: String,
      old: Int, new: Int, upTicks: UInt64
    ) {
      self.boot = boot
      self.namespace = namespace
      self.pid = pid
      self.startTicks = startTicks
      self.name = name
      self.file = file
      self.old = old
      self.new = new
      self.upTicks = upTicks
    }
  }

  /// A file got other contents.
  package struct FileChange: Hashable, Sendable {
    package let path: String
    /// All of it; `nil` where there was no such file.
    package let old: String?
    /// All of it; `nil` where there is no such file any more.
    package let new: String?

    package init(path: String, old: String?, new: String?) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  /// A setting of the kernel got another value.
  package struct SettingChange: Hashable, Sendable {
    /// Below `/proc`, as `sys/vm/swappiness`.
    package let path: String
    package let old: String
    package let new: String
    /// The kernel's `boot_id`: with the next boot the change is gone anyway.
    package let boot: String

    package init(path: String, old: String, new: String, boot: String) {
      self.path = path
      self.old = old
      self.new = new
      self.boot = boot
    }
  }
}
