public import DaybookEvents

// How checkpoints keep what the catalogue's events say.

extension LedgerAccountType: StoredValue {
  /// Not said.
  public static var blank: LedgerAccountType { .unspecified }
}

extension TaxClass: StoredValue {
  /// Not said.
  public static var blank: TaxClass { .unspecified }
}

extension TaxRounding: StoredValue {
  /// Not said.
  public static var blank: TaxRounding { .unspecified }
}

extension BadDebtTax: StoredValue {
  /// Not said.
  public static var blank: BadDebtTax { .unspecified }
}

extension ResourceType: StoredValue {
  /// Not said.
  public static var blank: ResourceType { .unspecified }
}

extension DayOfWeek: StoredValue {
  /// Not said.
  public static var blank: DayOfWeek { .unspecified }
}

extension OpenHours: StoredRecord {
  /// Never.
  public static var blank: OpenHours { OpenHours() }

  /// Visits the day and both ends.
  public mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure) {
    try fields.visit(&day)
    try fields.visit(&fromSecond)
    try fields.visit(&toSecond)
  }
}
