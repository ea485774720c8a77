import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// How a clinic begins: who works there, what it offers, what stands on its shelves.
extension BusinessLife {
  mutating func foundClinic() {
    store.vendors = [
      Vendor(name: "Dentalia Supplies"), Vendor(name: "Implantech"),
      Vendor(name: "Inmobiliaria Sol", termsDays: 5, account: "6100"),
      Vendor(name: "Iberluz", termsDays: 15, account: "6110"),
      Vendor(name: "Agenda Cloud", termsDays: 10, account: "6120"),
      Vendor(name: "Laboratorio Norte", account: "6130"),
      Vendor(name: "Luis Prado, dentist", termsDays: 10, account: "2330"),
    ]
    store.goods = [
      Good(
        name: "gloves", unit: "pieces", cost: 900, vendor: 0, reorderPoint: 400_000,
        reorderQuantity: 2_000_000, opening: 1_500_000),
      Good(
        name: "bibs", unit: "pieces", cost: 1_200, vendor: 0, reorderPoint: 150_000,
        reorderQuantity: 500_000, opening: 400_000),
      Good(
        name: "polishing paste", unit: "ml", cost: 2_500, vendor: 0, reorderPoint: 200_000,
        reorderQuantity: 1_000_000, opening: 600_000),
      Good(
        name: "anaesthetic", unit: "ampoules", cost: 8_500, vendor: 0, shelfDays: 300,
        reorderPoint: 60_000, reorderQuantity: 100_000, opening: 120_000),
      Good(
        name: "composite", unit: "capsules", cost: 21_000, vendor: 0, shelfDays: 400,
        reorderPoint: 50_000, reorderQuantity: 80_000, opening: 90_000),
      Good(
        name: "whitening gel", unit: "syringes", cost: 180_000, vendor: 0, shelfDays: 120,
        reorderPoint: 8_000, reorderQuantity: 15_000, opening: 12_000),
      Good(
        name: "implant fixture", unit: "pieces", cost: 1_450_000, vendor: 1, shelfDays: 900,
        reorderPoint: 3_000, reorderQuantity: 5_000, opening: 6_000, implant: true),
      Good(
        name: "toothbrush", unit: "pieces", cost: 11_000, price: 39_000, vendor: 0,
        reorderPoint: 30_000, reorderQuantity: 60_000, opening: 50_000),
      Good(
        name: "mouthwash", unit: "bottles", cost: 32_000, price: 79_000, vendor: 0,
        reorderPoint: 20_000, reorderQuantity: 40_000, opening: 30_000),
      Good(
        name: "instrument tray", unit: "pieces", cost: 850_000, vendor: 0, reorderPoint: 0,
        reorderQuantity: 0, opening: 6_000, sterilisable: true),
    ]
    practice.offers = [
      Offer(
        name: "consultation", type: .consult, minutes: 30, price: 4_500, payerPrice: 3_600,
        performers: [Self.soler, Self.prado]),
      Offer(
        name: "cleaning", type: .treatment, minutes: 30, price: 6_000, payerPrice: 4_900,
        recipe: [(0, 2_000), (1, 1_000), (2, 5_000)], performers: [Self.costa, Self.soler]),
      Offer(
        name: "filling", type: .treatment, minutes: 45, price: 8_500, payerPrice: 7_150,
        recipe: [(0, 4_000), (1, 1_000), (3, 1_000), (4, 1_000)],
        performers: [Self.soler, Self.prado]),
      Offer(
        name: "implant", type: .treatment, minutes: 90, price: 95_000,
        recipe: [(0, 6_000), (1, 2_000), (3, 3_000)], performers: [Self.prado]),
      Offer(
        name: "whitening", type: .treatment, minutes: 60, price: 18_000, isTaxed: true,
        recipe: [(0, 2_000), (1, 1_000), (5, 1_000)], performers: [Self.costa]),
      Offer(
        name: "picture", type: .treatment, minutes: 10, price: 2_500, payerPrice: 2_050,
        performers: [Self.soler, Self.prado]),
      Offer(name: "missed appointment", type: .fee, minutes: 0, price: 2_000),
      Offer(name: "five cleanings", type: .package, minutes: 0, price: 27_000),
    ]
    plan(on: firstDay, at: LifeCalendar.at(7)) { life, _ in life.openClinic() }
  }

  private mutating func openClinic() -> [Deed] {
    var deeds = [defineClinic(ClinicID(1), "Clinica Sol")]
    deeds += hireClinic()
    deeds += defineTaxes() + registerParties()
    practice.payers = [PartyID(1), PartyID(2)]
    deeds += defineGoods() + defineOffers() + defineRooms() + agreeCommissions()
    deeds += openBooks(bank: 2_500_000, safe: 100_000, equipment: 3_800_000)
    let monday = day.advanced(by: 1 - day.weekday.rawValue)
    return deeds + shifts(monday) + shifts(monday.advanced(by: 7))
  }

  // MARK: - People

  private mutating func hireClinic() -> [Deed] {
    let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    let nine = LifeCalendar.at(9)
    var manager = Worker(
      name: "Carmen Vidal", position: "manager",
      roles: [.admin, .accountant, .reception, .cashier, .buyer], contract: .owner)
    manager.works(weekdays, LifeCalendar.at(8, 30), LifeCalendar.at(18, 30))
    let bookkeeper = Worker(
      name: "Jorge Blanco", position: "bookkeeper", roles: [.accountant, .payroll],
      contract: .contractor)
    var rosa = Worker(
      name: "Rosa Marin", position: "receptionist", roles: [.reception, .cashier, .buyer],
      contract: .employee, weekHours: 40, payBasis: .month, pay: 175_000, leaveDays: 23)
    rosa.works(weekdays, LifeCalendar.at(8, 30), LifeCalendar.at(17, 30), breakMinutes: 60)
    var soler = Worker(
      name: "Dr Ana Soler", position: "dentist", roles: [.practitioner], contract: .employee,
      weekHours: 38, payBasis: .month, pay: 310_000, leaveDays: 25)
    soler.works(weekdays, nine, LifeCalendar.at(17), breakMinutes: 30)
    soler.hasShifts = true
    var prado = Worker(
      name: "Dr Luis Prado", position: "dentist", roles: [.practitioner], contract: .contractor)
    prado.works([.monday, .wednesday, .friday], LifeCalendar.at(10), LifeCalendar.at(18))
    prado.hasShifts = true
    var costa = Worker(
      name: "Eva Costa", position: "hygienist", roles: [.practitioner], contract: .employee,
      weekHours: 22, payBasis: .hour, pay: 1_650, leaveDays: 23)
    costa.works([.tuesday, .thursday], nine, LifeCalendar.at(18), breakMinutes: 60)
    costa.works([.saturday], nine, LifeCalendar.at(13))
    costa.hasShifts = true
    var deeds: [Deed] = []
    for worker in [manager, bookkeeper, rosa, soler, prado, costa] {
      deeds += hire(worker, from: day)
    }
    for worker in [Self.soler, Self.prado, Self.costa] {
      deeds.append(credential(.licence, worker, from: day.advanced(by: -900), to: nil))
      deeds.append(credential(.insurance, worker, from: day, to: day.advanced(by: 364)))
      renewInsurance(worker, from: day.advanced(by: 365))
    }
    return deeds
  }

  private func credential(_ type: CredentialType, _ worker: Int, from: Day, to: Day?) -> Deed {
    let record = RecordCredential.with {
      $0.staff = Self.id(worker)
      $0.type = type
      $0.number = "28-\(4_700 + worker)"
      $0.from = from
      $0.to = to
    }
    return Deed(
      manager, .admin, record,
      "records the \(type) of \(staff.workers[worker].name)"
        + (to.map { " until \($0)" } ?? ""))
  }

  /// An insurance is renewed long before anybody is booked behind its end.
  private mutating func renewInsurance(_ worker: Int, from: Day) {
    plan(on: from.advanced(by: -45), at: LifeCalendar.at(12, 50)) { life, _ in
      life.renewInsurance(worker, from: from.advanced(by: 365))
      return [life.credential(.insurance, worker, from: from, to: from.advanced(by: 364))]
    }
  }

  private mutating func agreeCommissions() -> [Deed] {
    let rules: [(worker: Int, services: [Int], yield: CommissionYield, isCharged: Bool)] = [
      (Self.soler, [], .share(Rate(basisPoints: 800)), false),
      (Self.prado, [], .share(Rate(basisPoints: 3_500)), false),
      (Self.costa, [Self.cleaning], .fixed(Self.amount(200)), true),
    ]
    let from = day
    return rules.map { rule in
      let set = SetCommissionRule.with {
        $0.staff = Self.id(rule.worker)
        $0.services = Few(rule.services.map(Self.service))
        $0.basis = rule.isCharged ? .charged : .collected
        $0.yield = rule.yield
        $0.deductMaterials = rule.worker == Self.prado
        $0.from = from
      }
      return Deed(
        manager, .admin, set, "agrees a commission with \(staff.workers[rule.worker].name)")
    }
  }

  // MARK: - Catalogue

  private mutating func registerParties() -> [Deed] {
    var deeds: [Deed] = []
    var number: UInt64 = 0
    func register(_ name: String, _ type: PartyType, terms: UInt32 = 0) -> Deed {
      number += 1
      let register = RegisterParty.with {
        $0.name = name
        $0.type = type
        $0.termsDays = terms
      }
      return Deed(manager, .admin, register, "registers \(name)")
    }
    deeds.append(register(LifePractice.payerNames[0], .payer, terms: 30))
    deeds.append(register(LifePractice.payerNames[1], .payer, terms: 45))
    for vendor in store.vendors.indices {
      let known = store.vendors[vendor]
      deeds.append(register(known.name, .supplier, terms: known.termsDays))
      store.vendors[vendor].party = PartyID(number)
    }
    deeds.append(register("Agencia Tributaria", .other))
    books.taxOffice = PartyID(number)
    deeds.append(register("Seguridad Social", .other))
    books.socialOffice = PartyID(number)
    return deeds
  }

  private func defineOffers() -> [Deed] {
    var deeds: [Deed] = []
    for (index, offer) in practice.offers.enumerated() {
      let define = DefineService.with {
        $0.code = "D\(100 + index)"
        $0.name = offer.name
        $0.type = offer.type
        $0.durationSeconds = UInt32(offer.minutes) * 60
        $0.taxCode = offer.isTaxed ? store.standard : store.exempt
        $0.commissionable = offer.type == .treatment || offer.type == .consult
        $0.credentialKinds = offer.performers.isEmpty ? [] : ["licence"]
        $0.recipe = Few(
          offer.recipe.map { RecipeLine(Self.item($0.good), Quantity(thousandths: $0.quantity)) })
      }
      deeds.append(Deed(manager, .admin, define, "offers \(offer.name)"))
    }
    for (index, offer) in practice.offers.enumerated() {
      deeds.append(price(Self.service(index), offer.price, nil, offer.name))
      guard let listed = offer.payerPrice else { continue }
      deeds.append(price(Self.service(index), listed, PartyID(1), offer.name))
    }
    let account = DefineAccount.with {
      $0.code = "4015"
      $0.name = "Whitening"
      $0.type = .income
      $0.group = "Income"
    }
    let rule = SetPostingRule.with {
      $0.eventType = "ChargePosted"
      $0.slots = [PostingSlot("taxableIncome", account: "4015")]
    }
    deeds.append(Deed(bookkeeper, .accountant, account, "opens account 4015, whitening"))
    deeds.append(Deed(bookkeeper, .accountant, rule, "posts taxable charges to account 4015"))
    return deeds
  }

  func price(
    _ service: ServiceID, _ minor: Int64, _ payer: PartyID?, _ name: String
  ) -> Deed {
    let set = SetPrice.with {
      $0.priced = .service(service)
      $0.payer = payer
      $0.unitPrice = UnitPrice(tenThousandths: minor * 100)
    }
    return Deed(
      manager, .admin, set,
      "sets the price of \(name) to \(Self.money(minor))" + (payer == nil ? "" : " for a payer"))
  }

  private mutating func defineRooms() -> [Deed] {
    let rooms: [(type: ResourceType, name: String)] = [
      (.room, "Room 1"), (.room, "Room 2"), (.device, "Lamp"), (.steriliser, "Autoclave"),
    ]
    practice.rooms = [ResourceID(1), ResourceID(2)]
    practice.lamp = ResourceID(3)
    practice.steriliser = ResourceID(4)
    return rooms.enumerated().map { index, room in
      let define = DefineResource.with {
        $0.type = room.type
        $0.name = room.name
        $0.serial = "SN-\(880 + index)"
      }
      return Deed(manager, .admin, define, "sets up \(room.name)")
    }
  }
}
