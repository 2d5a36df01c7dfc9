import KillPrediction
import ProcFS

/// The result of one look at the machine.
struct Sample: Sendable {
  /// Seconds since 1970.
  var time = 0
  var memory = MemoryLevels()
  var trends = Trends()
  /// The first victims in their order; with `isWhole` all processes but the kernel's own threads, in
  /// ascending order of their numbers.
  var processRows: [ProcessRow] = []
  var isWhole = false
  /// The consequence of a shortage of the whole machine; `nil` where the kernel's version is
  /// unknown.
  var policy: Policy?
  /// The first victim, and who follows.
  var first: ProcessRow?
  var second: ProcessRow?
  /// The lead of the first over the second, in bytes; `nil` where badness isn't measured in them.
  var lead: Int?
  /// The number of processes that the kernel can choose from.
  var candidateCount = 0
  /// True where all processes could be seen.
  var isComplete = true
  /// Requested values that match no process, in the user's words.
  var unmatched: [String] = []
  /// Memory cgroups, where they were asked for.
  var groups: [GroupState] = []
  /// Kills since the sample before.
  var kills: [SeenKill] = []

  /// Requested values that match no process so far, in sentences.
  var absences: [String] { unmatched.map { "no process matches \($0) so far" } }
}

/// A request for the contents of a look.
struct SampleRequest: Sendable, Equatable {
  /// The number of first victims.
  var count: Int
  /// True where all processes are of interest.
  var isWhole = false
  /// True where the memory cgroups of processes are.
  var needsCgroups = false
  /// True where the groups' own limits are.
  var needsGroups = false
}

/// A memory cgroup: what it uses and may.
struct GroupState: Sendable, Equatable {
  var path: String
  var used: Int?
  var limit: Int?
}
