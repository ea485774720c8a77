package import DaybookBytes
package import DaybookEvents
package import DaybookValues

/// Which events have been reversed.
package struct CorrectionState: Sendable {
  private var positions = PositionSet()

  /// Whether the event at `position` has been reversed.
  package func isReversed(_ position: Position) -> Bool { positions.contains(position) }

  /// Notes that the event at `position` is reversed by the one at `by`.
  ///
  /// - Throws: `.outOfRange` where it is not an earlier one, or was reversed before.
  mutating func reverse(_ position: Position, by later: Position) throws(WireError) {
    guard position > .start, position < later, positions.insert(position) else {
      throw WireError(.outOfRange, at: 0, field: "of")
    }
  }
}

extension CorrectionState: Checkpointed {
  package mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("positions", &positions)
  }
}
