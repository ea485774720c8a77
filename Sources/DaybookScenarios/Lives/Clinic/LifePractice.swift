import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

/// What a clinic must remember of its patients: whom it knows, what they agreed, what it has asked
/// payers for.
struct LifePractice: Sendable {
  /// By number less 1.
  var offers: [Offer] = []
  var payers: [PartyID] = []
  /// By number less 1.
  var personas: [Persona] = []
  /// Appointments that may be still to come.
  var booked: [AppointmentID] = []
  /// Charges that a payer owes and was not asked for.
  var unclaimed: [ChargeID] = []
  var claims: [ClaimOut] = []
  /// What payers have paid, of which they may take something back.
  var paid: [RemittedCharge] = []
  var remittances = 0
  /// The last invoices to patients.
  var invoices: [InvoiceID] = []
  /// The last payment of a patient, and a charge that it settles.
  var lastPayment: (payment: PaymentID, charge: ChargeID)?
  /// The last ticket.
  var lastSale: SaleID?
  /// Charges held to be lost.
  var lost: [ChargeID] = []
  /// Rooms and devices.
  var rooms: [ResourceID] = []
  var lamp = ResourceID()
  var steriliser = ResourceID()
  /// The branch that has its supplies from here; nil before it opens.
  var branch: ClinicID?

  static let payerNames = ["Sanitas Norte", "Mutua del Mar"]

  struct ClaimOut: Sendable {
    var claim: ClaimID
    var payer: Int
    var due: Day
  }
}

/// A patient.
struct Persona: Sendable {
  /// How somebody pays.
  enum Habit: Sendable {
    case cash, card, transfer, cheque, never
  }

  var name: String
  /// A place among the payers; nil for who pays alone.
  var payer: Int?
  var habit: Habit
  /// Charges that no invoice asks for yet.
  var fresh: [ChargeID] = []
  var packages: [PackageID] = []
  var plan: PlanID?
  var deposit: PaymentID?
  /// Whether the patient goes on under another number.
  var isGone = false
  /// Whether an appointment is to come.
  var isBooked = false
}

/// What a clinic does.
struct Offer: Sendable {
  var name: String
  var type: ServiceType
  var minutes: Int
  /// Minor units without tax.
  var price: Int64
  /// Minor units by the payers' list; nil where they have no price.
  var payerPrice: Int64?
  var isTaxed = false
  /// Goods and thousandths.
  var recipe: [(good: Int, quantity: Int64)] = []
  /// Who does it: places among the staff.
  var performers: [Int] = []
}

// Places in the lists of a clinic.
extension BusinessLife {
  static let consultation = 0
  static let cleaning = 1
  static let filling = 2
  static let implant = 3
  static let whitening = 4
  static let picture = 5
  static let missedFee = 6
  static let cleanings = 7

  static let reception = 2
  static let soler = 3
  static let prado = 4
  static let costa = 5

  static let gloves = 0
  static let anaesthetic = 3
  static let composite = 4
  static let gel = 5
  static let fixture = 6
  static let toothbrush = 7
  static let mouthwash = 8
  static let tray = 9

  static func service(_ offer: Int) -> ServiceID { ServiceID(UInt64(offer) + 1) }

  static func patient(_ persona: Int) -> PatientID { PatientID(UInt64(persona) + 1) }

  /// Whether everything is there that a service uses up.
  func canDo(_ offer: Int, _ state: DeskState) -> Bool {
    practice.offers[offer].recipe.allSatisfy { good, quantity in
      !store.goods[good].isTracked || usable(good, state) >= quantity
    }
  }
}

extension BusinessLife {
  private static let givenNames = [
    "Ana", "Luis", "Marta", "Javier", "Lucia", "Pablo", "Elena", "Diego", "Sara", "Hugo", "Irene",
    "Raul", "Nuria", "Oscar", "Paula", "Bruno", "Celia", "Ivan", "Julia", "Mario", "Olga", "Tomas",
  ]
  private static let familyNames = [
    "Garcia", "Lopez", "Navarro", "Ruiz", "Ortega", "Molina", "Serrano", "Vidal", "Campos",
    "Herrero", "Iglesias", "Delgado", "Santos", "Peralta", "Rojas", "Fuentes", "Cano", "Pastor",
    "Mendez", "Aguilar", "Crespo", "Lozano", "Bravo", "Reyes", "Soto", "Rivas",
  ]

  mutating func newName() -> (given: String, family: String) {
    (pick(Self.givenNames), "\(pick(Self.familyNames)) \(pick(Self.familyNames))")
  }
}
