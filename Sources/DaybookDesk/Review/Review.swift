import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// The rules of one command, checked before its first event.
///
/// Independent violations are collected and reported together. What guards a decision in the
/// making is asked with `question`: recorded history answers with a finding and goes on, everyone
/// else is refused. What guards the books is asked with `refuse`, and holds for everyone.
struct Review {
  let context: DecisionContext
  /// Whether the command records history: the actor is an importer, in its role.
  let isImport: Bool
  /// The envelope's clinic; nil for what belongs to the whole book.
  let clinic: ClinicRecord?
  /// When the action takes effect, on the clinic's own clock.
  let effective: Moment
  /// The roles that allow it.
  let allowed: [ClinicRole]

  private(set) var violations: [Violation] = []
  private(set) var findings: [Finding] = []
  /// Whether an amount was refused, so that nobody knows it: what is made of it is no figure.
  private(set) var lacksAmount = false

  /// Begins with who, where and when.
  ///
  /// - Parameters:
  ///   - allowed: The roles that may give the command; an import may give every one.
  ///   - systemBegins: Whether the system itself may, as long as nobody is admin.
  ///   - needsClinic: Whether the command is for one clinic, not for the whole book.
  init(
    _ context: DecisionContext, _ state: DeskState, allowed: [ClinicRole],
    systemBegins: Bool = false, needsClinic: Bool = false
  ) {
    self.context = context
    self.allowed = allowed
    isImport = context.actor.importerNumber != nil && context.role == .import
    let id = ClinicID(context.clinic)
    clinic = state.administration.clinics[id]
    effective = clinic?.moment(context.effective.instant) ?? context.effective
    if clinic == nil, needsClinic || !id.isNone {
      refuse(
        id.isNone ? .missing("a clinic") : DeskRefusal.unknown(kind: "clinic", name: "\(id)"),
        "clinic")
    }
    if !context.effective.instant.isInRange || !context.effective.offset.isInRange {
      refuse(DeskRefusal.outOfRange("the time", "a time of the years 1 to 9999"), "effective")
    }
    checkPermission(state.administration, systemBegins: systemBegins)
  }

  private mutating func checkPermission(
    _ administration: AdministrationState, systemBegins: Bool
  ) {
    if isImport { return }
    let role = ClinicRole(context.role)
    if context.actor == .system {
      if role == .system, systemBegins, !administration.hasAdmin { return }
    } else if let number = context.actor.staffNumber, let role, allowed.contains(role),
      administration.holds(role, StaffID(number), at: ClinicID(context.clinic))
    {
      return
    }
    refuse(
      DeskRefusal.notPermitted(
        actor: actorName, role: role.map { "\($0)" } ?? "no role", allowed: allowed), "role")
  }

  private var actorName: String {
    if let number = context.actor.staffNumber { return "\(StaffID(number))" }
    return context.actor == .system ? "system" : "the importer"
  }

  /// Notes a broken rule that holds for everyone.
  mutating func refuse(_ reason: some RefusalCase, _ field: String) {
    violations.append(Violation(reason, field: field))
  }

  /// Notes an amount that cannot be taken.
  mutating func refuseAmount(_ reason: some RefusalCase, _ field: String) {
    lacksAmount = true
    refuse(reason, field)
  }

  /// Notes a rule that figures break; none where one of them was refused, which is told already.
  mutating func refuseFigures(_ reason: some RefusalCase, _ field: String) {
    if !lacksAmount { refuse(reason, field) }
  }

  /// Notes a broken rule that guards a decision in the making: for history it is a finding.
  mutating func question(_ reason: some RefusalCase, _ field: String) {
    if isImport {
      findings.append(Finding(reason, field: field))
    } else {
      refuse(reason, field)
    }
  }

  /// Notes what is worth knowing and forbids nothing, for whoever it is.
  mutating func note(_ reason: some RefusalCase, _ field: String) {
    findings.append(Finding(reason, field: field))
  }

  /// Ends the review: refuses if a rule is broken, else hands over what was found.
  func conclude(into decision: inout Decision) throws(Refusal) {
    if !violations.isEmpty { throw Refusal(violations) }
    decision.findings = findings
    if let clinic { decision.currency = clinic.currency }
  }
}
