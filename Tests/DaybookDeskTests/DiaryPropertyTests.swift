import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `The diary` {
  private struct Held {
    var practitioner: UInt64
    var patient: UInt64
    var start: Int64
    var end: Int64
  }

  /// Bookings, moves and cancellations in random order, against a list of all that is held.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `accepts what a brute-force search finds free`(_ seed: UInt64) {
    var random = Seeded(seed)
    var spec = Diary.desk
    var held: [UInt64: Held] = [:]
    var count: UInt64 = 0
    let nine = Clinic.nine.instant.milliseconds
    for step in 0..<250 {
      let start = nine + Int64.random(in: 0...60, using: &random) * 600_000
      let length = Int64.random(in: 1...6, using: &random) * 600_000
      let new = Held(
        practitioner: UInt64.random(in: 1...2, using: &random),
        patient: UInt64.random(in: 1...2, using: &random), start: start, end: start + length)
      let existing = held.keys.sorted().randomElement(using: &random)
      let free = { (held: [UInt64: Held], new: Held, except: UInt64?) in
        !held.contains { key, other in
          key != except && other.start < new.end && new.start < other.end
            && (other.practitioner == new.practitioner || other.patient == new.patient)
        }
      }
      switch (Int.random(in: 0...9, using: &random), existing) {
      case (0...1, let key?):
        spec = spec.when(
          Diary.cancel.with { $0.appointment = AppointmentID(key) })
        #expect(!spec.events.isEmpty, "seed \(seed), step \(step)")
        held[key] = nil
      case (2...4, let key?):
        var new = new
        new.patient = held[key]?.patient ?? 0
        spec = spec.when(
          MoveAppointment.with {
            $0.appointment = AppointmentID(key)
            $0.practitioner = StaffID(new.practitioner)
            $0.start = Instant(milliseconds: new.start)
            $0.durationSeconds = UInt32(length / 1000)
          })
        #expect(spec.events.isEmpty != free(held, new, key), "seed \(seed), step \(step)")
        if !spec.events.isEmpty { held[key] = new }
      default:
        spec = spec.when(
          BookAppointment.with {
            $0.patient = PatientID(new.patient)
            $0.practitioner = StaffID(new.practitioner)
            $0.start = Instant(milliseconds: new.start)
            $0.durationSeconds = UInt32(length / 1000)
          })
        #expect(spec.events.isEmpty != free(held, new, nil), "seed \(seed), step \(step)")
        if !spec.events.isEmpty {
          count += 1
          held[count] = new
        }
      }
    }
    #expect(count > 20 && held.count > 5, "seed \(seed)")
  }
}
