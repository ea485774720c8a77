public import DaybookEvents

// How checkpoints keep what events say of people.

extension ContractType: StoredValue {
  /// Not said.
  public static var blank: ContractType { .unspecified }
}

extension PayBasis: StoredValue {
  /// No pay by time.
  public static var blank: PayBasis { .unspecified }
}

extension CredentialType: StoredValue {
  /// Not said.
  public static var blank: CredentialType { .unspecified }
}

extension AbsenceType: StoredValue {
  /// Not said.
  public static var blank: AbsenceType { .unspecified }
}

extension AbsenceOutcome: StoredValue {
  /// Not said.
  public static var blank: AbsenceOutcome { .unspecified }
}

extension CommissionBasis: StoredValue {
  /// Not said.
  public static var blank: CommissionBasis { .unspecified }
}

extension EncounterLine: StoredRecord {
  /// No line.
  public static var blank: EncounterLine { EncounterLine() }

  /// Visits encounter and line.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&encounter)
    try fields.visit(&line)
  }
}
