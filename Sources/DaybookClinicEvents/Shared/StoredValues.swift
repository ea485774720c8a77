public import DaybookBytes
public import DaybookEvents
import DaybookValues

// How checkpoints keep the values that events share.

extension CoveragePriority: StoredValue {
  /// Not said.
  public static var blank: CoveragePriority { .unspecified }
}

extension PartyType: StoredValue {
  /// Not said.
  public static var blank: PartyType { .unspecified }
}

extension ServiceType: StoredValue {
  /// Not said.
  public static var blank: ServiceType { .unspecified }
}

extension ClinicRole: StoredValue {
  /// No role.
  public static var blank: ClinicRole { .unspecified }
}

extension Party: StoredValue {
  /// Somebody who is not registered.
  public static var blank: Party { .walkIn }

  /// Reads which of them, and its number.
  public init(reading reader: inout ByteReader) throws(WireError) {
    let kind = try reader.readByte()
    switch kind {
    case 0: self = .walkIn
    case 1: self = .patient(try PatientID(reading: &reader))
    case 2: self = .payer(try PartyID(reading: &reader))
    case 3: self = .other(try PartyID(reading: &reader))
    default: throw WireError(.unknownCase(UInt64(kind)), at: reader.offset - 1, field: "party")
    }
  }

  /// Appends which of them, and its number.
  public func store(to writer: inout ByteWriter) {
    switch self {
    case .walkIn: writer.append(0)
    case .patient(let patient):
      writer.append(1)
      patient.store(to: &writer)
    case .payer(let payer):
      writer.append(2)
      payer.store(to: &writer)
    case .other(let other):
      writer.append(3)
      other.store(to: &writer)
    }
  }
}

extension Debtor: StoredValue {
  /// No patient.
  public static var blank: Debtor { Debtor() }

  /// Reads the priority, 0 for a patient, and the number.
  public init(reading reader: inout ByteReader) throws(WireError) {
    let priority = try reader.readByte()
    guard let rank = CoveragePriority(rawValue: UInt32(priority)) else {
      throw WireError(.unknownCase(UInt64(priority)), at: reader.offset - 1, field: "debtor")
    }
    self =
      rank == .unspecified
      ? .patient(try PatientID(reading: &reader)) : .payer(try PartyID(reading: &reader), rank)
  }

  /// Appends the priority, 0 for a patient, and the number.
  public func store(to writer: inout ByteWriter) {
    switch self {
    case .patient(let patient):
      writer.append(0)
      patient.store(to: &writer)
    case .payer(let payer, let priority):
      writer.append(UInt8(truncatingIfNeeded: priority.rawValue))
      payer.store(to: &writer)
    }
  }
}

extension Copay: StoredValue {
  /// No share.
  public static var blank: Copay { Copay() }

  /// Reads which of them, and how much.
  public init(reading reader: inout ByteReader) throws(WireError) {
    self =
      try Bool(reading: &reader)
      ? .fixed(try Amount(reading: &reader)) : .share(try Rate(reading: &reader))
  }

  /// Appends which of them, and how much.
  public func store(to writer: inout ByteWriter) {
    switch self {
    case .fixed(let amount):
      true.store(to: &writer)
      amount.store(to: &writer)
    case .share(let rate):
      false.store(to: &writer)
      rate.store(to: &writer)
    }
  }
}

extension ZoneTransition: StoredRecord {
  /// UTC, always.
  public static var blank: ZoneTransition { ZoneTransition() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&at)
    try fields.visit(&offset)
  }
}

extension ClinicLimits: StoredRecord {
  /// No limits.
  public static var blank: ClinicLimits { ClinicLimits() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&refund)
    try fields.visit(&writeOff)
    try fields.visit(&discount)
    try fields.visit(&reversal)
    try fields.visit(&payment)
  }
}

extension RecipeLine: StoredRecord {
  /// Nothing.
  public static var blank: RecipeLine { RecipeLine() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&item)
    try fields.visit(&quantity)
  }
}

extension Counterparty: StoredValue {
  /// No patient.
  public static var blank: Counterparty { Counterparty() }

  /// Reads which of them, and its number.
  public init(reading reader: inout ByteReader) throws(WireError) {
    let kind = try reader.readByte()
    switch kind {
    case 1: self = .patient(try PatientID(reading: &reader))
    case 2: self = .party(try PartyID(reading: &reader))
    case 3: self = .staff(try StaffID(reading: &reader))
    default:
      throw WireError(.unknownCase(UInt64(kind)), at: reader.offset - 1, field: "counterparty")
    }
  }

  /// Appends which of them, and its number.
  public func store(to writer: inout ByteWriter) {
    switch self {
    case .patient(let patient):
      writer.append(1)
      patient.store(to: &writer)
    case .party(let party):
      writer.append(2)
      party.store(to: &writer)
    case .staff(let staff):
      writer.append(3)
      staff.store(to: &writer)
    }
  }
}

extension IssuePurpose: StoredValue {
  /// Not said.
  public static var blank: IssuePurpose { .unspecified }
}

extension LotStatus: StoredValue {
  /// Not said.
  public static var blank: LotStatus { .unspecified }
}

extension Pack: StoredRecord {
  /// No pack.
  public static var blank: Pack { Pack() }

  /// Unit and factor.
  public mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure) {
    try fields.visit(&unit)
    try fields.visit(&factor)
  }
}

extension SoldLine: StoredRecord {
  /// No line.
  public static var blank: SoldLine { SoldLine() }

  /// Sale and line.
  public mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure) {
    try fields.visit(&sale)
    try fields.visit(&line)
  }
}

extension MethodType: StoredValue {
  /// Not said.
  public static var blank: MethodType { .unspecified }
}

extension Address: StoredRecord {
  /// No address.
  public static var blank: Address { Address() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure) {
    try fields.visit(&street)
    try fields.visit(&city)
    try fields.visit(&region)
    try fields.visit(&postalCode)
    try fields.visit(&country)
  }
}

extension InvoiceIssuer: StoredRecord {
  /// Nobody.
  public static var blank: InvoiceIssuer { InvoiceIssuer() }

  /// Visits every field.
  public mutating func describe<V: StoredVisitor & ~Copyable>(
    _ fields: inout V
  ) throws(V.Failure) {
    try fields.visit(&legalName)
    try fields.visit(&taxID)
    try fields.visit(&address)
  }
}
