#if Tool
  import Daybook

  extension RecordDraft {
    /// Amend-patient: what is not said stays as it was, since the event tells everything anew.
    mutating func keepIdentity() throws {
      guard let terms, let name = text("patient") else { return }
      let patient = try RecordSession.usage("patient") { () throws(EntryError) in
        PatientID(try terms.number(name, of: PatientKind.self, field: "patient"))
      }
      guard let known = try session.identity(of: patient) else { return }
      keep(known.person.givenName, at: "person.givenName")
      keep(known.person.familyName, at: "person.familyName")
      keep(known.person.phone, at: "person.phone")
      keep(known.person.email, at: "person.email")
      keep(known.person.address, at: "person.address")
      keep(known.person.note, at: "person.note")
      // The year alone may be known; where the day is said, the year follows from it.
      if text("person.birthDate") == nil {
        if let day = known.person.birthDate {
          keep("\(day)", at: "person.birthDate")
        } else if let year = known.birthYear {
          keep("\(year)", at: "birthYear")
        }
      }
      if known.sex != .unspecified { keep("\(known.sex)", at: "sex") }
    }
  }

  extension RecordSession {
    /// What the book's latest event about a patient says; nil where it knows none.
    func identity(of patient: PatientID) throws -> PatientAmended? {
      guard let entry = register.entry(patient.stream, knownAt: Position(.max)) else { return nil }
      return try event(at: entry.position) { event in
        if event.header.tag == FrontOfficeTag.patientAmended.rawValue {
          return try event.payload(PatientAmended.self)
        }
        let registered = try event.payload(PatientRegistered.self)
        return PatientAmended.with {
          $0.patient = patient
          $0.person = registered.person
          $0.birthYear = registered.birthYear
          $0.sex = registered.sex
        }
      }
    }
  }
#endif
