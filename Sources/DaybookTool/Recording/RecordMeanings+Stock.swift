#if Tool
  import Daybook

  extension RecordMeanings {
    static let purchasing: [RecordMeaning] = [
      RecordMeaning(PurchaseOrderPlaced.self) { order, words in
        ["\(order.order)", "to \(words.name(order.supplier))"]
          + order.lines.map { words.quantity($0.quantity, $0.item) }
          + (order.due.map { ["due \($0)"] } ?? [])
      },
      RecordMeaning(PurchaseOrderClosed.self) { order, _ in
        ["\(order.order)", "\(order.reason)"]
      },
      RecordMeaning(GoodsReturned.self) { returned, words in
        ["\(returned.receipt)", "back to \(words.name(returned.supplier))"]
          + returned.lines.map { words.quantity($0.quantity, $0.item) }
      },
      RecordMeaning(StockTransferDispatched.self) { transfer, words in
        ["\(transfer.transfer)", "to \(words.name(transfer.to))"]
          + transfer.lines.map { words.quantity($0.quantity, $0.item) }
      },
      RecordMeaning(StockTransferReceived.self) { transfer, words in
        ["\(transfer.transfer)", "from \(words.name(transfer.from))"]
          + transfer.lines.map { words.quantity($0.quantity, $0.item) }
          + transfer.differences.map { "\($0.quantity) \($0.explanation)" }
      },
      RecordMeaning(StockCounted.self) { count, words in
        ["\(count.count)"]
          + count.lines.map { line in
            let variance = line.variance == .zero ? "" : ", \(line.variance) against the books"
            return words.quantity(line.counted, line.item) + variance
          }
      },
      RecordMeaning(LotStatusSet.self) { set, words in
        [words.name(set.item), "lot \(set.lot.printable)", "\(set.status)"]
      },
      RecordMeaning(SterilisationRecorded.self) { cycle, words in
        [
          "\(cycle.cycle)", words.name(cycle.steriliser), "number \(cycle.number)",
          "\(cycle.result)",
        ]
      },
      RecordMeaning(EquipmentServiced.self) { serviced, words in
        [words.name(serviced.resource), "\(serviced.type)", "\(serviced.result)"]
          + (serviced.supplier.map { ["by \(words.name($0))"] } ?? [])
          + (serviced.cost.map { ["cost \(words.money($0))"] } ?? [])
          + (serviced.nextDue.map { ["next due \($0)"] } ?? [])
      },
    ]
  }
#endif
