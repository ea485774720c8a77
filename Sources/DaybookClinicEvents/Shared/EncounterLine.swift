public import DaybookBytes
public import DaybookEvents
public import DaybookValues

/// A line of an encounter: one treatment performed, or the encounter as a whole.
public struct EncounterLine: Payload, Hashable {
  /// The encounter.
  public var encounter = EncounterID()
  /// The treatment's line, from 1; 0 means the encounter as a whole.
  public var line: UInt32 = 0

  /// No line: to be filled in.
  public init() {}

  /// Line `line` of `encounter`; without a line, the encounter as a whole.
  public init(_ encounter: EncounterID, line: UInt32 = 0) {
    self.encounter = encounter
    self.line = line
  }

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "encounter", &encounter)
    try fields.visit(2, "line", &line)
  }
}
