import DaybookEvents
import DaybookValues

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
