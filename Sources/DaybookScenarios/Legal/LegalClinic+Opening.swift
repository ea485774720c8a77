import DaybookClinicEvents
import DaybookDesk
import DaybookEngine
import DaybookEvents
public import DaybookValues

// What there is before anybody comes.
extension LegalClinic {
  static let north = ClinicID(1)
  static let south = ClinicID(2)
  /// Who holds no role, and does not clock: their hours are known from elsewhere.
  static let trespasser = StaffID(3)
  static let insurer = PartyID(1)
  static let suppliers = [PartyID(3), PartyID(4)]
  static let guarantor = PartyID(5)
  static let gloves = ItemID(1)
  static let screw = ItemID(2)
  static let cream = ItemID(3)
  static let tray = ItemID(4)
  static let consultation = ServiceID(1)
  static let implanting = ServiceID(2)
  static let missedFee = ServiceID(3)
  static let sessions = ServiceID(4)
  /// What only who is trained for it may do, and is taxed.
  static let laser = ServiceID(5)
  static let steriliser = ResourceID(2)
  static let standardTax = TaxCodeID(1)

  private typealias Begun = (clinic: UInt64, command: any Command<DeskState>)

  /// What must be submitted first.
  public static func opening(
    of size: HistorySize = HistorySize(), at now: Instant
  ) -> [ScenarioAction] {
    let day = Moment(now).day
    var commands = begin(size, day)
    for index in 0..<size.staff {
      for clinic in 1...UInt64(size.clinics) {
        commands.append((0, roles(of: lead(index), at: clinic)))
      }
    }
    commands += parties()
    commands += items(size)
    commands += services()
    commands += prices(size)
    commands += equip(size, day)
    return commands.enumerated().map { index, begun in
      var envelope = Envelope()
      envelope.clinic = begun.clinic
      envelope.actor = Importer.synthea.actor
      envelope.role = Role(UInt16(ClinicRole.import.rawValue))
      envelope.effective = Moment(now)
      envelope.reference = "opening-\(index + 1)"
      return ScenarioAction(begun.command, envelope)
    }
  }

  private static func begin(_ size: HistorySize, _ day: Day) -> [Begun] {
    let clinics = (1...UInt64(size.clinics)).map { ClinicID($0) }
    var commands: [Begun] = clinics.map {
      (0, clinic($0, $0.number % 2 == 0 ? .perDocument : .perLine))
    }
    commands += [
      (1, hire("Ada", .hour, 30_0000, at: clinics, from: day)),
      (1, hire("Ben", .month, 3_000_0000, at: clinics, from: day)),
      (1, contractor("Cleo", at: clinics, from: day)),
    ]
    for index in 2..<max(2, size.staff) {
      // Each is at home at another clinic, which pays them.
      let home = index % size.clinics
      let isPaidByHour = index % 2 == 0
      commands.append(
        (
          clinics[home].number,
          hire(
            "Lead \(index)", isPaidByHour ? .hour : .month,
            isPaidByHour ? 28_0000 : 2_800_0000,
            at: Array(clinics[home...] + clinics[..<home]), from: day)
        ))
    }
    return commands
  }

  private static func parties() -> [Begun] {
    [
      (0, RandomClinic.party("Insurer", .payer)), (0, RandomClinic.party("Second", .payer)),
      (0, RandomClinic.party("Supplier", .supplier)), (0, RandomClinic.party("Maker", .supplier)),
      (0, RandomClinic.party("Guarantor", .other)),
      (0, taxCode("S", 2_100, .standard)), (0, taxCode("R", 1_000, .reduced)),
      (0, taxCode("E", 0, .exempt)), (0, taxCode("V", 2_100, .reverseCharge)),
    ]
  }

  private static func equip(_ size: HistorySize, _ day: Day) -> [Begun] {
    var commands: [Begun] = [
      (1, resource("Room 1", .room)), (1, resource("Autoclave", .steriliser)),
      (2, resource("Room 2", .room)), (1, resource("Laser", .device)), (1, training(day)),
    ]
    for clinic in 3..<max(3, UInt64(size.clinics) + 1) {
      commands.append((clinic, resource("Room \(clinic)", .room)))
    }
    for number in 0..<size.patients {
      let clinic = UInt64(number % size.clinics) + 1
      commands.append(
        (clinic, RandomClinic.patient(number == 0 ? "Young" : "Patient\(number)")))
    }
    for clinic in 1...UInt64(size.clinics) { commands.append((clinic, openingStock())) }
    return commands
  }

  static func clinic(
    _ name: String, _ offset: UTCOffset, _ rounding: TaxRounding = .perLine
  ) -> DefineClinic {
    .with {
      $0.name = name
      $0.timeZone = "Etc/\(name)"
      $0.transitions = [ZoneTransition(offset: offset)]
      $0.currency = .usd
      $0.fiscalYearStartMonth = 1
      $0.proRata = Rate(basisPoints: 5_000)
      $0.taxRounding = rounding
      $0.badDebtTax = rounding == .perDocument ? .relieved : .borne
      $0.limits.refund = Amount(minorUnits: 5_000, .usd)
      $0.limits.writeOff = Amount(minorUnits: 5_000, .usd)
      $0.limits.discount = Amount(minorUnits: 1_000, .usd)
      $0.limits.reversal = Amount(minorUnits: 20_000, .usd)
      $0.limits.payment = Amount(minorUnits: 50_000, .usd)
    }
  }

  private static func hire(
    _ name: String, _ basis: PayBasis, _ rate: Int64, at clinics: [ClinicID], from day: Day
  ) -> HireStaff {
    .with {
      $0.person.name = name
      $0.clinics = Few(clinics)
      $0.contract = .employee
      $0.weekSeconds = 40 * 3_600
      $0.payBasis = basis
      $0.payRate = UnitPrice(tenThousandths: rate)
      $0.leaveDays = Quantity(thousandths: 25_000)
      $0.overtimePremium = Rate(basisPoints: 2_500)
      $0.start = day
    }
  }

  private static func contractor(
    _ name: String, at clinics: [ClinicID], from day: Day
  ) -> HireStaff {
    .with {
      $0.person.name = name
      $0.clinics = Few(clinics)
      $0.contract = .contractor
      $0.start = day
    }
  }

  static let allRoles: Few<ClinicRole> = [
    .admin, .reception, .practitioner, .cashier, .buyer, .accountant, .payroll,
  ]

  private static func roles(of staff: StaffID, at clinic: UInt64) -> SetRoles {
    .with {
      $0.staff = staff
      $0.clinic = ClinicID(clinic)
      $0.roles = allRoles
    }
  }

  private static func taxCode(_ code: String, _ rate: Int64, _ type: TaxClass) -> SetTaxCode {
    .with {
      $0.code = code
      $0.rate = Rate(basisPoints: rate)
      $0.taxClass = type
      $0.deductible = true
    }
  }

  private static func items(_ size: HistorySize) -> [Begun] {
    let names = ["Gloves", "Screw", "Cream", "Tray"]
    return (1...UInt64(size.items)).map { number in
      let name = number <= 4 ? names[Int(number) - 1] : "Item \(number)"
      return (0, item(name, like: like(ItemID(number))))
    }
  }

  private static func item(_ name: String, like first: ItemID) -> DefineItem {
    .with {
      $0.name = name
      $0.baseUnit = "piece"
      switch first {
      case screw:
        $0.lotTracked = true
        $0.expiryTracked = true
        $0.implant = true
      case cream:
        $0.lotTracked = true
        $0.taxCode = standardTax
      case tray:
        $0.lotTracked = true
        $0.sterilisable = true
      default: $0.packs = [Pack("box", Quantity(thousandths: 100_000))]
      }
    }
  }

  private static func services() -> [Begun] {
    func service(
      _ name: String, _ type: ServiceType = .treatment, _ change: (inout DefineService) -> Void
    ) -> DefineService {
      .with {
        $0 = RandomClinic.service(name)
        $0.type = type
        $0.commissionable = true
        change(&$0)
      }
    }
    return [
      (0, service("Consultation") { $0.recipe = [RecipeLine(gloves, .one)] }),
      (0, service("Implanting") { _ in }),
      (0, service("Missed appointment", .fee) { $0.commissionable = false }),
      (0, service("Sessions", .package) { _ in }),
      (
        0,
        service("Laser") {
          $0.taxCode = standardTax
          $0.credentialKinds = ["laser"]
          $0.recipe = [RecipeLine(gloves, Quantity(thousandths: 2_000))]
        }
      ),
    ]
  }

  private static func prices(_ size: HistorySize) -> [Begun] {
    func price(_ priced: Priced, _ price: Int64) -> SetPrice {
      .with {
        $0.priced = priced
        $0.unitPrice = UnitPrice(tenThousandths: price)
      }
    }
    var prices: [Begun] = [
      (0, price(.service(missedFee), 25_0000)), (0, price(.service(sessions), 300_0100)),
      (0, price(.service(laser), 120_0000)), (0, price(.item(cream), 24_9900)),
      (0, price(.item(gloves), 1995)),
    ]
    for number in 5..<max(5, UInt64(size.items) + 1) {
      switch like(ItemID(number)) {
      case gloves: prices.append((0, price(.item(ItemID(number)), 2_500)))
      case cream: prices.append((0, price(.item(ItemID(number)), 31_5000)))
      default: break
      }
    }
    return prices
  }

  private static func resource(_ name: String, _ type: ResourceType) -> DefineResource {
    .with {
      $0.name = name
      $0.type = type
    }
  }

  private static func training(_ day: Day) -> RecordCredential {
    .with {
      $0.staff = StaffID(1)
      $0.type = .training
      $0.name = "laser"
      $0.from = day
    }
  }

  private static func openingStock() -> ReceiveGoods {
    .with {
      $0.opening = true
      $0.lines = [
        .with {
          $0.item = gloves
          $0.quantity = Quantity(thousandths: 60_000)
          $0.value = Amount(minorUnits: 601, .usd)
        },
        .with {
          $0.item = cream
          $0.lot = "C0"
          $0.quantity = Quantity(thousandths: 40_000)
          $0.value = Amount(minorUnits: 33_333, .usd)
        },
      ]
    }
  }
}
