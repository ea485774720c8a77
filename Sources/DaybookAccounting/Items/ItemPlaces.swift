import DaybookBytes
import DaybookEvents
import DaybookValues

/// The latest item of each document and of each party: where their chains begin.
struct ItemPlaces: Sendable {
  // Kinds of documents in the order in which they were met: there are but a few.
  private var kinds: [UInt16] = []
  private var documents: [DenseIndex] = []
  private var parties = Array(repeating: DenseIndex(), count: 4)
  /// Of a patient's charges, those that another owes.
  private var patients = DenseIndex()

  /// The latest item of a document; nil where it has none.
  func item(of document: DocumentKey) -> Int? {
    let stream = document.stream
    guard let place = kinds.firstIndex(of: stream.kind.number) else { return nil }
    return documents[place][stream.number]
  }

  mutating func set(_ item: Int, of document: DocumentKey) {
    let stream = document.stream
    let place = kinds.firstIndex(of: stream.kind.number) ?? kinds.count
    if place == kinds.count {
      kinds.append(stream.kind.number)
      documents.append(DenseIndex())
    }
    documents[place][stream.number] = item
  }

  /// The latest item of a `PartyKey`; nil where it has none.
  func item(ofParty party: UInt32) -> Int? {
    parties[Int(party >> 30)][UInt64(party & 0x3fff_ffff)]
  }

  mutating func set(_ item: Int, ofParty party: UInt32) {
    parties[Int(party >> 30)][UInt64(party & 0x3fff_ffff)] = item
  }

  /// The latest item of a patient's charge that another owes; nil where there is none.
  func item(ofPatient number: UInt32) -> Int? { patients[UInt64(number)] }

  mutating func set(_ item: Int, ofPatient number: UInt32) { patients[UInt64(number)] = item }
}

extension ItemPlaces: Checkpointed {
  mutating func describe(_ parts: inout CheckpointParts) throws(WireError) {
    try parts.visit("kinds", &kinds)
    if parts.isReading {
      documents = Array(repeating: DenseIndex(), count: kinds.count)
    }
    for index in documents.indices { try parts.visit("document-\(index)", &documents[index]) }
    for index in parties.indices { try parts.visit("party-\(index)", &parties[index]) }
    try parts.visit("patients", &patients)
  }
}
