#if Tool
  import Daybook

  /// Shows the books as they grow: each event that comes, whoever records it, with its entry.
  struct ReplayWatch {
    let open: OpenBook
    let path: String
    let until: Position?
    let clinic: UInt64?
    let output: OutputOptions
    var filter: StepFilter

    /// Prints what comes behind `position`, until somebody ends it or nobody reads any more.
    mutating func run(behind position: Position) throws {
      let context = ToolContext.current
      if filter.asksForPatient, position > .start {
        try learn(through: position)
      }
      let host = try open.host(at: position, fromCheckpoints: true, output)
      let page = StepPage()
      let books: Snapshot<AccountingModel> = host.snapshot()
      var steps = BookSteps(books.model, from: position.next, clinic: clinic)
      var follower = LogFollower(path, in: context.world, from: position.next)
      var wait = FollowWait(idleMilliseconds: nil)
      var isComplete = until.map { position >= $0 } ?? false
      context.output.say("daybook: watching from position \(position.next) on; ^C ends it\n")
      while !isComplete, !context.output.isEnough {
        var text = ""
        let count = try follower.read(bytes: 64 << 10) { record in
          if isComplete { return }
          try host.apply(record)
          text += try shown(record, host, page, &steps)
          if let until, record.header.position >= until { isComplete = true }
        }
        try context.output.write(text)
        if count > 0 {
          wait.events()
        } else {
          guard let pause = wait.next(&follower) else { return }
          context.world.pauses.pause(nanoseconds: pause)
        }
      }
    }

    /// Takes in what is a patient's own until now.
    private mutating func learn(through position: Position) throws {
      var filter = filter
      try open.withLog { log in
        try log.scan(from: Position(1), through: position) { _ = try filter.wants($0) }
      }
      self.filter = filter
    }

    /// The event as it is printed; nothing for one that is not asked for.
    private mutating func shown(
      _ record: RecordView, _ host: ProjectionHost, _ page: StepPage, _ steps: inout BookSteps
    ) throws -> String {
      let books: Snapshot<AccountingModel> = host.snapshot()
      let register: Snapshot<Register> = host.snapshot()
      let step = steps.step(books.model, at: record.header.position)
      guard try filter.wants(record) else { return "" }
      return try page.text(record, step, register.model, width: output.width)
    }
  }
#endif
