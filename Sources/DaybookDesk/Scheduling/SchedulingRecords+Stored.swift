import DaybookClinicEvents
package import DaybookEvents
import DaybookValues

// How checkpoints keep what the Desk knows of appointments.

extension AppointmentStatus: StoredValue {
  package static var blank: AppointmentStatus { .booked }
}

extension AppointmentNodes: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&resource)
  }
}

extension AppointmentRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&practitioner)
    try fields.visit(&clinic)
    try fields.visit(&resource)
    try fields.visit(&services)
    try fields.visit(&start)
    try fields.visit(&durationSeconds)
    try fields.visit(&status)
    try fields.visit(&visit)
    try fields.visit(&nodes)
  }
}

extension RequestRecord: StoredRecord {
  package static var blank: Self { Self() }

  package mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure)
  {
    try fields.visit(&patient)
    try fields.visit(&clinic)
    try fields.visit(&isOpen)
  }
}

extension BusyInterval: StoredRecord {
  static var blank: Self { Self() }

  mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
    try fields.visit(&start)
    try fields.visit(&seconds)
    try fields.visit(&appointment)
  }
}
