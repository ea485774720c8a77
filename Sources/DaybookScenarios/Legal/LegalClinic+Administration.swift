import DaybookClinicEvents
import DaybookClinicRules
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// Clinics, roles, parties, services and items.
  static let administration: Makers = [
    (.clinicAgain, { clinic, state, _ in clinic.clinicAgain(state) }),
    (.roles, { clinic, state, _ in clinic.roles(state) }),
    (.party, { clinic, _, _ in clinic.party() }),
    (.service, { clinic, state, _ in clinic.service(state) }),
    (.item, { clinic, state, _ in clinic.item(state) }),
  ]

  /// Other limits; currency and zone are fixed.
  private mutating func clinicAgain(_ state: DeskState) -> LegalCommand? {
    var define = Self.clinic(here, .perLine)
    define.clinic = here
    define.legalName = word("Clinic ")
    define.limits.refund = cents(1_000...20_000)
    define.limits.payment = dice.chance(50) ? cents(10_000...100_000) : nil
    define.proRata = Rate(basisPoints: Int64(dice.from(0...10_000)))
    return LegalCommand(define, .admin)
  }

  /// Somebody who was hired later gets a job, or loses it.
  private mutating func roles(_ state: DeskState) -> LegalCommand? {
    guard let member = newcomer(state) else { return nil }
    let set = SetRoles.with {
      $0.staff = member
      $0.clinic = here
      $0.roles = dice.chance(70) ? [.reception, .cashier] : []
    }
    return LegalCommand(set, .admin)
  }

  /// A member of staff who was not there from the beginning.
  mutating func newcomer(
    _ state: DeskState, _ isFit: (MemberRecord) -> Bool = { _ in true }
  ) -> StaffID? {
    let members = state.people.members
    let last = max(Self.trespasser, lead(size.staff - 1))
    return find(members.count, StaffKind.self) { staff in
      staff > last && members[staff].map(isFit) == true
    }
  }

  private mutating func party() -> LegalCommand? {
    let register = RegisterParty.with {
      $0.name = word("Party ")
      $0.type = dice.chance(50) ? .other : .payer
      $0.taxID = word("TAX-")
      $0.termsDays = UInt32(dice.below(60))
    }
    return LegalCommand(register, .reception)
  }

  private mutating func service(_ state: DeskState) -> LegalCommand? {
    let define = DefineService.with {
      $0 = RandomClinic.service(word("Service "))
      $0.service = dice.chance(50) ? Self.implanting : nil
      $0.commissionable = true
      $0.recipe = dice.chance(50) ? [RecipeLine(Self.gloves, .one)] : []
    }
    return LegalCommand(define, .admin)
  }

  private mutating func item(_ state: DeskState) -> LegalCommand? {
    let define = DefineItem.with {
      $0.item = dice.chance(50) ? Self.gloves : nil
      $0.name = word("Item ")
      $0.baseUnit = "piece"
      $0.packs = [Pack("box", Quantity(thousandths: Int64(dice.from(2...200)) * 1_000))]
      $0.reorderPoint = Quantity(thousandths: Int64(dice.below(50)) * 1_000)
    }
    return LegalCommand(define, .buyer)
  }
}
