import Daybook
import DaybookTool
import Testing

/// The shopkeeper's lines of TOOL's section on recording, typed as they are written there.
@Suite struct `The shopkeeper's day` {
  @Test func `a till is opened, sold from, counted and closed`() async throws {
    let bench = try await Bench.withShop()
    let opened = await bench.type("record open-till T1 --float 150.00")
    #expect(opened.answer.contains("float 150.00"), "\(opened.said)")
    let sold = await bench.type(
      "record sell --line 'apples 1.250kg' --line 'pears 0.8kg @2.10' --line 'bag 1' --cash 20.00")
    #expect(sold.answer.hasPrefix("S1  total 5.31  change 14.69\n"), "\(sold.answer) \(sold.said)")
    for amount in ["250.00", "9.69"] {
      let more = await bench.type("record sell --line 'GIFT 1 @\(amount)' --cash \(amount)")
      #expect(more.status == .done, "\(more.said)")
    }
    let card = await bench.type("record sell --line 'GIFT 1 @880.00' --by card")
    #expect(card.status == .done, "\(card.said)")
    let closed = await bench.type(
      "record close-till T1 --count cash=412.50 --count card=880.00")
    #expect(
      closed.answer.contains("expected 415.00, short 2.50"), "\(closed.answer) \(closed.said)")
    #expect(await bench.run("verify").status == .done)
  }

  @Test func `without an open till cash is refused`() async throws {
    let bench = try await Bench.withShop()
    let sold = await bench.type("record sell --line 'bag 1' --cash 20.00")
    #expect(sold.status == .refused)
    #expect(sold.said.contains("tillNotOpen"), "\(sold.said)")
  }

  @Test func `goods come in for an order, and go bad`() async throws {
    let bench = try await Bench.withShop()
    let placed = await bench.type("record order depot --line 'GLOVES-M 10box @4.20'")
    #expect(placed.answer.hasPrefix("PO1"), "\(placed.said)")
    let received = await bench.type(
      "record receive PO1 --line 'GLOVES-M 10box @4.20 lot=L77 exp=2027-09'")
    #expect(received.answer.hasPrefix("R"), "\(received.said)")
    let wasted = await bench.type("record waste 'pears 3kg' --reason spoiled")
    #expect(wasted.answer == "3kg I2 pears spoiled or broken\n", "\(wasted.answer) \(wasted.said)")
    let counted = await bench.type("record count --line 'apples 99kg'")
    #expect(counted.answer.contains("99kg I1 apples"), "\(counted.answer) \(counted.said)")
  }
}

extension Bench {
  /// A bench in a shop with apples, pears, bags and gloves on its shelves.
  static func withShop() async throws -> Bench {
    var bench = try Bench()
    bench.actor = "D1"
    for line in [
      "init --name Frutas --admin 'Ana Gil'",
      "record set-roles D1 admin reception practitioner cashier buyer accountant payroll",
      "record register-party supplier Depot",
      "record set-tax IVA0 0 --class zero --from 2026-01-01",
      "record define-item apples Apples --unit kg --tax-code IVA0",
      "record define-item pears Pears --unit kg --tax-code IVA0",
      "record define-item bag Bag --unit piece --tax-code IVA0",
      "record define-item GIFT Gift --unit piece --tax-code IVA0",
      "record define-item GLOVES-M Gloves --unit piece --pack box=100 --lot-tracked "
        + "--expiry-tracked",
      "record set-price apples 2.80", "record set-price bag 0.13",
      "record receive depot --line 'apples 100kg @1.00' --line 'pears 50kg @1.00' "
        + "--line 'bag 100 @0.05' --line 'GIFT 10 @1.00'",
    ] {
      let run = await bench.type(line)
      try #require(run.status == .done, "\(line): \(run.said)")
    }
    return bench
  }
}
