"""What can be wrong with what a pathway says: its names, words, conditions and flow."""

from tests.definitions.breaking import Break

_TWO_OF = """  rinnalla:
    title: {{fi: Rinnalla, sv: Vid sidan}}
    by_hand: true
    decide: {{role: hoitaja}}
    n_of:
      n: 2
      branches:
        lapset: {{title: {{fi: Lapset, sv: Barnen}}, kind: work, when: "client.has_children"}}
        yksin: {{title: {{fi: Yksin, sv: Ensam}}, kind: work, when: "{0}"}}
    outcomes: {{tehty: done}}
  lahete:
"""
NAMES = (
    Break(
        "PW021",
        ('when: "client.guardian_may_know"', 'when: "client.guardian_may_now"'),
        ('when: "client.guardian_may_know"', 'when: "!client.guardian_may_know"'),
        says='did you mean "client.guardian_may_know"',
    ),
    Break(
        "PW021",
        ('"answers.phq_9a >= 5"', "\"answers.phq_9a >= 'viisi'\""),
        ('"answers.phq_9a >= 5"', '"answers.phq_9a > 5"'),
        name="type",
    ),
    Break(
        "PW021",
        ('"answers.phq_9a >= 5"', '"answers.phq_9a + 1 >= 5"'),
        ('"answers.phq_9a >= 5"', '"answers.phq_9a in [5, 6]"'),
        name="more than comparisons",
    ),
    Break(
        "PW022", ('"answers.phq_9a >= 5"', '"answers.phq_9a >= 0"'), ('"answers.phq_9a >= 5"', '"answers.phq_9a >= 1"')
    ),
    Break(
        "PW023",
        ("client.age >= 13 && client.age <= 17", "client.age >= 17 && client.age <= 13"),
        ("client.age >= 13 && client.age <= 17", "client.age >= 17 && client.age <= 17"),
    ),
    Break(
        "PW023",
        ('"answers.phq_9a >= 5"', '"answers.phq_9a > 27"'),
        ('"answers.phq_9a >= 5"', '"answers.phq_9a >= 27"'),
        name="beyond the scale",
    ),
    Break(
        "PW024",
        ("    role: terapeutti\n    outcomes: {paattyy", "    role: terapeuti\n    outcomes: {paattyy"),
        ("    role: terapeutti\n    outcomes: {paattyy", "    role: hoitaja\n    outcomes: {paattyy"),
        says='did you mean "terapeutti"',
        name="role",
    ),
    Break(
        "PW024",
        ("entry: [puhelin, chat]", "entry: [puhelin, chatti]"),
        ("entry: [puhelin, chat]", "entry: [puhelin]"),
        says='did you mean "chat"',
        name="channel",
    ),
    Break(
        "PW024",
        ("instruments: [phq_9a]", "instruments: [phq_9b]"),
        ("instruments: [phq_9a]", "instruments: [phq_9a, gad_7]"),
        name="instrument",
    ),
    Break(
        "PW024",
        ("{vointi_hyva: end ratkaistu,", "{vointi_hyva: end ratkaisu,"),
        ("{vointi_hyva: end ratkaistu,", "{vointi_hyva: end ratkaistu ,"),
        says='did you mean "ratkaistu"',
        name="end",
    ),
    Break(
        "PW024",
        ("retention: potilasasiakirja", "retention: potilaskirja"),
        ("retention: potilasasiakirja", "retention: asiakkuusasiakirja"),
        name="retention",
    ),
    Break(
        "PW024",
        ("calendar: palveluaika", "calendar: palveluajat"),
        ("calendar: palveluaika", "calendar: arkipaiva"),
        name="calendar",
    ),
    Break(
        "PW024",
        ("handovers:\n  - {to: kela, external: true}", "handovers:\n  - {to: kelaa, external: true}"),
        ("handovers:\n  - {to: kela, external: true}", "handovers:\n  - {to: kela}"),
        name="outside receiver",
    ),
    Break(
        "PW024",
        (
            "    kind: service\n",
            "    kind: service\n    fields: {kieli: {title: {fi: a, sv: b}, fact: client.langauge}}\n",
        ),
        (
            "    kind: service\n",
            "    kind: service\n    fields: {kieli: {title: {fi: a, sv: b}, fact: client.language}}\n",
        ),
        says='did you mean "client.language"',
        name="variable",
    ),
    Break(
        "PW055",
        ("oireita: hoito}", "oireita: hoita}"),
        ("oireita: hoito}", "oireita: arvio}"),
        says='did you mean "hoito"',
    ),
    Break(
        "PW055",
        ("{from: hoito, role", "{from: hoitoo, role"),
        ("{from: hoito, role", "{from: arvio, role"),
        name="responsible",
    ),
    Break(
        "PW055",
        ("starts: [need found, outcome arvio.konsultoi]", "starts: [step arvioo done]"),
        ("starts: [need found, outcome arvio.konsultoi]", "starts: [outcome arvio.tukikaynnit]"),
        name="phrase",
    ),
    Break(
        "PW095",
        ("handovers:\n", "events:\n  danger: {enters: [soitto]}\n\nhandovers:\n"),
        ("handovers:\n", "events:\n  danger: {enters: [jatkoyhteys_24h]}\n\nhandovers:\n"),
    ),
)

DATA = (
    Break(
        "PW025",
        ('applies: "unit.promises_on"', 'applies: "answers.gad_7 >= 8"'),
        ('applies: "unit.promises_on"', 'applies: "answers.phq_9a >= 8"'),
        says="answers.gad_7",
    ),
    Break(
        "PW052",
        ("  lahete:\n", _TWO_OF.format("!client.has_children")),
        ("  lahete:\n", _TWO_OF.format("client.lives_alone")),
        says="at most 1",
        name="never wanted together",
    ),
)

WORDS = (
    Break("PW031", ("{paattyy: seuranta,", "{loppuu: seuranta,"), ("{paattyy: seuranta,", "{valmis: seuranta,")),
    Break(
        "PW032",
        ("    title: {fi: Hoitojakso, sv: Vårdperiod}\n", ""),
        ("    title: {fi: Hoitojakso, sv: Vårdperiod}\n", "    title: {fi: Hoito, sv: Vård}\n"),
    ),
    Break(
        "PW035",
        ("  legal: {by: Juristi, on: 2026-11-02}\n", "  legal: null\n"),
        ("  legal: {by: Juristi, on: 2026-11-02}\n", "  legal: {by: Asianajaja, on: 2026-11-02}\n"),
    ),
    Break(
        "PW036",
        (
            "  hoito: {fi: Hoito, sv: Vård}\n",
            "".join(f"  v{n}: {{fi: Vaihe, sv: Fas}}\n" for n in range(6)) + "  hoito: {fi: Hoito, sv: Vård}\n",
        ),
        (
            "  hoito: {fi: Hoito, sv: Vård}\n",
            "".join(f"  v{n}: {{fi: Vaihe, sv: Fas}}\n" for n in range(5)) + "  hoito: {fi: Hoito, sv: Vård}\n",
        ),
    ),
    Break(
        "PW054",
        ("    kind: contact\n    opens", "    opens"),
        ("    kind: contact\n    opens", "    kind: work\n    opens"),
        name="kind",
    ),
    Break(
        "PW054",
        ("    ask: {profession: laakari}\n", ""),
        ("    ask: {profession: laakari}\n", "    ask: {profession: geriatri, organisation: hus}\n"),
        name="whom to ask",
    ),
    Break(
        "PW059",
        ("    kind: service\n", "    kind: service\n    to: hus\n"),
        ("    kind: service\n", "    kind: service\n    target: 90 days\n"),
    ),
    Break(
        "PW093",
        ("register: terveys", "register: yhteinen"),
        ("register: terveys", "register: yhteinen\nregister_basis: {fi: Järjestämislaki, sv: Lagen om ordnande}"),
    ),
    Break(
        "PW094",
        ("suggests: {tukikaynnit:", "suggests: {tukikaynti:"),
        ("suggests: {tukikaynnit:", "suggests: {konsultoi:"),
        says='did you mean "tukikaynnit"',
    ),
)

FLOW = (
    Break(
        "PW050",
        (
            "  lahete:\n",
            "  sivussa:\n    title: {fi: Sivussa, sv: Vid sidan}\n    kind: work\n    outcomes: {tehty: hoito}\n  lahete:\n",
        ),
        (
            "  lahete:\n",
            "  sivussa:\n    title: {fi: Sivussa, sv: Vid sidan}\n    kind: work\n    by_hand: true\n    outcomes: {tehty: done}\n  lahete:\n",
        ),
    ),
    Break(
        "PW051",
        ("{vointi_hyva: end ratkaistu, oireita: hoito}", "{vointi_hyva: seuranta, oireita: seuranta}"),
        ("{vointi_hyva: end ratkaistu, oireita: hoito}", "{vointi_hyva: end ratkaistu, oireita: seuranta}"),
    ),
    Break(
        "PW052",
        ("kind: meeting, outcomes: {pidetty: done}", "kind: meeting, outcomes: {pidetty: sovitaan}"),
        ("kind: meeting, outcomes: {pidetty: done}", "kind: meeting, outcomes: {pidetty: done, valmis: done}"),
    ),
    Break(
        "PW053",
        ("loops: {at_most: 3, per: case}\n", ""),
        ("loops: {at_most: 3, per: case}\n", "loops: {at_most: 1, per: step}\n"),
    ),
    Break(
        "PW056",
        ("{pidetty: done}", "{pidetty: done, sovittu: huoltaja}"),
        ("{pidetty: done}", "{pidetty: done, tehty: done}"),
        name="out of a branch",
    ),
    Break(
        "PW056",
        ("{paattyy: seuranta,", "{paattyy: kayn_kotona,"),
        ("{paattyy: seuranta,", "{paattyy: seuranta , vaihto: arvio,"),
        name="into a branch",
    ),
    Break(
        "PW056",
        ("{paattyy: seuranta,", "{paattyy: seuranta, valmis: done,"),
        ("{paattyy: seuranta,", "{paattyy: seuranta, valmis: end ratkaistu,"),
        name="done in no branch",
    ),
    Break(
        "PW057",
        ("ohjattu_muualle: end ohjattu_muualle}", "ohjattu_muualle: end ratkaistu}"),
        ("ends:\n", "ends:\n  kieltaytyi: {fi: Kieltäytyi, sv: Tackade nej}\n"),
    ),
    Break("PW058", ("      huoltaja:", "      hoito:"), ("      huoltaja:", "      vanhempi:")),
)

RESPONSIBILITY = (
    Break(
        "PW060",
        ("  - {from: vastaanotto, role: hoitaja}", "  - {from: kiireellisyys, role: hoitaja}"),
        ("  - {from: vastaanotto, role: hoitaja}", "  - {from: vastaanotto, role: terapeutti}"),
    ),
    Break(
        "PW061",
        ("professions: [psykologi], skills_any: [ipc]", "professions: [psykologi], skills_any: [suuntima]"),
        ("professions: [psykologi], skills_any: [ipc]", "professions: [psykologi], skills_any: [suuntima, cool_kids]"),
    ),
    Break(
        "PW062",
        (
            "roles:\n",
            "roles:\n  omatyontekija: {title: {fi: Omatyöntekijä, sv: Egen kontaktperson}, professions: [sosiaaliohjaaja, sairaanhoitaja]}\n",
        ),
        (
            "roles:\n",
            "roles:\n  omatyontekija: {title: {fi: Omatyöntekijä, sv: Egen kontaktperson}, professions: [sosiaaliohjaaja, palveluohjaaja]}\n",
        ),
        also=(("register: terveys", "register: sosiaali"),),
    ),
    Break(
        "PW063",
        ("roles:\n", "roles:\n  turha: {title: {fi: Turha, sv: Onödig}, professions: [sairaanhoitaja]}\n"),
        ("professions: [sairaanhoitaja]}", "professions: [sairaanhoitaja, terveydenhoitaja]}"),
    ),
)
