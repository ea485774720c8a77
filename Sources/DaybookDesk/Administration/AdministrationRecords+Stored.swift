package import DaybookBytes
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of clinics, staff, parties and services.

extension ClinicRecord: StoredValue {
  package static var blank: Self {
    Self(
      timeZone: .blank, transitions: .blank, currency: .blank, limits: .blank, hasPostings: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    timeZone = try String(reading: &reader)
    transitions = try Few<ZoneTransition>(reading: &reader)
    currency = try Currency(reading: &reader)
    limits = try ClinicLimits(reading: &reader)
    hasPostings = try Bool(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    timeZone.store(to: &writer)
    transitions.store(to: &writer)
    currency.store(to: &writer)
    limits.store(to: &writer)
    hasPostings.store(to: &writer)
  }
}

extension StaffRecord: StoredValue {
  package static var blank: Self {
    Self(clinics: .blank, start: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    clinics = try Few<ClinicID>(reading: &reader)
    start = try Day(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    clinics.store(to: &writer)
    start.store(to: &writer)
  }
}

extension PartyRecord: StoredValue {
  package static var blank: Self {
    Self(type: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    type = try PartyType(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    type.store(to: &writer)
  }
}

extension ServiceRecord: StoredValue {
  package static var blank: Self {
    Self(active: .blank, durationSeconds: .blank, recipe: .blank)
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    active = try Bool(reading: &reader)
    durationSeconds = try UInt32(reading: &reader)
    recipe = try Few<RecipeLine>(reading: &reader)
  }

  package func store(to writer: inout ByteWriter) {
    active.store(to: &writer)
    durationSeconds.store(to: &writer)
    recipe.store(to: &writer)
  }
}
