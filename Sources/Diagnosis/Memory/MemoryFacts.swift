import Badness
import CgroupFS
import Changes
package import Core
import KillPrediction
import MemoryGroups
import MemoryLedger
package import ProcFS
import Processes

/// The kernel's figures on its memory. Figures that it doesn't offer are `nil`.
package struct MemoryFacts: Sendable {
  var memory: MemoryInfo
  /// `nil` when the file can't be read.
  package var zones: [MemoryZone]?
  /// The kind of kernel objects that takes up most; looked for only where they can fill what the kernel
  /// reaches.
  var largestSlab: SlabInfo.Cache?
  package var pressure: PressureState
  package var overcommit: OvercommitPolicy?
  package var ratio: Int?
  var kilobytes: UInt64?
  /// From the innermost up.
  var cgroups: [CgroupLevel] = []
  /// The same, with all that their files tell, and the folders of these.
  var groups: [(group: MemoryGroup, folder: String)] = []
  /// The use of all RAM; `nil` where it can't be told.
  var ledger: Ledger?
  var swapAreas: SwapAreas?
  /// What something other than processes holds.
  var held: HeldMemory?
  /// The group that confines this view; `nil` also where a group was named.
  var confinement: Confinement?
  var pageSize: Int?
  var wordSize: WordSize?
  /// The words that say from where free memory can be compacted, if not from here.
  var compactionStandpoint = ""
  /// The folder `proc`, for messages.
  var folder: String
  var remarks: [Remark] = []

  package init(
    _ options: MachineOptions, cgroup: String?, in world: borrowing World
  ) throws(Failure) {
    do {
      memory = try world.proc.memoryInfo
    } catch {
      throw Failure(error)
    }
    let machine = Machine(world, options: options)
    pageSize = machine.pageSize
    wordSize = options.wordSize ?? memory.is32Bit.map { $0 ? .bits32 : .bits64 }
    pressure = PressureState(of: world)
    overcommit = world.known(try world.proc.value(of: .overcommitMemory))
    ratio = world.known(try world.proc.value(of: .overcommitRatio))
    kilobytes = world.known(try world.proc.value(of: .overcommitKilobytes))
    compactionStandpoint = world.standpoint(ofWriting: "vm/compact_memory")
    folder = world.proc.directory.path
    readZones(in: world)
    ledger = world.ledger(of: memory, pageSize: pageSize)
    swapAreas = world.known(try world.proc.swapAreas)
    held = HeldMemory(ledger, on: machine, in: world)
    if hasHighMemory { largestSlab = world.known(try world.proc.slabInfo)?.largest }
    try readCgroups(from: cgroup, in: world)
    readGroups(in: world)
  }
}

extension MemoryFacts {
  private mutating func readZones(in world: borrowing World) {
    do {
      let info = try world.proc.zoneInfo
      zones = MemoryZone.all(info, world.known(try world.proc.buddyInfo))
    } catch {
      world.gaps.note(error)
      if error.meaning != .failure { remarks.append(.note("\(error): zones can't be shown")) }
    }
  }

  /// Of the group that is named; else, on this machine, of the program's own.
  private mutating func readCgroups(
    from name: String?, in world: borrowing World
  ) throws(Failure) {
    if let name {
      let hierarchy = try world.memoryCgroups()
      // For its words where there is no such group.
      _ = try hierarchy.limits(ofGroup: name)
      do {
        cgroups = try CgroupLevel.all(from: name, in: hierarchy)
      } catch {
        throw Failure(error)
      }
    } else if let confinement = world.confinement {
      self.confinement = confinement
      cgroups = confinement.levels
    } else if world.isThisMachine, let path = world.ownCgroup,
      let hierarchy = world.knownMemoryCgroups
    {
      do {
        cgroups = try CgroupLevel.all(from: path, in: hierarchy)
      } catch {
        world.gaps.note(error)
      }
    }
  }

  /// Each by its own limits.
  private mutating func readGroups(in world: borrowing World) {
    guard !cgroups.isEmpty, let hierarchy = world.knownMemoryCgroups else { return }
    for level in cgroups {
      guard let figures = world.known(try hierarchy.figures(of: level.path)) else { continue }
      let limit = level.limits.memory.map {
        MemoryGroup.Limit(owner: level.path, bytes: $0, left: level.headroom)
      }
      groups.append(
        (
          MemoryGroup(path: level.path, figures: figures, limit: limit),
          hierarchy.folder(of: level.path)
        ))
    }
  }

  /// Bytes of a line.
  package subscript(line: MemoryInfo.Line) -> Int? { memory[line]?.bytes }

  /// The rest of one line without another.
  func rest(of whole: MemoryInfo.Line, without part: MemoryInfo.Line) -> Int? {
    guard let whole = self[whole], let part = self[part] else { return nil }
    return Int(clamping: Int128(whole) - Int128(part))
  }

  package func bytes(_ pages: Int?) -> Int? {
    guard let pages, let pageSize else { return nil }
    return Int(clamping: Int128(pages) * Int128(pageSize))
  }

  /// Of a free block of that order.
  func bytes(ofOrder order: Int?) -> Int? { bytes(order.map { 1 << $0 }) }

  /// Free low memory above the lowest watermarks, for the kernel's own requests.
  package var aboveMinimumOfLow: Int? { bytes(zones?.ofKernel.sum(\.pagesForKernel)) }

  /// Free high memory above the lowest watermarks, for the requests of programs.
  package var aboveMinimumOfHigh: Int? { bytes(zones?.notOfKernel.sum(\.pagesForPrograms)) }

  /// Free memory of all zones above the lowest watermarks, for the requests of programs.
  var aboveMinimum: Int? { bytes(zones?.sum(\.pagesForPrograms)) }

  /// A file that was read.
  func source(_ name: String) -> String { "\(folder)/\(name)" }

  /// True where a part of memory is out of the kernel's own reach (CONFIG_HIGHMEM): older kernels
  /// print the lines on any machine.
  package var hasHighMemory: Bool { (self[.highTotal] ?? 0) > 0 && wordSize != .bits64 }

  /// True where the commit limit holds.
  package var isCommitEnforced: Bool? { overcommit.map { $0 == .never } }
}
