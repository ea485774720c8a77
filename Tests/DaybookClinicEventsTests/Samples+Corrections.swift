import DaybookClinicEvents
import DaybookEvents
import DaybookValues

extension Samples {
  static func corrections() throws -> [EventSample] {
    [
      try EventSample(
        full: Reversed.with {
          $0.of = Position(81_377)
          $0.reason = "charged twice"
          $0.family = 3
          $0.tag = 1
          $0.originalAt = after(seconds: -86_400)
          $0.originalOffset = UTCOffset(seconds: 3600)
          $0.payload = [0x08, 0xb7, 0x02]
          $0.takenAlongBy = Position(81_376)
          $0.approver = StaffID(1)
        },
        minimal: Reversed.with {
          $0.of = Position(81_377)
          $0.reason = "twice"
          $0.family = 3
          $0.tag = 1
          $0.originalAt = after(seconds: 0)
          $0.payload = [0x08, 0x02]
        })
    ]
  }
}
