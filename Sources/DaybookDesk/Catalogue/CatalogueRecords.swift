import DaybookBytes
package import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

/// What tells one line of the price lists from the others.
package struct PriceKey: Hashable, Sendable {
  private var isItem = false
  private var number: UInt64 = 0
  private var payer: UInt64 = 0
  private var clinic: UInt64 = 0

  /// What is sold, whose list it stands in, and where; no clinic is the whole book.
  package init(_ priced: Priced, payer: PartyID?, clinic: ClinicID) {
    switch priced {
    case .service(let service): number = service.number
    case .item(let item):
      isItem = true
      number = item.number
    }
    self.payer = payer?.number ?? 0
    self.clinic = clinic.number
  }

  private init() {}
}

/// What tells the rule of one event from those of others.
struct RuleKey: Hashable {
  var eventType = ""
  var variant = ""
}

// How checkpoints keep what the Desk knows of the catalogue.

extension PriceKey: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    if a.isItem != b.isItem { return b.isItem }
    return (a.number, a.payer, a.clinic) < (b.number, b.payer, b.clinic)
  }
}

extension PriceKey: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&isItem)
    try fields.visit(&number)
    try fields.visit(&payer)
    try fields.visit(&clinic)
  }
}

extension RuleKey: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    (a.eventType, a.variant) < (b.eventType, b.variant)
  }
}

extension RuleKey: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&eventType)
    try fields.visit(&variant)
  }
}

extension AccountRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&code)
    try fields.visit(&type)
    try fields.visit(&isUsed)
    try fields.visit(&standsFor)
  }
}

extension PriceVersion: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&unitPrice)
    try fields.visit(&allowance)
  }
}

extension TaxVersion: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&rate)
    try fields.visit(&taxClass)
    try fields.visit(&deductible)
  }
}

extension TaxCodeRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&code)
    try fields.visit(&versions)
  }
}

extension ResourceRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&clinic)
    try fields.visit(&type)
    try fields.visit(&serial)
    try fields.visit(&openHours)
    try fields.visit(&retired)
  }
}
