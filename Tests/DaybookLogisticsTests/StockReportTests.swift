import DaybookClinicEvents
import DaybookLogistics
import DaybookReporting
import DaybookValues
import Testing

@Suite struct `Stock reports` {
  @Test func `of an empty book are empty`() throws {
    let model = LogisticsModel()
    let query = StockQuery()
    #expect(try StockOnHandReport.report(from: model, asOf: .start, query).rows.isEmpty)
    #expect(try StockMovementsReport.report(from: model, asOf: .start, query).rows.isEmpty)
    #expect(try StockRecallReport.report(from: model, asOf: .start, query).rows.isEmpty)
  }
}
