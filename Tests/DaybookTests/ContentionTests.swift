import Daybook
import DaybookScenarios
import Testing

/// Many callers want the same thing at the same time: as many get it as there is.
@Suite struct `Callers who want the same` {
  private static let callers = 64

  /// How many of so many callers were served, and what the others were told.
  private func outcome(
    _ office: BackOffice, _ role: ClinicRole, _ command: some Command<DeskState> & Sendable
  ) async throws -> (served: Int, refused: [RefusalCode: Int]) {
    try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for _ in 0..<Self.callers {
        group.addTask {
          var envelope = Envelope()
          envelope.clinic = 1
          envelope.actor = .staff(1)
          envelope.role = role.role
          do {
            _ = try await office.perform(command, envelope)
            return nil
          } catch let refusal as Refusal {
            return refusal.violations.first?.code
          }
        }
      }
      var served = 0
      var refused: [RefusalCode: Int] = [:]
      for try await code in group {
        if let code { refused[code, default: 0] += 1 } else { served += 1 }
      }
      return (served, refused)
    }
  }

  private func opened() async throws -> OpenScenario {
    let folder = try TemporaryDirectory()
    let office = try BackOffice.open(
      folder.file("book"), options: LogOptions(creation: .mustBeNew))
    for action in RandomClinic.opening(at: World.live.clock.now()) {
      _ = try await office.submit(action).result.get()
    }
    try await office.settle()
    return OpenScenario(folder: folder, office: office)
  }

  /// A book that stands as long as its folder is held.
  private struct OpenScenario {
    let folder: TemporaryDirectory
    let office: BackOffice
  }

  @Test func `get a time of the practitioner once`() async throws {
    let book = try await opened()
    let start = World.live.clock.now().milliseconds + 86_400_000
    let booking = BookAppointment.with {
      $0.patient = PatientID(1)
      $0.practitioner = StaffID(1)
      $0.start = Instant(milliseconds: start)
      $0.durationSeconds = 1_800
      $0.channel = .online
    }
    let (served, refused) = try await outcome(book.office, .reception, booking)
    #expect(served == 1)
    #expect(refused == [.overlap: Self.callers - 1])
    await book.office.close()
  }

  @Test func `get the sessions of a package until none is left`() async throws {
    let book = try await opened()
    func perform(_ command: some Command<DeskState>, _ role: ClinicRole) async throws {
      var envelope = Envelope()
      envelope.clinic = 1
      envelope.actor = .staff(1)
      envelope.role = role.role
      _ = try await book.office.perform(command, envelope)
    }
    try await perform(
      DefineService.with {
        $0.name = "Ten consultations"
        $0.type = .package
      }, .admin)
    try await perform(
      SellPackage.with {
        $0.patient = PatientID(1)
        $0.service = ServiceID(3)
        $0.covers = [ServiceID(1)]
        $0.sessions = 10
        $0.price = Amount(minorUnits: 100_000, .usd)
        $0.priceReason = .agreed
      }, .reception)
    try await perform(CheckInPatient.with { $0.patient = PatientID(1) }, .reception)
    try await perform(
      StartEncounter.with {
        $0.visit = VisitID(1)
        $0.practitioner = StaffID(1)
      }, .practitioner)
    // Each comes with its charge and the gloves of its recipe: all of it, or nothing.
    let use = PerformTreatment.with {
      $0.encounter = EncounterID(1)
      $0.service = ServiceID(1)
      $0.package = PackageID(1)
    }
    let before = await book.office.lastPosition.number
    let (served, refused) = try await outcome(book.office, .practitioner, use)
    #expect(served == 10)
    #expect(refused == [.packageExhausted: Self.callers - 10])
    let state = await book.office.state(of: DeskState.self)
    #expect(state.packages.packages[PackageID(1)]?.sessionsLeft == 0)
    #expect(state.packages.packages[PackageID(1)]?.rest == 0)
    #expect(await book.office.lastPosition.number == before + 30)
    await book.office.close()
  }

  @Test func `get a lot until it is used up`() async throws {
    let book = try await opened()
    let received = ReceiveGoods.with {
      $0.supplier = PartyID(3)
      $0.lines = [
        .with {
          $0.item = ItemID(2)
          $0.lot = "A"
          $0.expiry = Day(daysSince1970: 40_000)
          $0.quantity = Quantity(thousandths: 10_000)
          $0.value = Amount(minorUnits: 1_000, .usd)
        }
      ]
    }
    var envelope = Envelope()
    envelope.clinic = 1
    envelope.actor = .staff(1)
    envelope.role = .buyer
    _ = try await book.office.perform(received, envelope)
    let issue = IssueStock.with {
      $0.item = ItemID(2)
      $0.lot = "A"
      $0.quantity = .one
      $0.purpose = .damaged
    }
    let (served, refused) = try await outcome(book.office, .buyer, issue)
    #expect(served == 10)
    #expect(refused == [.insufficientStock: Self.callers - 10])
    let state = await book.office.state(of: DeskState.self)
    let key = StockKey(clinic: ClinicID(1), item: ItemID(2))
    #expect(state.stock.lot("A", at: key)?.onHand == 0)
    await book.office.close()
  }
}
