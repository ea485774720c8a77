#!/usr/bin/env python3
"""Writes the export that stands beside this file: a small clinic in the CSV layout of Synthea.

    python3 generate.py [DIRECTORY [SEED [PATIENTS]]]

Another seed gives another export with the same traps; above 20 patients, names come again.

Everyone and everything in it is invented; the same bytes come out on every machine. It holds each
trap that a careful importer must know: see README.md. Only the layout is Synthea's.
"""

import os
import sys

SEED = 20260302
PATIENTS = 20


class Source:
    """SplitMix64: the library's generators may change between versions, this one does not."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def choice(self, items):
        return items[self.below(len(items))]

    def identifier(self):
        """As Synthea's, but shorter: most of an export is identifiers."""
        text = f"{self.next():016x}"
        return f"{text[:8]}-{text[8:12]}"


def civil(days):
    """Year, month and day of a number of days since 1970-01-01."""
    days += 719468
    era, of_era = divmod(days, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return (
        year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


def days_of(year, month, day):
    shifted = year - (month <= 2)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + of_year - 719468


DAY = 86400


def date(seconds):
    return "%04d-%02d-%02d" % civil(seconds // DAY)


def moment(seconds):
    rest = seconds % DAY
    return f"{date(seconds)}T{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}Z"


def gs1_date(seconds):
    year, month, day = civil(seconds // DAY)
    return f"{year % 100:02d}{month:02d}{day:02d}"


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


GIVEN = [
    "Zoë", "Łucja", "Åse", "Nuño", "Þóra", "Søren", "Márta", "Ольга", "Γιάννης", "娜",
    "Anneliese", "Björn", "Chloé", "Dafydd", "Eğe", "Fionnuala", "Gwenaëlle", "Håkon", "Iñaki",
    'Josefina "Pepa"',
]
FAMILY = [
    "Quillmoor", "Brzęczyk", "Fjordvik", "Peñalisa", "Steinsdóttir", "O'Tarnish", "Vörösfa",
    "Лесная", "Θαλασσινός", "林溪", "von Nebel, jr.", "Ävdal", "D’Orbelune", "Llanfechan",
    "Gülpınar", "Ní Sceach", "Kervelenn", "Snøfjell", "Etxalarre", "Brindlewick",
]
ORGANIZATIONS = [
    'Clínica "Sol y Mar", Cala Fosca',
    "HARBOUR LIGHT PRACTICE",
    "Brook & Birch Family Health,\nWest Wing",
    "Zahnarztpraxis Mühlgrün",
    "Dayspring Urgent Care",
]
SPECIALITIES = ["GENERAL PRACTICE", "DERMATOLOGY", "DENTISTRY", "PHYSIOTHERAPY"]
PROVIDERS = [
    "Amrei Vogelsang", "Benoît Clairval", "Ceylin Taşdelen", "Dragoș Munteanel",
    "Etain Mac Róich", "Filippa Strömvall", "Gonçalo Ribeirinha", "Hedda Nørrelykke",
]
PAYERS = ["Meridian Mutual", "Larkfield Health, Inc.", "Państwowy Fundusz Łąki", "NO_INSURANCE"]
ENCOUNTER_KINDS = [
    ("wellness", "910410001", "Annual check-up (invented)", 12916),
    ("ambulatory", "910185002", "Visit for symptom (invented)", 7749),
    ("outpatient", "910390003", 'Follow-up, "short" (invented)', 8555),
    ("urgentcare", "910702004", "Urgent visit (invented)", 14260),
    ("inpatient", "910183005", "Stay of several days (invented)", 46213),
]
PROCEDURES = [
    ("910430011", "Medicines reviewed (invented)", 60631),
    ("910117012", "Throat swab,\nwith culture (invented)", 263503),
    ("910428013", "Skin lesion removed (invented)", 51665),
    ("910710014", "Questionnaire taken (invented)", 0),
    ("910866015", "Room screened (invented)", 0),
]
IMMUNIZATIONS = [
    ("08", "Invented vaccine, first", 13600),
    ("140", "Invented vaccine, yearly", 14052),
]
MEDICATIONS = [
    ("919001", "Invented tablet 5 MG, oral", 724),
    ("919002", "Invented syrup", 1250),
    ("919003", "Invented auto-injector", 34444),
]
UNNAMED = ("910999099", "", 3300)  # its charges name a code that no other file explains
SUPPLIES = [
    ("915409001", "Respirator, disposable (invented)", 2),
    ("915713002", "Glove, non-sterile (invented)", 24),
    ("915337003", "Test strips (invented)", 50),
]
DEVICES = [("917705001", "Stent (invented)"), ("917337002", "Glucose meter (invented)")]

# How a charge is settled: each letter is a row or a pair of rows, in order.
#   C co-pay            E paid in part by the current payer     F paid whole by the current payer
#   P to the patient    S to the second payer                   B back to the first payer
#   M paid whole by the patient    H paid half by the patient   X to the patient, a cent too much
#   Z a pair of nothing to the second payer                     Q to the patient, in part
#   U the patient pays by bank what the line still owes         O an e-check above what is owed
INSURED = ["F", "EPM", "EPM", "CEPM", "PM", "EPHM", "F"]
INSURED_RARE = ["EXM", "", "EQ", "EP", "EPBF", "CF", "EPU", "O", "XM"]
SECOND = ["ESF", "ESEPM", "SF"]
SECOND_RARE = ["CZO", "ESQM"]
SELF = ["M", "HM", "M"]
SELF_RARE = ["U", "", "CM"]


class Export:
    def __init__(self, directory, seed=SEED, patients=PATIENTS):
        self.directory = directory
        self.source = Source(seed)
        self.patient_count = patients
        self.tables = {}
        self.charge_id = 0
        self.used = {}

    def add(self, table, **row):
        self.tables.setdefault(table, []).append(row)

    def take(self, name, common, rare):
        """Common settlements, and each rare one in turn now and then, so that none is missing."""
        count = self.used.get(name, 0)
        self.used[name] = count + 1
        if count % 3 == 2:
            return rare[count // 3 % len(rare)]
        return self.source.choice(common)

    # People, payers, places

    def world(self):
        s = self.source
        self.organizations = [s.identifier() for _ in ORGANIZATIONS]
        for number, (name, key) in enumerate(zip(ORGANIZATIONS, self.organizations)):
            self.add(
                "organizations", Id=key, NAME=name, ADDRESS=f"{number + 1} Nowhere Lane",
                CITY="Cala Fosca", STATE="XX", ZIP=f"0000{number}", LAT="0.0", LON="0.0",
                PHONE="", REVENUE="0.0", UTILIZATION="1")
        self.providers = []
        for number, name in enumerate(PROVIDERS):
            place = self.organizations[number % len(self.organizations)]
            key = s.identifier()
            self.providers.append((key, place))
            self.add(
                "providers", Id=key, ORGANIZATION=place, NAME=name, GENDER="FM"[number % 2],
                SPECIALITY=SPECIALITIES[number % len(SPECIALITIES)], ADDRESS="", CITY="", STATE="",
                ZIP="", LAT="", LON="", UTILIZATION="1")
        self.payers = [s.identifier() for _ in PAYERS]
        for name, key in zip(PAYERS, self.payers):
            self.add("payers", Id=key, NAME=name, OWNERSHIP="PRIVATE", QOLS_AVG="NaN")
        self.none = self.payers[-1]
        # One lot for two patients, so that a recall finds both.
        self.lots = [("LOT-7A/42", None), ("8477-0091", None), ("Z9", None)]

    def patients(self):
        s = self.source
        for number in range(self.patient_count):
            key = s.identifier()
            born = days_of(s.between(1938, 2012), s.between(1, 12), s.between(1, 28)) * DAY
            died = days_of(2021, 11, 30) * DAY if number == 7 else None
            self.add(
                "patients", Id=key, BIRTHDATE=date(born), DEATHDATE=date(died) if died else "",
                SSN="", DRIVERS="", PASSPORT="", PREFIX="", FIRST=GIVEN[number % 20],
                LAST=FAMILY[(number + number // 20) % 20], SUFFIX="", MAIDEN="", MARITAL="", RACE="", ETHNICITY="",
                GENDER="FM"[number % 2], BIRTHPLACE="",
                ADDRESS=f'{number + 1} Nowhere Lane, "Annex"\nFlat {number + 1}',
                CITY="Cala Fosca", STATE="XX", COUNTY="", FIPS="", ZIP="00000", LAT="", LON="",
                HEALTHCARE_EXPENSES="1234.56700001", HEALTHCARE_COVERAGE="0", INCOME="1",
                SHOE_SIZE=str(s.between(35, 47)))
            # 0-4 never insured, 5-13 one payer, 14-19 two at a time; they change over the years.
            first = self.payers[number % 3] if number >= 5 else ""
            second = self.payers[(number + 1) % 3] if number >= 14 else ""
            self.coverage(number, key, first, second)
            for visit in range(6):
                self.visit(number, visit, key, first, second, died)

    def coverage(self, number, key, first, second):
        s = self.source
        start = days_of(2014, 1, 1 + number) * DAY + 15467
        for year in range(3):
            end = start + 1300 * DAY
            if number == 9 and year == 1:
                start -= 40 * DAY  # overlaps the year before
            if number == 10 and year == 2:
                end = start  # of no length
            self.add(
                "payer_transitions", PATIENT=key, MEMBERID=s.identifier() if first else "",
                START_DATE=moment(start), END_DATE=moment(end), PAYER=first or self.none,
                SECONDARY_PAYER=second, OWNERSHIP="Self" if number % 2 else "Guardian",
                OWNER_NAME=GIVEN[number % 20] + " " + FAMILY[number % 20])
            start = end

    # Visits and their ledger

    def visit(self, number, visit, patient, first, second, died):
        s = self.source
        serial = number * 6 + visit
        provider, place = s.choice(self.providers)
        start = days_of(2015 + (serial * 7) % 10, s.between(1, 12), s.between(1, 28)) * DAY
        start += s.between(7 * 3600, 18 * 3600)
        if died:
            start = min(start, died - (6 - visit) * 40 * DAY)
        kind, code, name, cost = ENCOUNTER_KINDS[serial % len(ENCOUNTER_KINDS)]
        stop = start + s.between(600, 5400)
        if kind == "inpatient":
            stop += s.between(2, 5) * DAY
        key = s.identifier()
        self.add(
            "encounters", Id=key, START=moment(start), STOP=moment(stop), PATIENT=patient,
            ORGANIZATION=place, PROVIDER=provider, PAYER=first or self.none, ENCOUNTERCLASS=kind,
            CODE=code, DESCRIPTION=name, BASE_ENCOUNTER_COST=money(cost),
            TOTAL_CLAIM_COST=money(cost * 3 + 1234), PAYER_COVERAGE="0.00",
            REASONCODE="",
            REASONDESCRIPTION='said: "it hurts",\nthen left' if serial % 11 == 0 else "")
        context = dict(
            patient=patient, encounter=key, provider=provider, place=place, start=start, stop=stop,
            first=first, second=second, serial=serial)
        charges = [(code, name, start, cost)]
        for _ in range(s.below(3)):
            code, name, cost = s.choice(PROCEDURES)
            at = start + s.between(0, 1800)
            self.add(
                "procedures", START=moment(at), STOP=moment(at + 900), PATIENT=patient,
                ENCOUNTER=key, CODE=code, DESCRIPTION=name, BASE_COST=money(cost), REASONCODE="",
                REASONDESCRIPTION="")
            charges.append((code, name, at, cost))
        if serial % 9 == 4:
            code, name, cost = s.choice(IMMUNIZATIONS)
            self.add(
                "immunizations", DATE=moment(start), PATIENT=patient, ENCOUNTER=key, CODE=code,
                DESCRIPTION=name, BASE_COST=money(cost))
            charges.append((code, name, start, cost))
        if serial % 13 == 5:
            charges.append(UNNAMED[:2] + (stop + 45 * DAY, UNNAMED[2]))  # long after the claim
        if serial % 17 == 3:
            code, name, cost = PROCEDURES[0]
            charges.append((code, name, start - 12 * 3600, cost))  # before the visit began
        claims = [self.claim(context, charges)]
        if serial % 4 == 1:
            code, name, cost = s.choice(MEDICATIONS)
            dispenses = s.between(1, 12)
            self.add(
                "medications", START=moment(start), STOP="", PATIENT=patient,
                PAYER=first or self.none, ENCOUNTER=key, CODE=code, DESCRIPTION=name,
                BASE_COST=money(cost),
                PAYER_COVERAGE="0.00", DISPENSES=str(dispenses), TOTALCOST=money(cost * dispenses),
                REASONCODE="", REASONDESCRIPTION="")
            claims.append(self.claim(context, [(code, name, start, cost)]))
        self.write_rows(serial, claims)
        self.stock(context)

    def claim(self, context, charges):
        """One row of claims and its ledger rows, CHARGEID and running figures still missing."""
        s = self.source
        serial = context["serial"]
        key = s.identifier()
        first, second = context["first"], context["second"]
        if not first:
            first = "" if serial % 2 else "0"
        if not second:
            second = "" if serial % 2 else "0"
        named = context["first"] != ""
        if not named and serial % 5 == 0:
            # The claim names no payer, and yet its rows speak of payer 1.
            letters = "1"
        elif not named and serial % 7 == 1:
            first, letters = self.none, "p"  # the payer that stands for none
        else:
            letters = "1" if named else "p"
        status = "BILLED" if serial % 10 == 8 else "CLOSED"
        self.add(
            "claims", Id=key, PATIENTID=context["patient"], PROVIDERID=context["provider"],
            PRIMARYPATIENTINSURANCEID=first, SECONDARYPATIENTINSURANCEID=second, DEPARTMENTID="1",
            PATIENTDEPARTMENTID="1", DIAGNOSIS1="195662009", APPOINTMENTID=context["encounter"],
            CURRENTILLNESSDATE=moment(context["start"]), SERVICEDATE=moment(context["start"]),
            SUPERVISINGPROVIDERID=context["provider"], STATUS1=status,
            STATUS2=status if context["second"] else "", STATUSP=status, OUTSTANDING1="0",
            OUTSTANDING2="0" if context["second"] else "", OUTSTANDINGP="0",
            LASTBILLEDDATE1=moment(context["stop"]), LASTBILLEDDATE2="",
            LASTBILLEDDATEP=moment(context["stop"]), HEALTHCARECLAIMTYPEID1="1",
            HEALTHCARECLAIMTYPEID2="0")
        rows = []
        for index, (code, name, at, amount) in enumerate(charges):
            if amount and index == 0 and serial % 23 == 6:
                amount = 1200  # less than any co-pay
            if context["second"]:
                plan = self.take("second", INSURED + SECOND, INSURED_RARE + SECOND_RARE)
            elif named:
                plan = self.take("insured", INSURED, INSURED_RARE)
            elif letters == "1":
                plan = "PM"
            else:
                plan = self.take("self", SELF, SELF_RARE)
            if status == "BILLED" and serial % 20 == 8:
                plan = ""
            if amount == 0 and plan not in ("CZO", "CF", "O"):
                plan = "C" if serial % 3 == 0 and index == 1 else ""
            if amount == 1200 and named:
                plan = "CZO" if context["second"] else "C"
            rows += self.line(context, key, code, name, at, amount, letters, plan)
        return rows

    def line(self, context, claim, code, name, at, amount, letter, plan):
        s = self.source
        base = dict(
            CLAIMID=claim, PATIENTID=context["patient"], FROMDATE=moment(at),
            TODATE=moment(context["stop"]), PLACEOFSERVICE=context["place"], PROCEDURECODE=code,
            DIAGNOSISREF1="1", UNITS="1", DEPARTMENTID="1", NOTES=name,
            APPOINTMENTID=context["encounter"], PATIENTINSURANCEID=context["patient"],
            FEESCHEDULEID="1", PROVIDERID=context["provider"],
            SUPERVISINGPROVIDERID=context["provider"])
        blank = "0.00" if context["serial"] % 2 else ""

        def row(kind, **fields):
            figures = dict(PAYMENTS=blank, ADJUSTMENTS=blank, TRANSFERS="", UNITAMOUNT=blank)
            return {**base, **figures, "ID": s.identifier(), "TYPE": kind, **fields}

        rows = [row("CHARGE", AMOUNT=money(amount), UNITAMOUNT=money(amount), TRANSFERTYPE=letter)]
        owed = amount

        def pay(method, paid):
            nonlocal owed
            if paid > 0:
                owed = max(0, owed - paid)
                rows.append(
                    row("PAYMENT", METHOD=method, PAYMENTS=money(paid), OUTSTANDING=money(owed)))

        def transfer(to, moved, above=0):
            if moved + above > 0 or to == "2":
                figure = money(moved + above)
                rows.append(row("TRANSFEROUT", TRANSFERS=figure, OUTSTANDING=money(owed)))
                rows.append(
                    row(
                        "TRANSFERIN", AMOUNT=figure, TRANSFERS=figure, TRANSFERTYPE=to,
                        OUTSTANDING=money(owed)))

        for step in plan:
            cash = s.choice(["CASH", "CC", "CHECK"])
            if step == "C":
                pay("COPAY", s.choice([1500, 2500, 7500]))
            elif step == "E":
                pay("ECHECK", owed * s.between(40, 95) // 100)
            elif step == "F":
                pay("ECHECK", owed)
            elif step == "O":
                pay("ECHECK", owed + 1250)
            elif step == "P":
                transfer("p", owed)
            elif step == "B":
                transfer("1", owed)
            elif step == "S":
                transfer("2", owed)
            elif step == "Z":
                transfer("2", 0)
            elif step == "X" and owed:
                transfer("p", owed, above=1)
                owed += 1
            elif step == "Q":
                transfer("p", owed * 3 // 4)
            elif step == "M":
                pay(cash, owed)
            elif step == "H":
                pay(cash, owed // 2)
            elif step == "U":
                pay("ECHECK", owed)
        return rows

    def write_rows(self, serial, claims):
        """Numbers the rows: a claim's own in order, two claims of a visit taking turns."""
        s = self.source
        merged = []
        waiting = [list(rows) for rows in claims]
        while any(waiting):
            rows = s.choice([rows for rows in waiting if rows])
            merged.append(rows.pop(0))
        last_out = {}
        for row in merged:
            self.charge_id += s.between(1, 3)
            row["CHARGEID"] = str(self.charge_id)
            if row["TYPE"] == "TRANSFEROUT":
                last_out[row["CLAIMID"]] = row["CHARGEID"]
            if row["TYPE"] == "TRANSFERIN":
                row["TRANSFEROUTID"] = last_out[row["CLAIMID"]]
        # The order in the file is not the order of the ledger.
        if serial % 8 == 2:
            merged.reverse()
        for row in merged:
            self.add("claims_transactions", **row)

    def stock(self, context):
        s = self.source
        serial = context["serial"]
        if serial % 6 == 0:
            for code, name, quantity in SUPPLIES[: s.between(1, 3)]:
                row = dict(
                    DATE=date(context["start"]), PATIENT=context["patient"],
                    ENCOUNTER=context["encounter"], CODE=code, DESCRIPTION=name,
                    QUANTITY=str(quantity))
                self.add("supplies", **row)
                if serial % 12 == 0:
                    self.add("supplies", **row)  # the very same row again
                if serial % 18 == 0:
                    later = date(context["start"] + 3 * DAY)
                    self.add("supplies", **{**row, "DATE": later, "QUANTITY": "1"})
        if serial % 20 == 7:
            number = serial // 20 % len(self.lots)
            lot, dates = self.lots[number]
            if dates is None:
                made = context["start"] - s.between(400, 500) * DAY
                dates = (gs1_date(made), gs1_date(made + 9131 * DAY))
                self.lots[number] = (lot, dates)
            code, name = DEVICES[number % len(DEVICES)]
            serial_number = str(s.between(1000, 10**9))
            item = str(10**13 + 917 * (number + 1))
            udi = f"(01){item}(11){dates[0]}(17){dates[1]}(10){lot}(21){serial_number}"
            if serial == 47:
                udi = f"(01){item}(10){lot}(17){dates[1]}(21){serial_number}"
            self.add(
                "devices", START=moment(context["start"]), STOP="", PATIENT=context["patient"],
                ENCOUNTER=context["encounter"], CODE=code, DESCRIPTION=name, UDI=udi)

    # Files

    def write(self):
        for name, columns in COLUMNS.items():
            end = "\r\n" if name in ("payers", "supplies") else "\n"
            lines = [",".join(columns)]
            for row in self.tables.get(name, []):
                unknown = set(row) - set(columns)
                assert not unknown, (name, unknown)
                lines.append(",".join(quoted(row.get(column, "")) for column in columns))
            text = end.join(lines)
            if name != "immunizations":
                text += end  # one file ends without a line break
            if name == "organizations":
                text = "\ufeff" + text
            with open(os.path.join(self.directory, name + ".csv"), "wb") as file:
                file.write(text.encode("utf-8"))


def quoted(text):
    if any(character in text for character in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


COLUMNS = {
    "organizations": "Id NAME ADDRESS CITY STATE ZIP LAT LON PHONE REVENUE UTILIZATION",
    "providers": (
        "Id ORGANIZATION NAME GENDER SPECIALITY ADDRESS CITY STATE ZIP LAT LON UTILIZATION"),
    "payers": (
        "Id NAME OWNERSHIP ADDRESS CITY STATE_HEADQUARTERED ZIP PHONE AMOUNT_COVERED"
        " AMOUNT_UNCOVERED REVENUE QOLS_AVG MEMBER_MONTHS"),
    "patients": (
        "Id BIRTHDATE DEATHDATE SSN DRIVERS PASSPORT PREFIX FIRST LAST SUFFIX MAIDEN MARITAL RACE"
        " ETHNICITY GENDER BIRTHPLACE ADDRESS CITY STATE COUNTY FIPS ZIP LAT LON"
        " HEALTHCARE_EXPENSES HEALTHCARE_COVERAGE INCOME SHOE_SIZE"),
    "payer_transitions": (
        "PATIENT MEMBERID START_DATE END_DATE PAYER SECONDARY_PAYER OWNERSHIP OWNER_NAME"),
    # Another order than Synthea's.
    "encounters": (
        "PATIENT Id STOP START PROVIDER ORGANIZATION PAYER ENCOUNTERCLASS CODE DESCRIPTION"
        " TOTAL_CLAIM_COST BASE_ENCOUNTER_COST PAYER_COVERAGE REASONCODE REASONDESCRIPTION"),
    "claims": (
        "Id PATIENTID PROVIDERID PRIMARYPATIENTINSURANCEID SECONDARYPATIENTINSURANCEID"
        " DEPARTMENTID PATIENTDEPARTMENTID DIAGNOSIS1 DIAGNOSIS2 DIAGNOSIS3 DIAGNOSIS4 DIAGNOSIS5"
        " DIAGNOSIS6 DIAGNOSIS7 DIAGNOSIS8 REFERRINGPROVIDERID APPOINTMENTID CURRENTILLNESSDATE"
        " SERVICEDATE SUPERVISINGPROVIDERID STATUS1 STATUS2 STATUSP OUTSTANDING1 OUTSTANDING2"
        " OUTSTANDINGP LASTBILLEDDATE1 LASTBILLEDDATE2 LASTBILLEDDATEP HEALTHCARECLAIMTYPEID1"
        " HEALTHCARECLAIMTYPEID2"),
    "claims_transactions": (
        "ID CLAIMID CHARGEID PATIENTID TYPE AMOUNT METHOD FROMDATE TODATE PLACEOFSERVICE"
        " PROCEDURECODE MODIFIER1 MODIFIER2 DIAGNOSISREF1 DIAGNOSISREF2 DIAGNOSISREF3"
        " DIAGNOSISREF4 UNITS DEPARTMENTID NOTES UNITAMOUNT TRANSFEROUTID TRANSFERTYPE PAYMENTS"
        " ADJUSTMENTS TRANSFERS OUTSTANDING APPOINTMENTID LINENOTE PATIENTINSURANCEID"
        " FEESCHEDULEID PROVIDERID SUPERVISINGPROVIDERID"),
    "procedures": (
        "START STOP PATIENT ENCOUNTER CODE DESCRIPTION BASE_COST REASONCODE REASONDESCRIPTION"),
    "immunizations": "DATE PATIENT ENCOUNTER CODE DESCRIPTION BASE_COST",
    "medications": (
        "START STOP PATIENT PAYER ENCOUNTER CODE DESCRIPTION BASE_COST PAYER_COVERAGE DISPENSES"
        " TOTALCOST REASONCODE REASONDESCRIPTION"),
    "supplies": "DATE PATIENT ENCOUNTER CODE DESCRIPTION QUANTITY",
    "devices": "START STOP PATIENT ENCOUNTER CODE DESCRIPTION UDI",
}
COLUMNS = {name: columns.split() for name, columns in COLUMNS.items()}


def main(arguments):
    directory = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    export = Export(directory, *map(int, arguments[1:3]))
    export.world()
    export.patients()
    export.write()


if __name__ == "__main__":
    main(sys.argv[1:])
