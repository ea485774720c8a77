import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

extension LegalClinic {
  /// What is taken from the shelves, counted, sent to the other clinic and called back.
  static let shelves: Makers = [
    (.issue, { clinic, state, now in clinic.issue(state, now) }),
    (.count, { clinic, state, now in clinic.count(state, now) }),
    (.dispatch, { clinic, state, now in clinic.dispatch(state, now) }),
    (.arrivalOfGoods, { clinic, state, _ in clinic.arrivalOfGoods(state) }),
    (.lotStatus, { clinic, state, now in clinic.lotStatus(state, now) }),
  ]

  /// A lot at the clinic of which something can be taken at a time.
  private mutating func lot(
    _ state: DeskState, at time: Instant
  ) -> (item: ItemID, lot: String, available: Int64)? {
    let item = ItemID(UInt64(dice.from(1...size.items)))
    let key = StockKey(clinic: here, item: item)
    guard let shelf = one(of: state.stock.shelf(of: key)),
      let record = state.stock.lot(shelf.lot, at: key)
    else { return nil }
    let available = state.stock.lowest(of: record, from: time)
    return available > 0 ? (item, shelf.lot, available) : nil
  }

  private mutating func issue(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let at = lately(state, now)
    guard let (item, lot, available) = lot(state, at: at) else { return nil }
    let purposes: [IssuePurpose] = [.internal, .internal, .damaged, .lost, .expired]
    let issue = IssueStock.with {
      $0.item = item
      $0.lot = lot
      $0.quantity = Quantity(thousandths: Int64(dice.from(1...Int(available))))
      $0.purpose = purposes[dice.below(purposes.count)]
    }
    return LegalCommand(issue, .buyer, effective: at)
  }

  /// As the books have it or otherwise; of an earlier time only more, which nothing taken since can
  /// contradict.
  private mutating func count(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let at = lately(state, now)
    var lines: Few<CountRequest> = []
    let first = size.items > 4 ? dice.below(size.items) : 0
    for offset in 0..<4 {
      let number = UInt64((first + offset) % size.items) + 1
      let key = StockKey(clinic: here, item: ItemID(number))
      guard let shelf = one(of: state.stock.shelf(of: key)),
        let record = state.stock.lot(shelf.lot, at: key)
      else { continue }
      let balance = state.stock.balance(of: record, at: at)
      let off = Int64(at < now ? dice.below(2_000) : dice.from(-3_000...2_000))
      lines.append(
        .with {
          $0.item = key.item
          $0.lot = shelf.lot
          $0.counted = Quantity(thousandths: max(0, dice.chance(40) ? balance : balance + off))
        })
    }
    guard !lines.isEmpty else { return nil }
    return LegalCommand(CountStock.with { $0.lines = lines }, .buyer, effective: at)
  }

  private mutating func dispatch(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    guard let (item, lot, available) = lot(state, at: now) else { return nil }
    let send = DispatchTransfer.with {
      $0.to = elsewhere()
      $0.lines = [
        .with {
          $0.item = item
          $0.lot = lot
          $0.quantity = Quantity(thousandths: part(of: available))
        }
      ]
    }
    return LegalCommand(send, .buyer)
  }

  private mutating func arrivalOfGoods(_ state: DeskState) -> LegalCommand? {
    guard let (id, record) = find(in: state.stock.transfers, { !$0.lines.isEmpty }),
      let line = record.lines.first
    else { return nil }
    var receive = ReceiveTransfer()
    receive.transfer = id
    if dice.chance(25) {
      let quantity = Quantity(thousandths: part(of: line.quantity))
      let explanations: [TransferExplanation] = [.lost, .damaged, .neverLeft]
      receive.differences = [
        .with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = quantity
          $0.explanation = explanations[dice.below(3)]
        }
      ]
      // The sender explains, the receiver also receives.
      if dice.chance(50) { return LegalCommand(receive, .buyer, at: record.from) }
      receive.everything = dice.chance(50)
    } else if dice.chance(50) {
      receive.everything = true
    } else {
      receive.lines = [
        .with {
          $0.item = line.item
          $0.lot = line.lot
          $0.quantity = Quantity(thousandths: part(of: line.quantity))
        }
      ]
    }
    return LegalCommand(receive, .buyer, at: record.to)
  }

  private mutating func lotStatus(_ state: DeskState, _ now: Instant) -> LegalCommand? {
    let like = dice.chance(50) ? Self.screw : Self.cream
    let item = item(like: like)
    let lot = Self.lot(like, dice.below(4), on: day(now, state)).lot
    let status = state.stock.itemLot(lot, of: item)?.status(at: .max) ?? .unspecified
    let set = SetLotStatus.with {
      $0.item = item
      $0.lot = lot
      // What is blocked is mostly released again.
      switch status {
      case .recalled: $0.status = .released
      case .held: $0.status = dice.chance(80) ? .released : .recalled
      case .unspecified, .released: $0.status = dice.chance(60) ? .held : .recalled
      }
      $0.reason = "a notice"
      $0.approver = other
    }
    return LegalCommand(set, .buyer)
  }
}
