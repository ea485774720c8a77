import DaybookBytes
import DaybookValues
import DaybookWorld

/// The segments of a damaged log that something can be read of.
struct SalvageSource {
  struct Segment {
    var name: SegmentName
    var header: SegmentHeader
    /// What seals it, where that can be read.
    var footer: SegmentFooter?
    /// Why its header was put together from what its neighbours say; nil where it was read.
    var headerFault: String?
  }

  let directory: LogDirectory
  /// In order; each has a header, and at least one valid frame if that was put together.
  private(set) var segments: [Segment] = []
  /// The last position that was acknowledged, where the page can be believed; else `.start`.
  private(set) var watermark = Position.start

  /// Looks a log over, which nobody may be writing.
  ///
  /// - Throws: `.noLog`, `.locked`, `.newerVersion`, `.unknownFeature`, `.file`; `.damaged` where no
  ///   header of any segment can be read, since no checksum can be told without one.
  init(_ directory: LogDirectory, in files: any FileSystem) throws(LogError) {
    self.directory = directory
    let names = try directory.segmentNames(in: files)
    if names.isEmpty { throw LogError(.noLog, detail: directory.root) }
    do throws(FileError) {
      if case .held(let pid) = try files.lockState(directory.lock) {
        throw FileError(operation: "salvage", path: directory.lock, kind: .locked(pid: pid))
      }
    } catch {
      throw LogError(error)
    }
    let page = try SalvageSource.unlessDamaged { () throws(LogError) in
      try TailPage(directory.tail, in: files, writable: false)
    }
    var headers: [SegmentHeader?] = []
    var faults: [String] = []
    for name in names {
      do throws(LogError) {
        let header = try SalvageSource.header(name, in: directory, files)
        headers.append(header)
        faults.append("")
      } catch {
        guard error.kind == .damaged else { throw error }
        headers.append(nil)
        faults.append(error.detail)
      }
    }
    let ofPage = headers.compactMap(\.self).first { $0.logID == page??.logID }
    guard let model = ofPage ?? headers.compactMap(\.self).first else {
      throw LogError(
        .damaged, segment: "\(names[0])",
        detail: "no segment has a header that can be read, and nothing can be checked without one")
    }
    if let page, let page { try believe(page, model.logID) }
    for (index, name) in names.enumerated() {
      if let header = headers[index],
        header.logID != model.logID
          || header.checksumSeed != model.checksumSeed || header.firstPosition != name.firstPosition
      {
        headers[index] = nil
        faults[index] = "it belongs to another log or another place"
      }
    }
    for (index, name) in names.enumerated() {
      if let segment = try segment(index, name, headers, faults[index], model, files) {
        segments.append(segment)
      }
    }
  }

  private mutating func believe(_ page: TailPage, _ logID: LogID) throws(LogError) {
    let found = try SalvageSource.unlessDamaged { () throws(LogError) in
      try page.watermark(of: logID)
    }
    watermark = found ?? .start
  }

  private static func unlessDamaged<Value>(
    _ body: () throws(LogError) -> Value
  ) throws(LogError) -> Value? {
    do throws(LogError) { return try body() } catch {
      if error.kind == .damaged { return nil }
      throw error
    }
  }

  private static func header(
    _ name: SegmentName, in directory: LogDirectory, _ files: any FileSystem
  ) throws(LogError) -> SegmentHeader {
    let file: any File
    do throws(FileError) {
      file = try files.open(directory.segment(name), .read)
    } catch {
      throw LogError(error, segment: "\(name)")
    }
    defer { file.close() }
    return try SegmentFacts.readHeader(file, name)
  }

  /// The segment at `index`, if something can be read of it.
  private func segment(
    _ index: Int, _ name: SegmentName, _ headers: [SegmentHeader?], _ fault: String,
    _ model: SegmentHeader, _ files: any FileSystem
  ) throws(LogError) -> Segment? {
    let file: any File
    let size: UInt64
    var segment: Segment?
    do throws(FileError) {
      file = try files.open(directory.segment(name), .read)
      size = try file.size()
      if let header = headers[index] {
        segment = Segment(name: name, header: header)
      } else {
        for number in SalvageSource.numbers(at: index, headers) where segment == nil {
          let header = SegmentHeader(
            logID: model.logID, number: number, firstPosition: name.firstPosition,
            created: Instant(), checksumSeed: model.checksumSeed)
          var window = ReadWindow(file)
          let found = try FrameSearch.first(
            in: &window, of: header, from: UInt64(SegmentHeader.byteCount), to: size)
          if found != nil {
            segment = Segment(name: name, header: header, headerFault: fault)
          }
        }
      }
    } catch {
      throw LogError(error, segment: "\(name)")
    }
    defer { file.close() }
    guard var segment else { return nil }
    let footer = try SegmentFacts.readFooter(
      file, segment.header, name, size: size, searchesBehindZeros: true)
    if case .success(let found) = footer { segment.footer = found }
    return segment
  }

  /// The numbers that a segment without a header may have, by its neighbours and its place.
  private static func numbers(at index: Int, _ headers: [SegmentHeader?]) -> [UInt64] {
    var numbers: [UInt64] = []
    func add(_ number: UInt64) {
      if number > 0, !numbers.contains(number) { numbers.append(number) }
    }
    if let before = headers[..<index].lastIndex(where: { $0 != nil }), let header = headers[before]
    {
      add(header.number + UInt64(index - before))
    }
    if let after = headers[index...].firstIndex(where: { $0 != nil }), let header = headers[after],
      header.number > UInt64(after - index)
    {
      add(header.number - UInt64(after - index))
    }
    add(UInt64(index + 1))
    return numbers
  }
}
