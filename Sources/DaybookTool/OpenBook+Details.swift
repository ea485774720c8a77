#if Tool
  import Daybook

  extension OpenBook {
    /// Reads what the events at some positions say of their entries: those frames of the log alone.
    ///
    /// - Parameter positions: They ascend.
    func details(of positions: [Position]) throws -> EventDetails {
      var details = EventDetails()
      // Where actions begin, and under which reference; only asked for a key.
      var sources: [Position: String] = [:]
      var begun: Set<Position> = []
      let decoder = EventDecoder()
      for run in Self.runs(positions) {
        var next = run.startIndex
        try withLog { log in
          try log.scan(from: run[run.startIndex], through: run[run.endIndex - 1]) { record in
            let position = record.header.position
            if record.header.beginsAction {
              begun.insert(position)
              if let source = record.source?.reference.text() { sources[position] = source }
            }
            guard next < run.endIndex, position == run[next] else { return }
            next += 1
            details.append(try EventDetail(Event(record, decoder)))
          }
        }
      }
      // The reference of an action stands in its first event, which may make no entry.
      try details.nameSources { action in
        if !begun.contains(action) {
          try withLog { log in
            try log.scan(from: action, through: action) { record in
              if let source = record.source?.reference.text() { sources[action] = source }
            }
          }
          begun.insert(action)
        }
        return sources[action]
      }
      return details
    }

    /// Positions that are read in one go, since little lies between them.
    private static func runs(_ positions: [Position]) -> [ArraySlice<Position>] {
      var runs: [ArraySlice<Position>] = []
      var start = positions.startIndex
      for index in positions.indices.dropFirst()
      where positions[index].number - positions[index - 1].number > 1024 {
        runs.append(positions[start..<index])
        start = index
      }
      if start < positions.endIndex { runs.append(positions[start...]) }
      return runs
    }
  }
#endif
