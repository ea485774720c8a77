import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookTesting
import DaybookValues
import Testing

func send(_ item: ItemID, _ count: Int64, lot: String = "", to clinic: ClinicID = Clinic.south)
  -> DispatchTransfer
{
  .with {
    $0.to = clinic
    $0.lines = [part(item, count, lot: lot)]
  }
}

func part(_ item: ItemID, _ count: Int64, lot: String = "") -> TransferRequest {
  .with {
    $0.item = item
    $0.lot = lot
    $0.quantity = units(count)
  }
}

func missing(_ item: ItemID, _ count: Int64, lot: String = "", _ why: TransferExplanation)
  -> DifferenceRequest
{
  .with {
    $0.item = item
    $0.lot = lot
    $0.quantity = units(count)
    $0.explanation = why
  }
}

func arrive(
  _ lines: TransferRequest..., differences: DifferenceRequest..., everything: Bool = false
) -> ReceiveTransfer {
  .with {
    $0.transfer = TransferID(1)
    $0.lines = Few(lines)
    $0.differences = Few(differences)
    $0.everything = everything
  }
}

@Suite struct `A transfer between clinics` {
  /// Two lots of screws at the first clinic, 3.34 and 5.00 the piece.
  private var store: Spec {
    Clinic.two.given(
      receive(
        goods(Clinic.screw, 3, lot: "A", expiry: "2027-01-01", value: 10_00),
        goods(Clinic.screw, 2, lot: "B", expiry: "2028-01-01", value: 10_00),
        goods(Clinic.gloves, 10, value: 1_00)))
  }

  private var sent: Spec { store.given(send(Clinic.screw, 4)).at(clinic: 2) }

  private func line(_ lot: String, _ expiry: String, _ count: Int64, _ value: Int64)
    -> TransferLine
  {
    .with {
      $0.item = Clinic.screw
      $0.lot = lot
      $0.expiry = Clinic.day(expiry)
      $0.quantity = units(count)
      $0.value = cents(value)
    }
  }

  private func onHand(_ spec: Spec, _ lot: String, at clinic: ClinicID) -> Int64 {
    spec.state.stock.lot(lot, at: StockKey(clinic: clinic, item: Clinic.screw))?.onHand ?? -1
  }

  @Test func `leaves with the lots that expire first, at their cost`() {
    let spec = store.when(send(Clinic.screw, 4))
    spec.then(
      StockTransferDispatched.with {
        $0.transfer = TransferID(1)
        $0.from = Clinic.id
        $0.to = Clinic.south
        $0.lines = [line("A", "2027-01-01", 3, 10_00), line("B", "2028-01-01", 1, 5_00)]
      })
    #expect(onHand(spec, "A", at: Clinic.id) == 0)
    #expect(onHand(spec, "A", at: Clinic.south) == -1)
  }

  @Test func `arrives in parts, each at its share; the rest stays in transit`() {
    let first = sent.when(arrive(part(Clinic.screw, 1, lot: "A")))
    first.then(
      StockTransferReceived.with {
        $0.transfer = TransferID(1)
        $0.from = Clinic.id
        $0.to = Clinic.south
        $0.lines = [line("A", "2027-01-01", 1, 3_33)]
      })
    let rest = first.when(arrive(everything: true))
    rest.then(
      StockTransferReceived.with {
        $0.transfer = TransferID(1)
        $0.from = Clinic.id
        $0.to = Clinic.south
        $0.lines = [line("A", "2027-01-01", 2, 6_67), line("B", "2028-01-01", 1, 5_00)]
      })
    #expect(onHand(rest, "A", at: Clinic.south) == 3000)
    rest.when(arrive(everything: true)).thenRefused(StockRefusal.transferEnded(TransferID(1)))
    #expect(rest.state.stock.transfers[TransferID(1)]?.lines.isEmpty == true)
  }

  @Test func `never arrives with more than left`() {
    sent.when(arrive(part(Clinic.screw, 4, lot: "A"))).thenRefused(
      StockRefusal.beyondTransfer(Clinic.screw, lot: "A", TransferID(1), left: units(3)))
    sent.when(
      arrive(
        part(Clinic.screw, 3, lot: "A"),
        differences: missing(Clinic.screw, 1, lot: "A", .lost))
    ).thenRefused(.quantityExceeded)
    sent.when(arrive(part(Clinic.gloves, 1))).thenRefused(.quantityExceeded)
    sent.when(arrive(part(Clinic.screw, 1))).thenRefused(StockRefusal.lotRequired(Clinic.screw))
  }

  @Test func `is explained by either clinic, and received by one`() {
    let lost = arrive(differences: missing(Clinic.screw, 1, lot: "B", .lost))
    let explained = sent.at(clinic: 1).when(lost)
    explained.then(
      StockTransferReceived.with {
        $0.transfer = TransferID(1)
        $0.from = Clinic.id
        $0.to = Clinic.south
        $0.differences = [
          .with {
            $0.item = Clinic.screw
            $0.lot = "B"
            $0.quantity = units(1)
            $0.value = cents(5_00)
            $0.explanation = .lost
          }
        ]
      })
    sent.when(lost).thenEvents(StockTransferReceived.self)
    sent.at(clinic: 1).when(arrive(everything: true))
      .thenRefused(DeskRefusal.elsewhere("TR1", clinic: Clinic.south))
  }

  @Test func `what never left is on the sender's shelf again`() {
    let back = sent.when(arrive(differences: missing(Clinic.screw, 2, lot: "A", .neverLeft)))
    #expect(onHand(back, "A", at: Clinic.id) == 2000)
    #expect(
      back.state.stock.lot("A", at: StockKey(clinic: Clinic.id, item: Clinic.screw))?.value == 667)
  }

  @Test func `a lot that was recalled on its way is not used where it arrives`() {
    sent.given(setLot("A", .recalled)).given(arrive(everything: true))
      .when(issue(Clinic.screw, 1, lot: "A", for: .sale)).thenRefused(.lotHeld)
  }

  @Test func `passes over what is expired or held, unless it is named`() {
    let held = store.given(setLot("A", .held))
    #expect(
      held.when(send(Clinic.screw, 1)).events.map {
        try? $0.decoded(as: StockTransferDispatched.self).lines.first?.lot
      } == ["B"])
    held.when(send(Clinic.screw, 3)).thenRefused(.insufficientStock)
    held.when(send(Clinic.screw, 3, lot: "A")).thenEvents(StockTransferDispatched.self)
  }

  @Test func `goes to another clinic with the same currency, and has something in it`() {
    store.when(send(Clinic.gloves, 11)).thenRefused(.insufficientStock)
    store.when(send(Clinic.gloves, 1, to: Clinic.id))
      .thenRefused(StockRefusal.sameClinic(Clinic.id))
    store.when(send(Clinic.gloves, 1, to: ClinicID(9))).thenRefused(.unknownReference)
    store.when(DispatchTransfer.with { $0.to = Clinic.south }).thenRefused(.fieldRequired)
    let euro = store.by(.staff(1), .admin).given(
      DefineClinic.with {
        $0 = Clinic.defineClinic
        $0.name = "East"
        $0.currency = .eur
      }
    ).atTheStore
    euro.when(send(Clinic.gloves, 1, to: ClinicID(3))).thenRefused(.currencyMismatch)
  }

  @Test func `arrives after it left, with something, and is known`() {
    let before = Clinic.moment("2026-03-01T09:00:00Z")
    sent.at(before, recorded: Clinic.nine.instant).when(arrive(everything: true))
      .thenRefused(StockRefusal.beforeDispatch(TransferID(1), Clinic.nine.instant))
    sent.when(arrive()).thenRefused(.fieldRequired)
    sent.when(arrive(differences: missing(Clinic.screw, 1, lot: "A", .unspecified)))
      .thenRefused(.fieldRequired)
    sent.when(arrive(part(Clinic.screw, 0, lot: "A"))).thenRefused(.outOfRange)
    store.when(arrive(everything: true)).thenRefused(.unknownReference)
  }

  @Test func `of two lines of one lot makes one`() {
    var twice = send(Clinic.gloves, 2)
    twice.lines.append(part(Clinic.gloves, 3))
    let lines = store.when(twice).events.first.flatMap {
      try? $0.decoded(as: StockTransferDispatched.self).lines
    }
    #expect(lines?.map(\.quantity) == [units(5)])
    #expect(lines?.map(\.value) == [cents(50)])
  }
}
