"""What can be wrong with a file's words before its meaning is looked at."""

from tests.definitions.breaking import Break

READING = (
    Break(
        "PW001",
        ("purpose: {fi: Kokeillaan.,", "purpose: {fi: Kokeillaan: vain,"),
        ("purpose: {fi: Kokeillaan.,", 'purpose: {fi: "Kokeillaan: vain",'),
        at="purpose",
    ),
    Break(
        "PW002",
        ("  hoito: {fi: Hoito,", "\thoito: {fi: Hoito,"),
        ("  hoito: {fi: Hoito,", "  hoito:  {fi: Hoito,"),
        name="tab",
    ),
    Break(
        "PW002",
        ("register: terveys", "register: &r terveys"),
        ("register: terveys", "register: 'terveys'"),
        name="anchor",
    ),
    Break("PW002", ("register: terveys", "register: !!str terveys"), ("source: test", 'source: "!!str"'), name="tag"),
    Break(
        "PW002", ("handovers:\n", "---\nhandovers:\n"), ("handovers:\n", "# ---\nhandovers:\n"), name="second document"
    ),
    Break(
        "PW002",
        ("source: test", "source: test\n? [a]\n: b"),
        ("source: test", "source: '? [a]'"),
        name="key that is a list",
    ),
    Break(
        "PW003",
        ("source: test", "source: " + "x" * 256 * 1024),
        ("source: test", "source: " + "x" * 200 * 1024),
    ),
    Break(
        "PW004",
        ("source: test", "source: test\nsource: testi"),
        ("source: test", "source: test # source"),
        at="source: testi",
    ),
    Break(
        "PW010",
        ("    kind: service", "    knid: service"),
        ("    kind: service", "    kind:   service"),
        at="knid",
        says='did you mean "kind"',
    ),
    Break(
        "PW010",
        ("loops: {at_most: 3, per: case}", "loops: {at_most: 3, for: case}"),
        ("loops: {at_most: 3, per: case}", "loops: {at_most: 3}"),
        name="deep",
    ),
    Break("PW011", ("source: test\n", ""), ("source: test\n", "source: jokin\n")),
    Break("PW012", ("  neuvo:\n", "  Neuvo:\n"), ("loops: {at_most: 3", "loops: {at_most: 2"), at="  Neuvo:"),
    Break(
        "PW013",
        ("    kind: service", "    kind: servise"),
        ("    kind: service", "    kind: contact"),
        at="servise",
        says='did you mean "service"',
    ),
    Break("PW014", ("version: 1", "version: yksi"), ("version: 1", "version: 2"), at="yksi", says="whole number"),
    Break("PW014", ("fi: Kokeillaan.", "fi: ''"), ("fi: Kokeillaan.", "fi: '-'"), name="empty text", says="missing"),
    Break("PW014", ("on: 2026-11-01", "on: 1.11.2026"), ("on: 2026-11-01", "on: '2026-11-01'"), name="day"),
    Break("PW014", ("entry: [puhelin, chat]", "entry: puhelin"), ("entry: [puhelin, chat]", "entry: []"), name="list"),
    Break(
        "PW015", ("within: 2 weeks", "within: 2 wekes"), ("within: 2 weeks", "within: 1 week"), at="wekes", name="goal"
    ),
    Break(
        "PW015",
        ("within: 2 weeks", "within: 1 day"),
        ("within: 2 weeks", "within: 2 days\n    calendar: 24/7"),
        name="ambiguous day",
    ),
    Break(
        "PW015",
        ("opens: 3 months after hoito", "opens: 3 months from hoito"),
        ("opens: 3 months after hoito", "opens: at age 18 years"),
        name="opening",
    ),
    Break(
        "PW015",
        ("warn: [2 service hours before]", "warn: [2 service hours befor]"),
        ("warn: [2 service hours before]", "warn: [at 50%]"),
        name="anchor",
    ),
    Break(
        "PW015",
        ("    kind: service", "    kind: service\n    needs: [many goals]"),
        ("    kind: service", "    kind: service\n    needs: [summary to client]"),
        name="need",
    ),
    Break(
        "PW016",
        ("{fi: Kokeillaan., sv", "{fi: Kokeillaan, ehkä., sv"),
        ("{fi: Kokeillaan., sv", '{fi: "Kokeillaan, ehkä.", sv'),
    ),
    Break(
        "PW020",
        ("kept_when: [first act recorded]", "kept_when: [first act recordd]"),
        ("kept_when: [first act recorded]", "kept_when: [client reached, first act recorded]"),
        at="recordd",
        says='did you mean "first act recorded"',
    ),
    Break(
        "PW030",
        ("{fi: Alku, sv: Början}", "{fi: Alku}"),
        ("{fi: Alku, sv: Början}", "{fi: Alku, sv: Början, en: Start}"),
        at="alku:",
    ),
    Break(
        "PW040",
        ("county: [ppt_raja]", "county: [ppt_rajaa]"),
        ("county: [ppt_raja]", "county: []"),
        says='did you mean "ppt_raja"',
    ),
    Break(
        "PW041",
        ("kiireellisyys, poikkeamat]", "kiireellisyys, poikeamat]"),
        ("kiireellisyys, poikkeamat]", "kiireellisyys, konsultaatio, poikkeamat]"),
        says='did you mean "poikkeamat"',
    ),
    Break(
        "PW042",
        ("include: [vastaanotto, kiireellisyys,", "include: [kiireellisyys,"),
        ("include: [vastaanotto, kiireellisyys,", "include: [kiireellisyys, vastaanotto,"),
    ),
    Break("PW043", ("use: kiireellisyys", "use: poikkeamat"), ("use: kiireellisyys", "use: vastaanotto")),
    Break(
        "PW044",
        ("version: 1\n", 'version: 1\nregister_basis: {fi: "${ppt_rja}", sv: x}\n'),
        ("version: 1\n", 'version: 1\nregister_basis: {fi: "${ppt_raja}", sv: x}\n'),
        says='did you mean "ppt_raja"',
    ),
    Break("PW045", ("{law: D-10}", "{law: D-99}"), ("{law: D-10}", "{law: D-10, warn: [at 50%]}"), at="D-99"),
)
