#if Tool
  import Daybook

  /// A report as the reference has it: every column that it may have, and when it has it.
  struct DescribedReport {
    /// A column that a report may have.
    struct Part {
      var column: Column
      /// What is to be asked to have it, `with --by`, or not to have it; empty where it is always there.
      var when = ""
    }

    var name: String
    var title: String
    var parts: [Part]

    var shape: ReportShape {
      ReportShape(
        name: name, title: title,
        parts: parts.map { ReportShape.Part($0.column, isAlways: $0.when.isEmpty) })
    }

    /// The reports that forms come to, in the order in which their names appear.
    static func all(of forms: [ReportForm]) -> [DescribedReport] {
      var names: [String] = []
      for form in forms where !names.contains(form.report.name) { names.append(form.report.name) }
      return names.map { name in
        DescribedReport(name, forms.filter { $0.report.name == name })
      }
    }

    private init(_ name: String, _ forms: [ReportForm]) {
      self.name = name
      title = forms[0].report.title
      parts = []
      for form in forms {
        let columns = form.report.possibleColumns
        var place = 0
        for column in columns {
          if let known = parts.firstIndex(where: { $0.column.isSame(as: column) }) {
            place = known + 1
            continue
          }
          // Behind what other questions have in the same place.
          while place < parts.count,
            !columns.contains(where: { parts[place].column.isSame(as: $0) }),
            !forms[0].report.columns.contains(where: { parts[place].column.isSame(as: $0) })
          {
            place += 1
          }
          parts.insert(Part(column: column), at: place)
          place += 1
        }
      }
      parts = Self.inOrder(parts, forms)
      // What all forms are asked with tells none of them.
      var asked = forms.map(\.asked)
      let shared = asked[0].filter { step in asked.allSatisfy { $0.contains(step) } }
      asked = asked.map { $0.filter { !shared.contains($0) } }
      for index in parts.indices {
        let has = forms.map { form in
          form.report.possibleColumns.contains { $0.isSame(as: parts[index].column) }
        }
        parts[index].when = Self.when(asked, has)
      }
    }

    /// The columns so that those of every form follow each other as they do there, as far as forms agree;
    /// else in the order in which they are given. What rows are summed up by stands first in its form,
    /// wherever the rows themselves have it.
    private static func inOrder(_ parts: [Part], _ forms: [ReportForm]) -> [Part] {
      let orders = forms.map { form in
        let isSummed = form.asked.contains { ["--by", "--pivot"].contains($0.name) }
        return form.report.possibleColumns.drop { isSummed && !$0.isFigure }.compactMap { column in
          parts.firstIndex { $0.column.isSame(as: column) }
        }
      }
      var before = [Set<Int>](repeating: [], count: parts.count)
      for order in orders {
        for (one, next) in zip(order, order.dropFirst()) where one != next {
          before[next].insert(one)
        }
      }
      var (left, sorted) = (Array(parts.indices), [Part]())
      while let first = left.first {
        let next = left.first { index in before[index].isDisjoint(with: left) } ?? first
        sorted.append(parts[next])
        left.removeAll { $0 == next }
      }
      return sorted
    }

    /// What is to be asked to have a column, by which questions have it.
    private static func when(_ asked: [[ReportForm.Step]], _ has: [Bool]) -> String {
      let with = zip(asked, has).filter(\.1).map(\.0)
      let without = zip(asked, has).filter { !$0.1 }.map(\.0)
      if without.isEmpty { return "" }
      // The first form is the plain one: what it has is there unless something else is asked.
      return has[0] && !without.contains([])
        ? "not with " + words(of: without, asked) : "with " + words(of: with, asked)
    }

    /// The fewest steps that say which questions are meant: `--by`, `--monthly and --period`.
    private static func words(
      of meant: [[ReportForm.Step]], _ all: [[ReportForm.Step]]
    ) -> String {
      let least = fewest(meant)
      let found = Set(least.joined())
      let words = least.map { steps in
        steps.map { step in
          // An option of which every value does is named alone.
          let values = Set(all.joined().filter { $0.name == step.name })
          return values.isSubset(of: found) ? step.name : step.words.joined(separator: " ")
        }
      }
      var texts: [String] = []
      for text in fewest(words).map({ $0.joined(separator: " and ") }) where !texts.contains(text) {
        texts.append(text)
      }
      return ListText.or(texts)
    }

    /// Those that have no other one within them.
    private static func fewest<Step: Hashable>(_ lists: [[Step]]) -> [[Step]] {
      lists.filter { list in
        !lists.contains { $0.count < list.count && Set($0).isSubset(of: list) }
      }
    }
  }

  extension Report {
    /// Its columns, with the one for each value of a dimension where the book has no value.
    fileprivate var possibleColumns: [Column] {
      guard let eachColumn, !columns.contains(where: { $0.isSame(as: eachColumn) }) else {
        return columns
      }
      return columns.dropLast() + [eachColumn] + columns.suffix(1)
    }
  }

  extension Column {
    /// Whether it is added up, and no words.
    fileprivate var isFigure: Bool { [.amount, .count, .quantity].contains(kind) }

    /// Whether it is the same column of a report, whatever the question calls it.
    fileprivate func isSame(as other: Column) -> Bool {
      kind == other.kind && each == other.each && (each != nil || name == other.name)
    }
  }
#endif
