#if Tool
  import Daybook

  extension RecordMeanings {
    static let people: [RecordMeaning] = [
      RecordMeaning(StaffHired.self) { hired, words in
        [
          "\(hired.staff)", hired.person.name.printable, "from \(hired.start)",
          "at \(words.list(hired.clinics.map(\.description)))",
        ]
      },
      RecordMeaning(ContractAmended.self) { amended, words in
        [words.name(amended.staff), "new terms from \(amended.from)"]
      },
      RecordMeaning(StaffLeft.self) { left, words in
        [words.name(left.staff), "leaves on \(left.lastDay)", "\(left.reason)"]
      },
      RecordMeaning(CredentialRecorded.self) { credential, words in
        [
          words.name(credential.staff),
          words.joined(
            "\(credential.type)", credential.name.printable, credential.person.number.printable),
          "from \(credential.from)" + (credential.to.map { " to \($0)" } ?? ""),
        ]
      },
      RecordMeaning(CommissionRuleSet.self) { rule, words in
        [
          "\(rule.rule)", words.name(rule.staff), words.yield(rule),
          "from \(rule.from)" + (rule.to.map { " to \($0)" } ?? ""),
        ]
      },
      RecordMeaning(CommissionAccrued.self) { accrued, words in
        [
          words.name(accrued.staff), "commission \(words.money(accrued.amount))",
          "of \(accrued.charge)",
        ]
      },
      RecordMeaning(PayrollApproved.self) { run, words in
        let net = run.lines.reduce(Int64(0)) { $0 &+ $1.net.minorUnits }
        return [
          "\(run.run)", "\(run.from) to \(run.to)",
          run.lines.count == 1 ? "1 person" : "\(run.lines.count) people",
          "net \(words.money(Amount(minorUnits: net)))",
        ]
      },
    ]

    static let time: [RecordMeaning] = [
      RecordMeaning(ShiftScheduled.self) { shift, words in
        [
          "\(shift.shift)", words.name(shift.staff), shift.role.printable,
          "\(words.time(shift.start)) to \(words.time(shift.end))",
        ]
      },
      RecordMeaning(ClockedIn.self) { entry, words in
        ["\(entry.entry)", words.name(entry.staff), "in at \(words.time(entry.at))"]
      },
      RecordMeaning(ClockedOut.self) { entry, words in
        ["\(entry.entry)", "out at \(words.time(entry.at))"]
          + (entry.breakSeconds == 0 ? [] : ["break \(words.minutes(entry.breakSeconds))"])
      },
      RecordMeaning(TimeEntryCorrected.self) { entry, words in
        [
          "\(entry.entry)", "\(words.time(entry.clockIn)) to \(words.time(entry.clockOut))",
          "break \(words.minutes(entry.breakSeconds))",
        ]
      },
      RecordMeaning(AbsenceRecorded.self) { absence, words in
        [
          "\(absence.absence)", words.name(absence.staff), "\(absence.type)",
          "\(absence.from) to \(absence.to)", absence.requested ? "requested" : "recorded",
        ]
      },
      RecordMeaning(AbsenceDecided.self) { absence, _ in
        ["\(absence.absence)", "\(absence.outcome)"]
      },
      RecordMeaning(HoursRecorded.self) { hours, words in
        [
          "\(hours.day)", hours.staff.map { words.name($0) } ?? hours.role.printable,
          words.minutes(hours.seconds),
        ]
      },
    ]
  }

  extension RecordWords {
    /// What there is of these, parted by blanks.
    fileprivate func joined(_ parts: String...) -> String {
      parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What a rule of commission gives: `10% of what is charged`.
    fileprivate func yield(_ rule: CommissionRuleSet) -> String {
      switch rule.yield {
      case .share(let rate): "\(rate) of what is \(rule.basis)"
      case .fixed(let amount): "\(money(amount)) for each unit \(rule.basis)"
      }
    }
  }
#endif
