public import DaybookEngine
import DaybookEvents
public import DaybookValues

/// What treatments earned and cost, and the position at which that stands.
public struct EarningsView: Sendable {
  /// The model.
  public let model: EarningsModel
  /// The position of the last event of the log that it has seen.
  public let asOf: Position

  /// The model as it stands.
  public init(_ model: EarningsModel, asOf: Position? = nil) {
    self.model = model
    self.asOf = asOf ?? model.asOf
  }

  /// What an archive or a back office hands out.
  public init(_ snapshot: Snapshot<EarningsModel>) {
    self.init(snapshot.model, asOf: snapshot.asOf)
  }
}

extension Scope {
  /// Calls `body` with the rows known at S with effect up to D at the clinics in question.
  func forEach<Row: EarningRow>(_ rows: History<Row>, _ body: (Row) throws -> Void) rethrows {
    try rows.forEachSlice(rows.count(through: position)) { slice in
      for row in slice where row.occasion.day <= through && includes(row.occasion) {
        try body(row)
      }
    }
  }

  /// The currency of the clinic at which something happened.
  func currency(_ occasion: RowOccasion) -> Currency {
    model.slots.find(occasion.clinic).map { currency($0) } ?? .unspecified
  }

  private func includes(_ occasion: RowOccasion) -> Bool {
    query.clinic.map { $0 == occasion.clinic } ?? true
  }
}
