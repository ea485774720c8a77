import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// A day of a clinic.
extension BusinessLife {
  /// Puts on the agenda what belongs to the day, as soon as the day has begun.
  mutating func planClinicDay(_ state: DeskState) {
    let isSaturday = day.weekday == .saturday
    let closes = isSaturday ? LifeCalendar.at(13, 40) : LifeCalendar.at(18, 40)
    planTimes()
    planAbsences()
    planTill(opensAt: LifeCalendar.at(8, 45), closesAt: closes)
    planShelves()
    planPurchasing()
    planBank()
    planPayroll()
    planMonthEnd()
    planClaims()
    plan(at: LifeCalendar.at(8, 50)) { life, state in
      life.planVisits(state)
      return []
    }
    planPhone(until: closes - 2400)
    if day.weekday == .thursday {
      let monday = day.advanced(by: 11)
      plan(at: LifeCalendar.at(17, 5)) { life, _ in life.shifts(monday) }
    }
    if !isSaturday {
      plan(at: LifeCalendar.at(13, 30)) { life, _ in life.sterilise(isAgain: false) }
    }
    if day.weekday == .friday {
      plan(at: LifeCalendar.at(17, 20)) { life, _ in life.noteCleaners() }
    }
    planSeldom()
    planBranch()
  }

  /// Patients call all day: new ones, those who move or cancel, those who ask for a time.
  private mutating func planPhone(until last: Int) {
    let first = LifeCalendar.at(9, 5)
    for _ in 0..<(workdays < 30 ? dice.from(4...7) : dice.from(2...4)) {
      plan(at: dice.from(first...last)) { life, _ in life.welcome() }
    }
    for _ in 0..<dice.from(1...3) {
      plan(at: dice.from(first...last)) { life, state in life.recall(state) }
    }
    if dice.chance(70) {
      plan(at: dice.from(first...last)) { life, state in life.moveOne(state) }
    }
    if dice.chance(55) {
      plan(at: dice.from(first...last)) { life, state in life.cancelOne(state) }
    }
    if isTurn(5, 20) {
      plan(at: dice.from(first...last)) { life, state in life.askForTime(state) }
    }
    if isTurn(3, 21) {
      plan(at: dice.from(first...(last - 3600))) { life, state in life.walkIn(state) }
    }
  }

  /// Somebody new calls, and is booked at once.
  private mutating func welcome() -> [Deed] {
    let name = newName()
    let payer = dice.chance(55) ? dice.below(practice.payers.count) : nil
    let habit: Persona.Habit =
      switch dice.below(100) {
      case ..<30: .cash
      case ..<72: .card
      case ..<86: .transfer
      case ..<95: .cheque
      default: .never
      }
    let birth = day.advanced(by: -dice.from(4_000...29_000))
    let phone = "96\(dice.from(1_000_000...9_999_999))"
    let register = RegisterPatient.with {
      $0.person.givenName = name.given
      $0.person.familyName = name.family
      $0.person.birthDate = birth
      $0.person.phone = phone
      $0.sex = dice.chance(52) ? .female : .male
    }
    let said = "\(name.given) \(name.family)"
    return [
      Deed(hand(.reception), .reception, register, "registers \(said)") { life, state in
        let index = life.practice.personas.count
        life.practice.personas.append(Persona(name: said, payer: payer, habit: habit))
        if payer != nil { life.plan(after: 40) { life, _ in life.cover(index) } }
        life.plan(after: 90) { life, state in
          life.book(index, life.firstOffer(), .phone, within: 12, state)
        }
      }
    ]
  }

  private mutating func firstOffer() -> Int {
    dice.chance(60) ? Self.consultation : dice.chance(80) ? Self.cleaning : Self.whitening
  }

  private mutating func cover(_ persona: Int) -> [Deed] {
    guard let payer = practice.personas[persona].payer else { return [] }
    let from = day
    let number = dice.from(100_000...999_999)
    let set = SetCoverage.with {
      $0.patient = Self.patient(persona)
      $0.payer = practice.payers[payer]
      $0.priority = .primary
      $0.from = from
      $0.copay = payer == 0 ? .share(Rate(basisPoints: 2_000)) : .fixed(Self.amount(1_000))
      $0.policy = "P\(number)"
    }
    let share = payer == 0 ? "20 % of each charge" : "10.00 of each charge"
    return [
      Deed(
        hand(.reception), .reception, set,
        "notes the insurance of \(practice.personas[persona].name): they pay \(share)")
    ]
  }

  // MARK: - What happens seldom

  private mutating func planSeldom() {
    if isTurn(12, 22) {
      plan(at: LifeCalendar.at(12, 5)) { life, state in life.amendOne(state) }
    }
    if isTurn(26, 23) {
      plan(at: LifeCalendar.at(16, 45)) { life, state in life.mergeDouble(state) }
    }
    if isTurn(21, 24) {
      plan(at: LifeCalendar.at(13, 5)) { life, state in life.serviceSteriliser(state) }
    }
    if isTurn(33, 25) {
      plan(at: LifeCalendar.at(16, 10)) { life, state in life.lampBreaks(state) }
    }
    if isTurn(14, 26) {
      plan(at: LifeCalendar.at(12, 15)) { life, state in life.rectifyOne(state) }
    }
    if isTurn(16, 27) {
      plan(at: LifeCalendar.at(16, 50)) { life, state in life.layOutAnew(state) }
    }
    if isTurn(24, 28) {
      plan(at: LifeCalendar.at(16, 0)) { life, state in life.endPackage(state) }
    }
    if isTurn(15, 29) {
      plan(at: LifeCalendar.at(12, 35)) { life, state in life.takeTicketBack(state) }
    }
    if monthWorkdays == 6 {
      plan(at: LifeCalendar.at(12, 55)) { life, state in life.giveUpDebts(state) }
    }
    planPeople()
  }

  /// Somebody helps out for some weeks, and somebody earns more.
  private mutating func planPeople() {
    if workdays == 12 {
      plan(at: LifeCalendar.at(8, 10)) { life, _ in
        var pilar = Worker(
          name: "Pilar Rey", position: "receptionist", roles: [.reception, .cashier],
          contract: .employee, weekHours: 20, payBasis: .hour, pay: 1_150)
        pilar.works(
          [.monday, .tuesday, .wednesday, .thursday, .friday], LifeCalendar.at(14),
          LifeCalendar.at(18, 30), breakMinutes: 20)
        return life.hire(pilar, from: life.day)
      }
    }
    if workdays == 42, staff.workers.count > 6 {
      plan(at: LifeCalendar.at(12, 45)) { life, _ in
        life.end(6, on: life.day.advanced(by: 14))
      }
    }
    if workdays % 250 == 35 {
      plan(at: LifeCalendar.at(17, 10)) { life, _ in life.raise(Self.costa, by: 75) }
    }
  }

  private mutating func amendOne(_ state: DeskState) -> [Deed] {
    let here = practice.personas.indices.filter { !practice.personas[$0].isGone }
    guard !here.isEmpty else { return [] }
    let persona = pick(here)
    let known = practice.personas[persona]
    let phone = "6\(dice.from(10_000_000...99_999_999))"
    let amend = AmendPatient.with {
      $0.patient = Self.patient(persona)
      $0.person.familyName = known.name
      $0.person.phone = phone
      $0.reason = .changed
    }
    return [
      Deed(
        hand(.reception), .reception, amend, "notes a new telephone number of \(known.name)")
    ]
  }

  /// Somebody was registered twice, as it turns out a little later.
  private mutating func mergeDouble(_ state: DeskState) -> [Deed] {
    let here = practice.personas.indices.filter { !practice.personas[$0].isGone }
    guard !here.isEmpty else { return [] }
    let persona = pick(here)
    let name = practice.personas[persona].name
    let register = RegisterPatient.with { $0.person.familyName = name }
    return [
      Deed(hand(.reception), .reception, register, "registers \(name)") { life, _ in
        let double = life.practice.personas.count
        var gone = Persona(name: name, payer: nil, habit: .card)
        gone.isGone = true
        life.practice.personas.append(gone)
        life.plan(after: 1200) { life, _ in
          let merge = MergePatients.with {
            $0.from = Self.patient(double)
            $0.into = Self.patient(persona)
            $0.reason = .duplicate
          }
          return [
            Deed(
              life.hand(.reception), .reception, merge,
              "finds that \(Self.patient(double)) is \(Self.patient(persona)), \(name)")
          ]
        }
      }
    ]
  }

  private func noteCleaners() -> [Deed] {
    let today = day
    let record = RecordHours.with {
      $0.day = today
      $0.role = "cleaning"
      $0.contract = .contractor
      $0.seconds = 6 * 3600
      $0.source = "agency"
    }
    return [Deed(bookkeeper, .payroll, record, "notes six hours of the cleaners")]
  }
}
