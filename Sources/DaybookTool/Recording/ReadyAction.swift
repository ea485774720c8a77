#if Tool
  import Daybook

  /// An action whose words are understood: what is to be decided.
  struct ReadyAction {
    /// One command, or several that are one action.
    var steps: [ActionStep]
    /// The word that it was typed with.
    var word: String
    /// The roles that may be tried for each step: one where it was said.
    var roles: [[Role]]
    var reference: String?

    /// The clinic that it is for.
    var clinic: UInt64 { steps.first?.envelope.clinic ?? 0 }

    /// This action and another as one.
    func joined(_ other: ReadyAction) -> ReadyAction {
      var joined = self
      joined.steps += other.steps
      joined.roles += other.roles
      return joined
    }
  }

  /// Finds the role that may carry out each step among those that who acts holds.
  struct RoleTrial {
    private(set) var steps: [ActionStep]
    private let roles: [[Role]]
    private var tried: [Int]

    init(_ ready: ReadyAction) {
      steps = ready.steps
      roles = ready.roles
      tried = ready.steps.map { _ in 0 }
      for index in steps.indices { use(index) }
    }

    private mutating func use(_ index: Int) {
      steps[index].envelope.role = roles[index].isEmpty ? .none : roles[index][tried[index]]
    }

    /// Takes the next role of the step that a refusal is about.
    ///
    /// - Returns: Whether there is one to try: false where the refusal has other reasons, or stands.
    mutating func goesOn(behind refusal: Refusal) -> Bool {
      guard let step = Self.step(of: refusal, steps.count), tried[step] + 1 < roles[step].count
      else { return false }
      tried[step] += 1
      use(step)
      return true
    }

    /// The step that was refused because of its role, from 0; nil where none was.
    private static func step(of refusal: Refusal, _ count: Int) -> Int? {
      for violation in refusal.violations where violation.code == .notPermitted {
        if count == 1, violation.field == "role" { return 0 }
        let parts = violation.field.split(separator: ".")
        if parts.count == 2, parts[1] == "role", let number = Int(parts[0]),
          (1...count).contains(number)
        {
          return number - 1
        }
      }
      return nil
    }
  }
#endif
