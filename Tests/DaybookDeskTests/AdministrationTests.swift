import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

@Suite struct `Defining a clinic` {
  private func changed(_ change: (inout DefineClinic) -> Void) -> DefineClinic {
    .with {
      $0 = Clinic.defineClinic
      change(&$0)
    }
  }

  @Test func `makes the next clinic with its own stream`() {
    let spec = Clinic.empty.when(Clinic.defineClinic)
    spec.then(
      ClinicDefined.with {
        $0.clinic = ClinicID(1)
        $0.name = "North"
        $0.timeZone = "UTC"
        $0.transitions = [ZoneTransition()]
        $0.currency = .usd
        $0.fiscalYearStartMonth = 1
      })
    #expect(spec.events.first?.stream == ClinicID(1).stream)
    #expect(spec.events.first?.expected == .noStream)
  }

  @Test func `the header names the envelope's clinic, as its reference does`() {
    #expect(Clinic.empty.when(Clinic.defineClinic).events.first?.clinic == 0)
  }

  @Test func `names everything that is missing at once`() {
    Clinic.empty.when(DefineClinic())
      .thenRefused(.fieldRequired, .fieldRequired, .fieldRequired, .outOfRange, .fieldRequired)
  }

  @Test(arguments: [0, 13] as [UInt32]) func `refuses a month that no year has`(_ month: UInt32) {
    Clinic.empty.when(changed { $0.fiscalYearStartMonth = month }).thenRefused(.outOfRange)
  }

  @Test func `refuses a share beyond the whole`() {
    Clinic.empty.when(changed { $0.proRata = Rate(basisPoints: 10_001) }).thenRefused(.outOfRange)
    Clinic.empty.when(changed { $0.proRata = Rate(basisPoints: -1) }).thenRefused(.outOfRange)
    Clinic.empty.when(changed { $0.proRata = .whole }).thenEvents(ClinicDefined.self)
  }

  @Test func `takes the zone's offsets in order of time`() {
    let first = ZoneTransition(offset: .utc)
    let early = ZoneTransition(at: Instant(milliseconds: 1000), offset: .utc)
    let late = ZoneTransition(at: Instant(milliseconds: 2000), offset: .utc)
    Clinic.empty.when(changed { $0.transitions = [first, early, late] })
      .thenEvents(ClinicDefined.self)
    let wrongOnes: [Few<ZoneTransition>] = [
      [early], [first, late, early], [first, early, early], [first, first],
      [ZoneTransition(offset: UTCOffset(seconds: 86_400))],
    ]
    for wrong in wrongOnes {
      Clinic.empty.when(changed { $0.transitions = wrong })
        .thenRefused(AdministrationRefusal.transitionsNotOrdered)
    }
  }

  @Test func `a limit is in the clinic's currency and not below zero`() {
    Clinic.empty.when(changed { $0.limits.refund = Amount(minorUnits: 5, .usd) })
      .then(
        ClinicDefined.with {
          $0.clinic = ClinicID(1)
          $0.name = "North"
          $0.timeZone = "UTC"
          $0.transitions = [ZoneTransition()]
          $0.currency = .usd
          $0.fiscalYearStartMonth = 1
          $0.limits.refund = cents(5)
        })
    Clinic.empty.when(changed { $0.limits.payment = Amount(minorUnits: 5, .eur) })
      .thenRefused(.currencyMismatch)
    Clinic.empty.when(changed { $0.limits.writeOff = cents(-1) }).thenRefused(.amountNegative)
    Clinic.empty.when(changed { $0.limits.writeOff = cents(0) }).thenEvents(ClinicDefined.self)
  }

  @Test func `again makes a new version of the same stream`() {
    let again = changed {
      $0.clinic = ClinicID(1)
      $0.name = "North by West"
    }
    let spec = Clinic.staffed.when(again)
    spec.thenEvents(ClinicDefined.self)
    #expect(spec.events.first?.stream == ClinicID(1).stream)
    #expect(spec.state.administration.clinics.count == 1)
  }

  @Test func `currency and zone are fixed once anything is posted`() {
    let again = changed {
      $0.clinic = ClinicID(1)
      $0.currency = .eur
      $0.timeZone = "Europe/Madrid"
    }
    Clinic.open.when(again).thenEvents(ClinicDefined.self)
    Clinic.charged(100).by(.staff(1), .admin).when(again)
      .thenRefused(.invalidState, .invalidState)
    Clinic.charged(100).by(.staff(1), .admin)
      .when(changed { $0.clinic = ClinicID(1) }).thenEvents(ClinicDefined.self)
    let received = ReceiveGoods.with {
      $0.opening = true
      $0.lines = [
        .with {
          $0.item = Clinic.gloves
          $0.quantity = .one
        }
      ]
    }
    Clinic.open.by(.staff(3), .buyer).given(received).by(.staff(1), .admin).when(again)
      .thenRefused(.invalidState, .invalidState)
  }

  @Test func `a posting elsewhere fixes nothing here`() {
    Clinic.charged(100).by(.staff(1), .admin).given(Clinic.defineClinic)
      .when(
        changed {
          $0.clinic = ClinicID(2)
          $0.currency = .eur
        }
      )
      .thenEvents(ClinicDefined.self)
  }

  @Test func `a clinic that does not exist cannot be changed`() {
    Clinic.staffed.when(changed { $0.clinic = ClinicID(9) })
      .thenRefused(DeskRefusal.unknown(kind: "clinic", name: "L9"), field: "clinic")
  }
}

@Suite struct `Roles` {
  @Test func `stand in ascending order on the stream of the pair`() {
    let spec = Clinic.staffed.when(Clinic.roles(Clinic.doctor, [.buyer, .admin, .reception]))
    spec.then(
      RolesSet.with {
        $0.staff = Clinic.doctor
        $0.clinic = Clinic.id
        $0.roles = [.admin, .reception, .buyer]
      })
    #expect(spec.events.first?.stream == StaffRoleID(2).stream)
  }

  @Test(arguments: [ClinicRole.unspecified, .import, .system])
  func `that are not for staff are refused`(_ role: ClinicRole) {
    Clinic.staffed.when(Clinic.roles(Clinic.doctor, [role]))
      .thenRefused(AdministrationRefusal.notForStaff(role))
  }

  @Test func `the last admin cannot lose theirs`() {
    Clinic.staffed.when(Clinic.roles(Clinic.admin, [.reception]))
      .thenRefused(AdministrationRefusal.lastAdmin(Clinic.admin))
    Clinic.staffed.given(Clinic.roles(Clinic.doctor, [.admin]))
      .when(Clinic.roles(Clinic.admin, [])).thenEvents(RolesSet.self)
  }

  @Test func `need staff and clinic that exist`() {
    let nobody = SetRoles.with {
      $0.staff = StaffID(9)
      $0.clinic = ClinicID(9)
    }
    Clinic.staffed.when(nobody).thenRefused(.unknownReference, .unknownReference)
  }
}

@Suite struct `Hiring` {
  @Test func `gives a new human being the next number`() {
    let spec = Clinic.staffed.when(Clinic.hire("Eve"))
    spec.then(
      StaffHired.with {
        $0.staff = StaffID(5)
        $0.person.person = 5
        $0.person.name = "Eve"
        $0.clinics = [Clinic.id]
        $0.contract = .employee
        $0.start = Clinic.day("2020-01-01")
      })
    #expect(spec.state.lastPerson == 5)
  }

  @Test func `knows a human being who is in the book already`() throws {
    var known = Clinic.hire("Young")
    known.person.person = 5
    let hired = try #require(try Clinic.open.when(known).events.first?.decoded(as: StaffHired.self))
    #expect(hired.person.person == 5)
    known.person.person = 8
    Clinic.open.when(known).thenRefused(DeskRefusal.unknown(kind: "person", name: "H8"))
  }

  @Test func `may begin in the future`() {
    var later = Clinic.hire("Eve")
    later.start = Clinic.day("2027-01-01")
    Clinic.staffed.when(later).thenEvents(StaffHired.self)
  }

  @Test func `names everything that is wrong at once`() {
    let wrong = HireStaff.with {
      $0.person.sealed = [1]
      $0.payRate = UnitPrice(tenThousandths: -1)
      $0.leaveDays = Quantity(thousandths: -1)
      $0.start = Day(daysSince1970: .max)
    }
    Clinic.staffed.when(wrong).thenRefused(
      .fieldRequired, .outOfRange, .fieldRequired, .fieldRequired, .outOfRange, .outOfRange,
      .outOfRange)
  }

  @Test func `needs clinics that exist, each once`() {
    var wrong = Clinic.hire("Eve")
    wrong.clinics = [Clinic.id, Clinic.id, ClinicID(4)]
    Clinic.staffed.when(wrong).thenRefused(.unknownReference, .invalidState)
  }
}

@Suite struct `Registering a party` {
  @Test func `takes an organisation`() {
    Clinic.staffed.when(Clinic.party("Insurer", .payer)).then(
      PartyRegistered.with {
        $0.party = PartyID(1)
        $0.type = .payer
        $0.name = "Insurer"
      })
  }

  @Test func `takes a person, whose name stands in the person alone`() {
    var party = RegisterParty.with {
      $0.type = .other
      $0.person = .with { $0.name = "Guy" }
    }
    Clinic.staffed.when(party).then(
      PartyRegistered.with {
        $0.party = PartyID(1)
        $0.type = .other
        $0.person = .with {
          $0.person = 5
          $0.name = "Guy"
        }
      })
    party.name = "Guy"
    Clinic.staffed.when(party).thenRefused(AdministrationRefusal.twoNames)
    party.name = ""
    party.person = PartyPerson()
    Clinic.staffed.when(party).thenRefused(.fieldRequired)
  }

  @Test func `needs type and name`() {
    Clinic.staffed.when(RegisterParty.with { $0.name = " \n" })
      .thenRefused(.fieldRequired, .fieldRequired)
  }

  @Test func `a tax number is unique among parties of one type, white space apart`() {
    var party = Clinic.party("Insurer", .payer)
    party.taxID = " B123 "
    let spec = Clinic.staffed.given(party)
    party.taxID = "B123"
    spec.when(party).thenRefused(AdministrationRefusal.taxIDTaken(PartyID(1)))
    party.type = .supplier
    spec.when(party).thenEvents(PartyRegistered.self)
    party.taxID = ""
    party.type = .payer
    spec.given(party).when(party).thenEvents(PartyRegistered.self)
  }
}

@Suite struct `Defining a service` {
  @Test func `keeps code, name, time and recipe`() {
    var service = Clinic.service("Dressing", [RecipeLine(Clinic.gloves, .one)])
    service.code = " D1 "
    Clinic.open.when(service).then(
      ServiceDefined.with {
        $0.service = ServiceID(3)
        $0.code = "D1"
        $0.name = "Dressing"
        $0.type = .treatment
        $0.durationSeconds = 1800
        $0.active = true
        $0.recipe = [RecipeLine(Clinic.gloves, .one)]
      })
  }

  @Test func `needs name and type`() {
    Clinic.open.when(DefineService()).thenRefused(.fieldRequired, .fieldRequired)
  }

  @Test func `a recipe names items that exist, each once, and how much`() {
    let wrong = Clinic.service(
      "Dressing",
      [
        RecipeLine(ItemID(9), .one), RecipeLine(Clinic.gloves, .zero),
        RecipeLine(Clinic.gloves, .one),
      ])
    Clinic.open.when(wrong).thenRefused(.unknownReference, .outOfRange, .invalidState)
  }

  @Test func `a new version holds from its time on`() {
    var closed = Clinic.service("Implanting")
    closed.service = Clinic.implanting
    closed.active = false
    let ten = Clinic.moment("2026-03-02T10:00:00Z")
    let spec = Clinic.seen().at(ten).by(.staff(1), .admin).given(closed).by(
      .staff(2), .practitioner)
    spec.at(Clinic.nine, recorded: ten.instant).when(Clinic.treat(100))
      .thenEvents(TreatmentPerformed.self, ChargePosted.self)
    spec.when(Clinic.treat(100))
      .thenRefused(AdministrationRefusal.serviceInactive(Clinic.implanting))
  }

  @Test func `a service that does not exist cannot be changed`() {
    var wrong = Clinic.service("Dressing")
    wrong.service = ServiceID(9)
    Clinic.open.when(wrong).thenRefused(DeskRefusal.unknown(kind: "service", name: "X9"))
  }
}
