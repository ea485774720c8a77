import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Sterilising, equipment, and the branch that has its supplies from the clinic.
extension BusinessLife {
  mutating func sterilise(isAgain: Bool) -> [Deed] {
    let end = now
    let start = instant(second - 2700)
    let passed = isAgain || !dice.chance(4)
    let run = RecordSterilisation.with {
      $0.steriliser = practice.steriliser
      $0.programme = "134 C, 18 min"
      $0.start = start
      $0.end = end
      for tray in 1...4 {
        $0.trays.append(
          SterilisedTray.with {
            $0.item = Self.item(Self.tray)
            $0.tray = "T\(tray)"
          })
      }
      $0.result = passed ? .passed : .failed
    }
    if !passed {
      plan(after: 4500) { life, _ in life.sterilise(isAgain: true) }
    }
    return [
      Deed(
        hand(.reception), .reception, run,
        "empties the autoclave: \(passed ? "passed" : "failed, to be run again")")
    ]
  }

  mutating func serviceSteriliser(_ state: DeskState) -> [Deed] {
    let next = day.advanced(by: 180)
    let service = ServiceEquipment.with {
      $0.resource = practice.steriliser
      $0.type = .calibration
      $0.result = .fit
      $0.cost = Self.amount(8_500)
      $0.nextDue = next
      $0.supplier = store.vendors[0].party
    }
    return [Deed(manager, .admin, service, "has the autoclave calibrated, next on \(next)")]
  }

  /// The lamp is out of order for some days; nobody is booked for it meanwhile.
  mutating func lampBreaks(_ state: DeskState) -> [Deed] {
    guard state.equipment.isFit(practice.lamp, at: now) else { return [] }
    plan(on: day.advanced(by: 5), at: LifeCalendar.at(9, 15)) { life, _ in
      [life.serviceLamp(.repair, .fit, "has the lamp repaired")]
    }
    return [serviceLamp(.service, .unfit, "finds the lamp out of order")]
  }

  private func serviceLamp(
    _ type: ServicingType, _ result: ServicingResult, _ text: String
  ) -> Deed {
    let service = ServiceEquipment.with {
      $0.resource = practice.lamp
      $0.type = type
      $0.result = result
      if result == .fit { $0.cost = Self.amount(12_000) }
    }
    return Deed(manager, .admin, service, text)
  }

  // MARK: - The branch

  mutating func planBranch() {
    if workdays == 18 {
      plan(at: LifeCalendar.at(8, 25)) { life, _ in life.openBranch() }
    }
    if practice.branch != nil, monthWorkdays == 8 {
      plan(at: LifeCalendar.at(13, 35)) { life, state in life.supplyBranch(state) }
    }
  }

  private mutating func openBranch() -> [Deed] {
    let branch = ClinicID(2)
    practice.branch = branch
    var deeds = [defineClinic(branch, "Clinica Sol Playa")]
    for worker in [manager, Self.reception] {
      let roles = SetRoles.with {
        $0.staff = Self.id(worker)
        $0.clinic = branch
        $0.roles = worker == manager ? [.admin, .buyer] : [.buyer]
      }
      deeds.append(
        Deed(
          manager, .admin, roles,
          "lets \(staff.workers[worker].name) take goods in at the branch"))
    }
    plan(on: day.advanced(by: 2), at: LifeCalendar.at(13, 35)) { life, state in
      life.supplyBranch(state)
    }
    return deeds
  }

  private mutating func supplyBranch(_ state: DeskState) -> [Deed] {
    guard let branch = practice.branch else { return [] }
    let goods = [Self.gloves, Self.anaesthetic].filter { usable($0, state) >= 60_000 }
    guard !goods.isEmpty else { return [] }
    let dispatch = DispatchTransfer.with {
      $0.to = branch
      for good in goods {
        $0.lines.append(
          TransferRequest.with {
            $0.item = Self.item(good)
            $0.quantity = Self.pieces(good == Self.gloves ? 50 : 10)
          })
      }
    }
    let names = goods.map { store.goods[$0].name }.joined(separator: " and ")
    return [
      Deed(hand(.buyer), .buyer, dispatch, "sends \(names) to the branch") { life, state in
        let transfer = TransferID(UInt64(state.stock.transfers.count))
        life.plan(on: life.day.advanced(by: 1), at: LifeCalendar.at(11, 25)) { life, _ in
          let receive = ReceiveTransfer.with {
            $0.transfer = transfer
            $0.everything = true
          }
          return [
            Deed(life.hand(.buyer), .buyer, receive, "takes \(transfer) in at the branch")
              .at(branch)
          ]
        }
      }
    ]
  }
}
