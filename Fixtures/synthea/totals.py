#!/usr/bin/env python3
"""Expected totals of a Synthea CSV export, computed without any code of the product.

    python3 totals.py DIRECTORY [--as-of 2020-01-01,...]       one JSON object on standard output
    python3 totals.py DIRECTORY --books                        every account's balance instead
    python3 totals.py DIRECTORY --check expected-totals.json   exit 1 and the differences, if any

Amounts are whole cents. A CHARGE row opens a line; the rows of its claim that follow in CHARGEID
order act on that line. A line is owed by parties: the whole charge at first by its TRANSFERTYPE (1
and 2 are the claim's payers, p the patient; a claim that names no such payer leaves the patient). A
transfer moves at most what the giving party owes. An ECHECK is paid by the line's current payer,
everything else by the patient. A payment lowers what is owed by who paid, then by the patient, then
by the first and the second payer; what is left is a credit of who paid. An adjustment (the generator
can be told to write them) lowers what the current party owes.
"""

import collections
import csv
import decimal
import json
import os
import re
import sys

AS_OF = ["2000-01-01", "2010-01-01", "2015-01-01", "2020-01-01", "2022-01-01", "2023-01-01"]
CASH_ACCOUNTS = {"COPAY": "1020", "CASH": "1020", "CC": "1150", "CHECK": "1100", "ECHECK": "1100"}
PATIENT_METHODS = {"COPAY", "CASH", "CC", "CHECK"}


def rows_of(directory, name, required=True):
    path = os.path.join(directory, name + ".csv")
    if not required and not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def cents(text):
    """Whole cents of a decimal number; the ledger has two decimals, estimates may have more."""
    text = (text or "").strip()
    if not text:
        return 0
    value = decimal.Decimal(text) * 100
    return int(value.quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))


def seconds(text):
    """Seconds since 1970 of 2023-01-27T16:17:47Z or of a date alone."""
    match = re.fullmatch(r"(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+):(\d+)Z)?", text)
    year, month, day = (int(match.group(n)) for n in (1, 2, 3))
    hour, minute, second = (int(match.group(n) or 0) for n in (4, 5, 6))
    # Days from the civil calendar, so that no time zone of this machine can interfere.
    shifted = year - (month <= 2)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    days = shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + day_of_year - 719468
    return ((days * 24 + hour) * 60 + minute) * 60 + second


class Line:
    """One charge, what each party owes of it, and what was paid beyond that."""

    def __init__(self, charge, party):
        self.charge = charge
        self.amount = cents(charge["AMOUNT"])
        self.party = party
        self.owed = collections.Counter({party: self.amount})
        self.credit = collections.Counter()
        self.paid = 0
        self.adjusted = 0


class Ledger:
    def __init__(self, directory):
        claims = {row["Id"]: row for row in rows_of(directory, "claims")}
        self.rows = rows_of(directory, "claims_transactions")
        self.lines = []
        self.payments = []  # (row, amount, who paid)
        self.payments_with_credit = 0
        self.transfers = []  # (to, amount moved)
        self.findings = collections.Counter()
        self.accounts = collections.Counter()  # code -> debit less credit
        self.turnover = collections.Counter()  # (code, side) -> amount
        by_claim = collections.OrderedDict()
        for row in self.rows:
            by_claim.setdefault(row["CLAIMID"], []).append(row)
        for claim, members in by_claim.items():
            members.sort(key=lambda row: int(row["CHARGEID"]))
            self.claim(claims.get(claim, {}), members)

    def post(self, amount, debit, credit):
        if amount == 0:
            return
        assert amount > 0, (amount, debit, credit)
        self.accounts[debit] += amount
        self.accounts[credit] -= amount
        self.turnover[debit, "debit"] += amount
        self.turnover[credit, "credit"] += amount

    @staticmethod
    def receivable(party):
        return "1200" if party[0] == "patient" else "1210"

    def party(self, claim, row, letter):
        column = {"1": "PRIMARYPATIENTINSURANCEID", "2": "SECONDARYPATIENTINSURANCEID"}.get(letter)
        payer = claim.get(column, "") if column else ""
        if payer in ("", "0"):
            if column:
                self.findings["named payer is not on the claim"] += 1
            return ("patient", row["PATIENTID"])
        return ("payer", payer)

    def claim(self, claim, members):
        line = None
        out = {}
        for row in members:
            kind = row["TYPE"]
            if kind == "CHARGE":
                line = Line(row, self.party(claim, row, row["TRANSFERTYPE"]))
                self.lines.append(line)
                self.post(line.amount, self.receivable(line.party), "4000")
                out = {}
            elif kind == "TRANSFEROUT":
                out[row["CHARGEID"]] = row
            elif kind == "TRANSFERIN":
                assert row["TRANSFEROUTID"] in out, row["ID"]
                to = self.party(claim, row, row["TRANSFERTYPE"])
                self.transfer(line, to, cents(row["AMOUNT"]))
            elif kind == "PAYMENT":
                self.payment(claim, line, row)
            elif kind == "ADJUSTMENT":
                self.adjustment(line, cents(row["ADJUSTMENTS"]))
            else:
                raise SystemExit(f"unknown TYPE {kind}")

    def transfer(self, line, to, amount):
        giver = line.party
        line.party = to
        if giver == to:
            self.findings["transfer between the same party"] += 1
            return
        moved = max(0, min(amount, line.owed[giver]))
        if amount > moved:
            self.findings["transfer above what is owed"] += 1
        line.owed[giver] -= moved
        line.owed[to] += moved
        self.post(moved, self.receivable(to), self.receivable(giver))
        self.transfers.append((to, moved))

    def payment(self, claim, line, row):
        amount = cents(row["PAYMENTS"])
        payer = line.party
        if row["METHOD"] in PATIENT_METHODS or payer[0] == "patient":
            payer = ("patient", row["PATIENTID"])
        self.payments.append((row, amount, payer))
        line.paid += amount
        account = CASH_ACCOUNTS[row["METHOD"]]
        rest = amount
        ranks = [("patient", row["PATIENTID"])] + [
            ("payer", claim.get(column))
            for column in ("PRIMARYPATIENTINSURANCEID", "SECONDARYPATIENTINSURANCEID")
        ]
        for party in [payer] + [party for party in ranks if party != payer]:
            applied = max(0, min(rest, line.owed[party]))
            line.owed[party] -= applied
            rest -= applied
            self.post(applied, account, self.receivable(party))
        if rest > 0:
            self.findings["paid above what is owed"] += 1
            self.payments_with_credit += 1
        line.credit[payer] += rest
        self.post(rest, account, "2150")

    def adjustment(self, line, amount):
        applied = max(0, min(amount, line.owed[line.party]))
        if amount > applied:
            self.findings["adjusted above what is owed"] += 1
        line.owed[line.party] -= applied
        line.adjusted += applied
        self.post(applied, "4096", self.receivable(line.party))


def lot_of(udi):
    """(10) lot and (17) expiry of a UDI in its printed form, as "lot|expYYMMDD"."""
    elements = dict(re.findall(r"\((\d{2})\)([^(]*)", udi))
    return f"{elements.get('10', '')}|exp{elements.get('17', '')}"


def totals(directory, as_of):
    encounters = rows_of(directory, "encounters")
    patients = rows_of(directory, "patients")
    payers = rows_of(directory, "payers")
    supplies = rows_of(directory, "supplies", required=False)
    devices = rows_of(directory, "devices", required=False)
    medications = rows_of(directory, "medications", required=False)
    ledger = Ledger(directory)

    def added(pairs):
        sums = collections.Counter()
        for key, value in pairs:
            sums[key] += value
        return dict(sorted(sums.items()))

    balance = {id(line): line.amount - line.paid - line.adjusted for line in ledger.lines}
    open_lines = [value for value in balance.values() if value > 0]
    overpaid = [-value for value in balance.values() if value < 0]
    by_patient = [p for p in ledger.payments if p[2][0] == "patient"]
    by_payer = [p for p in ledger.payments if p[2][0] == "payer"]

    per_patient = {
        row["Id"]: {"charges": 0, "paid_by_patient": 0, "paid_by_payer": 0, "balance": 0}
        for row in patients
    }
    parties = collections.Counter()
    # What a payer has paid too much for a patient is the payer's, and on no statement of the patient.
    payer_credit = collections.Counter()
    for line in ledger.lines:
        figures = per_patient[line.charge["PATIENTID"]]
        figures["charges"] += line.amount
        figures["balance"] += balance[id(line)]
        for (kind, name), value in line.owed.items():
            parties[f"{kind}:{name}"] += value
        for (kind, name), value in line.credit.items():
            parties[f"{kind}-credit:{name}"] -= value
            if kind == "payer":
                payer_credit[line.charge["PATIENTID"]] += value
    for row, amount, payer in ledger.payments:
        per_patient[row["PATIENTID"]]["paid_by_" + payer[0]] += amount

    lots = collections.defaultdict(set)
    for row in devices:
        lots[lot_of(row["UDI"])].add(row["PATIENT"])

    result = {
        "patients": len(patients),
        "encounters": len(encounters),
        "claims": len(rows_of(directory, "claims")),
        "transactions": len(ledger.rows),
        "payers": len(payers),
        "providers_file": len(rows_of(directory, "providers")),
        "organizations_file": len(rows_of(directory, "organizations")),
        "encounters_by_class": added((row["ENCOUNTERCLASS"], 1) for row in encounters),
        "encounters_by_month": added((row["START"][:7], 1) for row in encounters),
        "encounters_by_provider": added((row["PROVIDER"], 1) for row in encounters),
        "encounters_by_organization": added((row["ORGANIZATION"], 1) for row in encounters),
        "encounter_seconds_by_provider": added(
            (row["PROVIDER"], seconds(row["STOP"]) - seconds(row["START"]))
            for row in encounters
            if row["STOP"]
        ),
        "encounter_file_total_claim_cost_cents_NOT_THE_LEDGER": sum(
            cents(row["TOTAL_CLAIM_COST"]) for row in encounters
        ),
        "rows_by_type": added((row["TYPE"], 1) for row in ledger.rows),
        "charge_lines": len(ledger.lines),
        "zero_amount_charge_lines": sum(line.amount == 0 for line in ledger.lines),
        "charges_total_cents": sum(line.amount for line in ledger.lines),
        "payments_total_cents": sum(amount for _, amount, _ in ledger.payments),
        "payments_by_patient_total_cents": sum(amount for _, amount, _ in by_patient),
        "payments_by_payer_total_cents": sum(amount for _, amount, _ in by_payer),
        "balance_total_cents": sum(balance.values()),
        "open_debit_lines": len(open_lines),
        "open_debit_cents": sum(open_lines),
        "overpaid_lines": len(overpaid),
        "overpaid_credit_cents": sum(overpaid),
        "payments_with_credit": ledger.payments_with_credit,
        "charges_by_month": added((l.charge["FROMDATE"][:7], l.amount) for l in ledger.lines),
        "charges_by_provider": added((l.charge["PROVIDERID"], l.amount) for l in ledger.lines),
        "charges_by_organization": added(
            (l.charge["PLACEOFSERVICE"], l.amount) for l in ledger.lines
        ),
        "charges_by_procedure": added((l.charge["PROCEDURECODE"], l.amount) for l in ledger.lines),
        "transfers_to": added((to[0], moved) for to, moved in ledger.transfers),
        "payments_by_month": added((row["FROMDATE"][:7], a) for row, a, _ in ledger.payments),
        "payments_by_method": added((row["METHOD"], a) for row, a, _ in ledger.payments),
        "payments_by_payer": added((payer[1], amount) for _, amount, payer in by_payer),
        "payer_names": {row["Id"]: row["NAME"] for row in sorted(payers, key=lambda r: r["Id"])},
        "per_patient": dict(sorted(per_patient.items())),
        "receivable_by_party_nonzero": {k: v for k, v in sorted(parties.items()) if v},
        "credit_of_payers_by_patient_nonzero": {
            k: v for k, v in sorted(payer_credit.items()) if v
        },
        "as_of": {
            day: {
                "rule": "FROMDATE < date",
                "charges": sum(l.amount for l in ledger.lines if l.charge["FROMDATE"] < day),
                "payments": sum(a for row, a, _ in ledger.payments if row["FROMDATE"] < day),
            }
            for day in as_of
        },
        "supplies_quantity_by_code": added((r["CODE"], int(r["QUANTITY"])) for r in supplies),
        "supplies_quantity_by_month": added((r["DATE"][:7], int(r["QUANTITY"])) for r in supplies),
        "device_lot_to_patients": {lot: sorted(found) for lot, found in sorted(lots.items())},
        "medication_rows": len(medications),
        "medication_dispenses_by_code": added(
            (row["CODE"], int(row["DISPENSES"])) for row in medications
        ),
        "medication_total_cost_cents": sum(cents(row["TOTALCOST"]) for row in medications),
    }
    if any(line.adjusted for line in ledger.lines):
        result["adjustments_total_cents"] = sum(line.adjusted for line in ledger.lines)
    return result


def books(directory):
    ledger = Ledger(directory)
    assert sum(ledger.accounts.values()) == 0
    accounts = sorted(ledger.accounts)
    return {
        "accounts": {
            code: {
                "debit": ledger.turnover[code, "debit"],
                "credit": ledger.turnover[code, "credit"],
                "balance": ledger.accounts[code],
            }
            for code in accounts
        },
        "findings": dict(sorted(ledger.findings.items())),
    }


def differences(expected, found, path=""):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(set(expected) | set(found)):
            yield from differences(expected.get(key), found.get(key), f"{path}/{key}")
    elif expected != found:
        yield f"{path}: expected {expected}, found {found}"


def main(arguments):
    directory = arguments[0]
    as_of = AS_OF
    if "--as-of" in arguments:
        as_of = arguments[arguments.index("--as-of") + 1].split(",")
    if "--books" in arguments:
        print(json.dumps(books(directory), indent=1))
        return 0
    result = totals(directory, as_of)
    if "--check" in arguments:
        with open(arguments[arguments.index("--check") + 1], encoding="utf-8") as file:
            found = list(differences(json.load(file), result))
        print("\n".join(found) or "equal")
        return 1 if found else 0
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1:]))
