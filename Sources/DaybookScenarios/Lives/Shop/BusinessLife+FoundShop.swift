import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// How a shop begins.
extension BusinessLife {
  mutating func foundShop() {
    store.vendors = [
      Vendor(name: "Mercavalencia", leadDays: 1, termsDays: 15),
      Vendor(name: "Quesos Maestrat", leadDays: 2), Vendor(name: "Bodegas Utiel", leadDays: 4),
      Vendor(name: "Casa del local", termsDays: 5, account: "6100"),
      Vendor(name: "Iberluz", termsDays: 15, account: "6110"),
      Vendor(name: "Gestoria Ferrer", termsDays: 10, account: "6140"),
    ]
    let lowest = store.lowest
    store.goods = [
      Good(
        name: "apples", unit: "kg", cost: 9_000, price: 21_900, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 40_000),
      Good(
        name: "pears", unit: "kg", cost: 11_000, price: 25_000, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 30_000),
      Good(
        name: "tomatoes", unit: "kg", cost: 12_500, price: 27_900, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 35_000),
      Good(
        name: "potatoes", unit: "kg", cost: 5_200, price: 12_900, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 80_000),
      Good(
        name: "oranges", unit: "kg", cost: 8_000, price: 18_900, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 60_000),
      Good(
        name: "cheese", unit: "kg", cost: 92_000, price: 174_900, taxCode: lowest, vendor: 1,
        shelfDays: 45, reorderPoint: 8_000, reorderQuantity: 20_000, opening: 18_000),
      Good(
        name: "bread", unit: "loaves", cost: 5_500, price: 12_000, taxCode: lowest, vendor: 0,
        reorderPoint: 0, reorderQuantity: 0, opening: 20_000),
      Good(
        name: "olive oil", unit: "bottles", cost: 62_000, price: 99_500, taxCode: lowest,
        vendor: 2, reorderPoint: 20_000, reorderQuantity: 60_000, opening: 50_000),
      Good(
        name: "wine", unit: "bottles", cost: 38_000, price: 69_000, taxCode: store.standard,
        vendor: 2, reorderPoint: 24_000, reorderQuantity: 72_000, opening: 60_000),
      Good(
        name: "bag", unit: "pieces", cost: 300, price: 1_500, taxCode: store.standard, vendor: 2,
        reorderPoint: 200_000, reorderQuantity: 1_000_000, opening: 900_000),
    ]
    plan(on: firstDay, at: LifeCalendar.at(7)) { life, _ in life.openShop() }
  }

  private mutating func openShop() -> [Deed] {
    var deeds = [defineClinic(ClinicID(1), "Frutas Marisol")]
    deeds += hireShop()
    deeds += defineTaxes() + registerShopParties() + defineGoods()
    deeds += openBooks(bank: 900_000, safe: 60_000, equipment: 640_000)
    let monday = day.advanced(by: 1 - day.weekday.rawValue)
    return deeds + shifts(monday) + shifts(monday.advanced(by: 7))
  }

  private mutating func hireShop() -> [Deed] {
    let all: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday]
    var marisol = Worker(
      name: "Marisol Ferri", position: "owner", roles: [.admin, .accountant, .cashier, .buyer],
      contract: .owner)
    marisol.works(all, LifeCalendar.at(7, 30), LifeCalendar.at(20, 45))
    let office = Worker(
      name: "Gloria Ferrer", position: "bookkeeper", roles: [.accountant, .payroll],
      contract: .contractor)
    var pepe = Worker(
      name: "Pepe Llorens", position: "counter", roles: [.cashier, .buyer, .reception],
      contract: .employee, weekHours: 36, payBasis: .hour, pay: 1_080, leaveDays: 22)
    pepe.works(all, LifeCalendar.at(8, 30), LifeCalendar.at(14, 45), breakMinutes: 15)
    pepe.hasShifts = true
    var nuria = Worker(
      name: "Nuria Bosch", position: "counter", roles: [.cashier, .reception],
      contract: .employee, weekHours: 22, payBasis: .hour, pay: 1_050, leaveDays: 22)
    nuria.works(
      [.monday, .tuesday, .wednesday, .thursday, .friday], LifeCalendar.at(16, 30),
      LifeCalendar.at(20, 50))
    nuria.hasShifts = true
    var deeds: [Deed] = []
    for worker in [marisol, office, pepe, nuria] { deeds += hire(worker, from: day) }
    return deeds
  }

  private mutating func registerShopParties() -> [Deed] {
    var names: [(name: String, type: PartyType, terms: UInt32)] = store.vendors.map {
      ($0.name, .supplier, $0.termsDays)
    }
    for vendor in store.vendors.indices {
      store.vendors[vendor].party = PartyID(UInt64(vendor) + 1)
    }
    names += [
      ("Agencia Tributaria", .other, 0), ("Seguridad Social", .other, 0),
      ("Bar Central", .other, 15),
    ]
    books.taxOffice = PartyID(UInt64(names.count) - 2)
    books.socialOffice = PartyID(UInt64(names.count) - 1)
    counter.bar = PartyID(UInt64(names.count))
    return names.map { known in
      let register = RegisterParty.with {
        $0.name = known.name
        $0.type = known.type
        $0.termsDays = known.terms
      }
      return Deed(manager, .admin, register, "registers \(known.name)")
    }
  }
}
