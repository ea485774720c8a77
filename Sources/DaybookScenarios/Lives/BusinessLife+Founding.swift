import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// What every business begins with.
extension BusinessLife {
  func defineClinic(_ clinic: ClinicID, _ name: String) -> Deed {
    let isFirst = clinic == ClinicID(1)
    let define = DefineClinic.with {
      $0.name = name
      $0.legalName = "\(name) SL"
      $0.taxID = "B8410\(20 + clinic.number)"
      $0.address.street = "Calle Mayor \(clinic.number * 12)"
      $0.address.city = "Valencia"
      $0.address.country = "ES"
      $0.timeZone = zone.name
      $0.transitions = Few(zone.transitions)
      $0.currency = .eur
      $0.fiscalYearStartMonth = 1
      $0.proRata = Rate(basisPoints: trade == .clinic ? 2_000 : 10_000)
      $0.limits.refund = Self.amount(10_000)
      $0.limits.writeOff = Self.amount(2_000)
      $0.limits.discount = Self.amount(3_000)
      $0.limits.reversal = Self.amount(30_000)
      $0.limits.payment = Self.amount(150_000)
    }
    var deed = Deed(
      isFirst ? nil : manager, isFirst ? .system : .admin, define, "opens \(name)")
    deed.clinic = ClinicID()
    return deed
  }

  func defineTaxes() -> [Deed] {
    let codes: [(code: String, rate: Int64, type: TaxClass, reason: String, deductible: Bool)] = [
      ("EX", 0, .exempt, "health care", false), ("S21", 2_100, .standard, "", true),
      ("R10", 1_000, .reduced, "", true), ("R04", 400, .reduced, "", true),
      ("RC", 2_100, .reverseCharge, "", true),
    ]
    return codes.map { tax in
      let set = SetTaxCode.with {
        $0.code = tax.code
        $0.rate = Rate(basisPoints: tax.rate)
        $0.taxClass = tax.type
        $0.reason = tax.reason
        $0.deductible = tax.deductible
      }
      return Deed(manager, .admin, set, "sets the tax code \(tax.code)")
    }
  }

  /// Goods, the prices of those that are sold, and what was there on the first day.
  mutating func defineGoods() -> [Deed] {
    var deeds: [Deed] = []
    for (index, good) in store.goods.enumerated() {
      let define = DefineItem.with {
        $0.code = "G\(10 + index)"
        $0.name = good.name
        $0.baseUnit = good.unit
        $0.lotTracked = good.isTracked
        $0.expiryTracked = good.isTracked
        $0.reorderPoint = Quantity(thousandths: good.reorderPoint)
        $0.reorderQuantity = Quantity(thousandths: good.reorderQuantity)
        $0.leadDays = UInt32(store.vendors[good.vendor].leadDays)
        $0.sterilisable = good.sterilisable
        $0.implant = good.implant
        $0.taxCode = good.taxCode
      }
      deeds.append(Deed(manager, .admin, define, "takes \(good.name) into the list of goods"))
      guard good.price > 0 else { continue }
      let set = SetPrice.with {
        $0.priced = .item(Self.item(index))
        $0.unitPrice = UnitPrice(tenThousandths: good.price)
      }
      deeds.append(
        Deed(
          manager, .admin, set,
          "asks \(Self.money(good.price / 100)) for \(good.name)"))
    }
    var receive = ReceiveGoods.with { $0.opening = true }
    for (index, good) in store.goods.enumerated() where good.opening > 0 {
      let lot = newLot(index)
      receive.lines.append(
        GoodsLine.with {
          $0.item = Self.item(index)
          $0.lot = lot.lot
          $0.expiry = lot.expiry
          $0.quantity = Quantity(thousandths: good.opening)
          $0.unitCost = UnitPrice(tenThousandths: good.cost)
        })
    }
    deeds.append(Deed(manager, .buyer, receive, "counts what is on the shelves"))
    return deeds
  }

  /// What was in the bank, the safe and the rooms on the first day.
  func openBooks(bank: Int64, safe: Int64, equipment: Int64) -> [Deed] {
    let post = PostJournal.with {
      $0.memo = "opening balances"
      $0.opening = true
      $0.lines = Few([
        Self.debit("1100", bank), Self.debit("1020", safe), Self.debit("1500", equipment),
        Self.credit("3000", bank + safe + equipment),
      ])
    }
    return [
      Deed(
        bookkeeper, .accountant, post,
        "opens the books with \(Self.money(bank + safe + equipment)) of capital")
    ]
  }
}
