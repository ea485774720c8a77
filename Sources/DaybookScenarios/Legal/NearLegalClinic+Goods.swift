import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension NearLegalClinic {
  /// Goods that come in and go back.
  static let goods: [Maker] = [
    { near, _, now in near.receivedTomorrow(now) },
    { near, _, _ in near.receivedWithoutLot() },
    { near, _, _ in near.receivedWithoutExpiry() },
    { near, state, _ in near.otherExpiry(state) },
    { near, state, _ in near.beyondOrder(state) },
    { near, _, _ in near.orderedTwice() },
    { near, state, _ in near.gaveBackTwice(state) },
    { near, state, _ in near.orderEnded(state) },
  ]

  /// Shelves, transfers, lots and the steriliser.
  static let shelves: [Maker] = [
    { near, state, _ in near.issuedTooMuch(state) },
    { near, _, _ in near.countedBelowNothing() },
    { near, state, _ in near.sentNowhere(state) },
    { near, state, _ in near.arrivedTwiceAsMuch(state) },
    { near, state, _ in near.releasedAlone(state) },
    { near, state, _ in near.heldAgain(state) },
    { near, state, now in near.cycleGap(state, now) },
  ]

  private func receive(_ change: (inout GoodsLine) -> Void) -> ReceiveGoods {
    var line = GoodsLine()
    line.item = LegalClinic.gloves
    line.quantity = .one
    line.value = legal.dollars(100)
    change(&line)
    return .with {
      $0.supplier = LegalClinic.suppliers[0]
      $0.lines = [line]
    }
  }

  private func receivedTomorrow(_ now: Instant) -> Nearly? {
    (LegalCommand(receive { _ in }, .buyer, effective: now + .day), .futureNotAllowed)
  }

  private func receivedWithoutLot() -> Nearly? {
    (LegalCommand(receive { $0.item = LegalClinic.cream }, .buyer), .lotRequired)
  }

  private func receivedWithoutExpiry() -> Nearly? {
    let goods = receive {
      $0.item = LegalClinic.screw
      $0.lot = "S9"
    }
    return (LegalCommand(goods, .buyer), .expiryRequired)
  }

  private mutating func otherExpiry(_ state: DeskState) -> Nearly? {
    guard let known = state.stock.itemLot("S3", of: LegalClinic.screw), known.hasCome,
      let expiry = known.expiry
    else { return nil }
    let goods = receive {
      $0.item = LegalClinic.screw
      $0.lot = "S3"
      $0.expiry = expiry.advanced(by: 1)
    }
    return (LegalCommand(goods, .buyer), .invalidState)
  }

  private mutating func beyondOrder(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.stock.orders) { order in
      order.isOpen && order.lines.contains { $0.item == LegalClinic.gloves }
    }
    guard let (id, order) = found,
      let line = order.lines.first(where: { $0.item == LegalClinic.gloves })
    else { return nil }
    var goods = receive { $0.quantity = Quantity(thousandths: line.ordered * 2 + 1) }
    goods.order = id
    goods.supplier = nil
    return (LegalCommand(goods, .buyer, at: order.clinic), .quantityExceeded)
  }

  private func orderedTwice() -> Nearly? {
    let line = OrderRequest.with {
      $0.item = LegalClinic.gloves
      $0.quantity = .one
    }
    let order = PlacePurchaseOrder.with {
      $0.supplier = LegalClinic.suppliers[0]
      $0.lines = [line, line]
    }
    return (LegalCommand(order, .buyer), .invalidState)
  }

  private mutating func gaveBackTwice(_ state: DeskState) -> Nearly? {
    let found = legal.find(in: state.stock.receipts) { $0.supplier != nil && !$0.lines.isEmpty }
    guard let (id, receipt) = found, let line = receipt.lines.first else { return nil }
    let whole = receipt.lines.filter { $0.item == line.item && $0.lot == line.lot }
      .reduce(0) { $0 + $1.quantity - $1.returned }
    let key = StockKey(clinic: receipt.clinic, item: line.item)
    guard let lot = state.stock.lot(line.lot, at: key), lot.onHand > whole else { return nil }
    let back = ReturnGoods.with {
      $0.receipt = id
      $0.lines = [
        .with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = Quantity(thousandths: whole + 1)
        }
      ]
      $0.reason = "too much"
    }
    return (LegalCommand(back, .buyer, at: receipt.clinic), .quantityExceeded)
  }

  private mutating func orderEnded(_ state: DeskState) -> Nearly? {
    guard let (id, order) = legal.find(in: state.stock.orders, { !$0.isOpen }) else { return nil }
    let close = ClosePurchaseOrder.with {
      $0.order = id
      $0.reason = .complete
    }
    return (LegalCommand(close, .buyer, at: order.clinic), .invalidState)
  }

  // MARK: - Shelves

  private mutating func issuedTooMuch(_ state: DeskState) -> Nearly? {
    let key = StockKey(clinic: legal.here, item: ItemID(UInt64(legal.dice.from(1...4))))
    guard let lot = legal.one(of: state.stock.shelf(of: key)) else { return nil }
    let issue = IssueStock.with {
      $0.item = key.item
      $0.lot = lot.lot
      $0.quantity = Quantity(thousandths: lot.onHand + 1)
      $0.purpose = .damaged
    }
    return (LegalCommand(issue, .buyer), .insufficientStock)
  }

  private func countedBelowNothing() -> Nearly? {
    let count = CountStock.with {
      $0.lines = [
        .with {
          $0.item = LegalClinic.gloves
          $0.counted = Quantity(thousandths: -1)
        }
      ]
    }
    return (LegalCommand(count, .buyer), .outOfRange)
  }

  private mutating func sentNowhere(_ state: DeskState) -> Nearly? {
    let send = DispatchTransfer.with {
      $0.to = legal.here
      $0.lines = [
        .with {
          $0.item = LegalClinic.gloves
          $0.quantity = .one
        }
      ]
    }
    return (LegalCommand(send, .buyer), .invalidState)
  }

  private mutating func arrivedTwiceAsMuch(_ state: DeskState) -> Nearly? {
    guard let (id, transfer) = legal.find(in: state.stock.transfers, { !$0.lines.isEmpty }),
      let line = transfer.lines.first
    else { return nil }
    let receive = ReceiveTransfer.with {
      $0.transfer = id
      $0.lines = [
        .with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = Quantity(thousandths: line.quantity + 1)
        }
      ]
    }
    return (LegalCommand(receive, .buyer, at: transfer.to), .quantityExceeded)
  }

  private func status(
    of lot: (item: ItemID, lot: String), _ change: (inout SetLotStatus) -> Void
  ) -> LegalCommand {
    let set = SetLotStatus.with {
      $0.item = lot.item
      $0.lot = lot.lot
      $0.reason = "a notice"
      change(&$0)
    }
    return LegalCommand(set, .buyer)
  }

  private mutating func lot(
    _ state: DeskState, _ status: LotStatus
  ) -> (item: ItemID, lot: String)? {
    for (item, stem) in [(LegalClinic.screw, "S"), (LegalClinic.cream, "C")] {
      for number in 0..<4 {
        let lot = "\(stem)\(number)"
        if state.stock.itemLot(lot, of: item)?.status(at: .max) == status { return (item, lot) }
      }
    }
    return nil
  }

  /// A recalled lot is released by two.
  private mutating func releasedAlone(_ state: DeskState) -> Nearly? {
    guard let lot = lot(state, .recalled) else { return nil }
    let made = status(of: lot) {
      $0.status = .released
      $0.approver = legal.who
    }
    return (made, .needsSecondPerson)
  }

  private mutating func heldAgain(_ state: DeskState) -> Nearly? {
    guard let lot = lot(state, .held) else { return nil }
    return (status(of: lot) { $0.status = .held }, .invalidState)
  }

  private mutating func cycleGap(_ state: DeskState, _ now: Instant) -> Nearly? {
    let run = RecordSterilisation.with {
      $0.steriliser = LegalClinic.steriliser
      $0.number = state.equipment.lastCycle(of: LegalClinic.steriliser) + 2
      $0.programme = "134 °C"
      $0.start = now - 1_800_000
      $0.end = now
      $0.result = .passed
      $0.trays = [
        .with {
          $0.item = LegalClinic.tray
          $0.tray = "tray 1"
        }
      ]
    }
    return (LegalCommand(run, .practitioner, at: LegalClinic.north), .numberGap)
  }
}
