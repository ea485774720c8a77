#if Tool
  import Daybook
  import DaybookBytes

  /// Which events are walked through.
  struct StepFilter {
    private let types: [String]
    private let streams: [StreamID]
    private let clinic: UInt64?
    private let patient: PatientID?
    private let catalogue: Catalogue
    private let currency: (UInt64) -> Currency
    private let printer = PayloadPrinter()
    /// What is the patient's own: the visits, charges and payments that name the patient.
    private var own: Set<StreamID> = []

    /// - Parameters:
    ///   - types: Names of events, `PaymentReceived`, or what a bookkeeper calls them, `payment`.
    ///   - register: What currency amounts are printed in.
    init(
      types: [String], streams: [StreamID], clinic: UInt64?, patient: PatientID?,
      _ register: Register
    ) throws {
      catalogue = ToolContext.current.catalogue
      let events = catalogue.families.flatMap(\.events).map(\.name)
      self.types = try types.flatMap { type in
        let found = events.filter {
          $0.lowercased() == type.lowercased() || EventWords.words(for: $0) == type.lowercased()
        }
        guard !found.isEmpty else {
          throw ToolFailure.usage(
            "no event is called \(type.quoted); `daybook log info` lists those of the book")
        }
        return found
      }
      self.streams = streams
      self.clinic = clinic
      self.patient = patient
      currency = { register.currency(ofClinic: $0) }
      if let patient { own = [patient.stream] }
    }

    /// Whether it must see every event from the first on.
    var asksForPatient: Bool { patient != nil }

    /// Whether an event is one of those; events come in order, each once.
    mutating func wants(_ record: RecordView) throws -> Bool {
      let header = record.header
      let isPatients = try isOfPatient(record)
      if let clinic, header.clinic != clinic { return false }
      if !streams.isEmpty, !streams.contains(header.stream) { return false }
      if !types.isEmpty, !types.contains(catalogue.name(of: header)) { return false }
      return isPatients
    }

    private mutating func isOfPatient(_ record: RecordView) throws -> Bool {
      guard let patient else { return true }
      let header = record.header
      if own.contains(header.stream) { return true }
      if header.correlation > 0, own.contains(StreamID(.visit, header.correlation)) {
        return true
      }
      let payload = try catalogue.event(header.family, header.tag)?.text(
        of: record, currency: currency(header.clinic), as: .json, by: printer)
      guard payload?.contains("\"\(patient)\"") ?? false else { return false }
      if Self.personal.contains(header.stream.kind) { own.insert(header.stream) }
      return true
    }

    /// The kinds of things that are one patient's.
    private static let personal: [StreamKind] = [
      .appointment, .visit, .encounter, .charge, .payment, .claim, .package, .plan, .request,
      .sale, .saleReturn, .invoice,
    ]
  }
#endif
