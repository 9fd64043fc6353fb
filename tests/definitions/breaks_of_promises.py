"""What can be wrong with promises, the law, closing and handing over."""

from tests.definitions.breaking import Break

_D11 = "  hoidon_tarve: {law: D-10}\n"


def _more(*lines: str) -> tuple[str, str]:
    return _D11, _D11 + "".join(f"  {line}\n" for line in lines)


_BESIDE = (
    "turvallinen: {{kind: promise, title: {{fi: Turvallinen, sv: Trygg}}, starts: [event danger],"
    " kept_when: [client reached], cancelled_when: [died, closed not reached], within: {0}, ladder: fast}}"
)
_ONE_WAY = (
    "ajoissa: {{kind: promise, title: {{fi: Ajoissa, sv: I tid}}, starts: [step kiireellisyys entered],"
    " kept_when: [{0}], cancelled_when: [case closed], within: 3 days, calendar: 24/7, ladder: fast}}"
)
_NEVER = 'events:\n  no_answer: {{closes: {{never_automatic_when: "{0}"}}}}\n\nhandovers:\n'
_BY_ITSELF = """  rinnalla:
    title: {{fi: Rinnalla, sv: Vid sidan}}
    by_hand: true
    all:
      lapset: {{title: {{fi: Lapset, sv: Barnen}}, kind: work, when: "client.has_children"}}
      yksin: {{title: {{fi: Yksin, sv: Ensam}}, kind: work{0}}}
    outcomes: {{tehty: end ratkaistu}}
  lahete:
"""
_LADDER = "ladders:\n  oma: {{title: {{fi: Oma, sv: Egen}}, rungs: {{yksi: {{when: at breach, tells: [{0}]{1}}}}}}}\n\nhandovers:\n"

PROMISES = (
    Break(
        "PW070",
        ("starts: [need found, outcome arvio.konsultoi]", "starts: [decision made]"),
        ("starts: [need found, outcome arvio.konsultoi]", "starts: [decision made, need found]"),
    ),
    Break(
        "PW071",
        ("kept_when: [first service event held]", "kept_when: [decision made]"),
        ("kept_when: [first service event held]", "kept_when: [decision made, first service event held]"),
    ),
    Break(
        "PW072", ("within: 2 weeks", "within: 24 hours"), ("within: 2 weeks", "within: 24 hours\n    calendar: 24/7")
    ),
    Break(
        "PW072",
        ("within: 2 weeks", "within: 3 days"),
        ("within: 2 weeks", "within: 7 days"),
        name="Christmas is longer",
    ),
    Break(
        "PW073",
        ("    pause_on: [client_postponed]\n    ladder: usual\n", "    pause_on: [client_postponed]\n"),
        (
            "    pause_on: [client_postponed]\n    ladder: usual\n",
            "    pause_on: [client_postponed]\n    ladder: fast\n",
        ),
    ),
    Break(
        "PW024",
        (
            "    pause_on: [client_postponed]\n    ladder: usual\n",
            "    pause_on: [client_postponed]\n    ladder: usuall\n",
        ),
        (
            "    pause_on: [client_postponed]\n    ladder: usual\n",
            "    pause_on: [client_postponed]\n    ladder: acute\n",
        ),
        name="ladder",
    ),
    Break(
        "PW073",
        ("handovers:\n", _LADDER.format("team_lead", "").replace("at breach", "at 80%")),
        ("handovers:\n", _LADDER.format("team_lead", "").replace("at breach", "2 working days after breach")),
        name="only warned before",
        also=(("[client_postponed]\n    ladder: usual", "[client_postponed]\n    ladder: oma"),),
    ),
    Break(
        "PW074",
        ("handovers:\n", _LADDER.format("", "")),
        ("handovers:\n", _LADDER.format("team_lead", "")),
        name="nobody",
    ),
    Break(
        "PW074",
        ("handovers:\n", _LADDER.format("role_holders", ", role: hoitajaa")),
        ("handovers:\n", _LADDER.format("role_holders", ", role: hoitaja")),
        name="unknown role",
    ),
    Break(
        "PW075",
        ("include: [vastaanotto, kiireellisyys, poikkeamat]", "include: [vastaanotto, kiireellisyys]"),
        ("pause_on: [client_postponed]\n", "pause_on: []\n"),
    ),
    Break(
        "PW076",
        ("cancelled_when: [need not found, client", "cancelled_when: [client"),
        ("cancelled_when: [need not found, client", "cancelled_when: [need not found , client"),
        says="end ratkaistu",
    ),
    Break(
        "PW077",
        ("    on_handover: travels\n", ""),
        ("    on_handover: travels\n", "    on_handover: cancelled\n"),
        also=(
            ("{vastaanotettu: hoito, palautettu", "{vastaanotettu: end siirtynyt, palautettu"),
            ("ends:\n", "ends:\n  siirtynyt: {fi: Siirtynyt, sv: Övergått}\n"),
        ),
    ),
    Break(
        "PW078",
        ("{law: D-10}", "{law: D-10, within: 2 working days}"),
        ("{law: D-10}", "{law: D-10, within: same day}"),
    ),
    Break(
        "PW079",
        ("{law: D-10}", "{law: D-10, cancelled_when: [client reached]}"),
        ("{law: D-10}", '{law: D-10, applies: "case.health_matter"}'),
    ),
    Break(
        "PW079",
        ("{law: D-10}", "{law: D-10, kept_when: [first act recorded]}"),
        ("{law: D-10}", "{law: D-10, kept_when: [health assessment recorded, step kiireellisyys done]}"),
        name="easier to keep",
    ),
    Break(
        "PW080",
        _more("laakarille: {law: D-12b, starts: [physician needed], kept_when: [physician visit held]}"),
        _more("laakarille: {law: D-12}"),
    ),
    Break(
        "PW081",
        ("    title: {fi: Hoito alkaa, sv: Vården börjar}\n", ""),
        ("    title: {fi: Hoito alkaa, sv: Vården börjar}\n", "    title: {fi: Hoito, sv: Vård}\n"),
    ),
    Break(
        "PW081",
        _more("suunnitelma: {law: D-06}"),
        _more("suunnitelma: {law: D-04}"),
        name="only the pathway knows the start",
    ),
    Break(
        "PW082",
        ("not found, client declined, closed not reached]", "not found, client declined]"),
        ("not found, client declined, closed not reached]", "not found, client declined, case closed]"),
    ),
    Break(
        "PW083",
        ("    kind: promise\n    title: {fi: Hoito alkaa", "    kind: statutory\n    title: {fi: Hoito alkaa"),
        ("    kind: promise\n    title: {fi: Hoito alkaa", "    kind: target\n    title: {fi: Hoito alkaa"),
    ),
    Break(
        "PW084",
        _more(_BESIDE.format("15 days")),
        _more(_BESIDE.format("14 days")),
        says="end ratkaistu",
        name="an event starts it",
    ),
    Break(
        "PW084",
        _more(_BESIDE.format("15 days").replace("event danger", "step jatkoyhteys_24h entered")),
        _more(_BESIDE.format("15 days").replace("event danger", "step neuvo entered")),
        name="a step beside starts it",
    ),
    Break(
        "PW085",
        _more(_ONE_WAY.format("outcome kiireellisyys.heti")),
        _more(_ONE_WAY.format("step kiireellisyys done")),
        says="hata",
    ),
)

CLOSING = (
    Break(
        "PW090",
        ("ends:\n", "ends:\n  ei_tavoitettu: {fi: Ei tavoitettu, sv: Inte nådd, needs: [approval by responsible]}\n"),
        (
            "ends:\n",
            "ends:\n  ei_tavoitettu: {fi: Ei tavoitettu, sv: Inte nådd, needs: [approval by responsible, approval by team_lead]}\n",
        ),
        name="approvals",
    ),
    Break(
        "PW090",
        (
            "handovers:\n",
            'events:\n  no_answer: {closes: {never_automatic_when: "client.minor_decides"}}\n\nhandovers:\n',
        ),
        (
            "handovers:\n",
            'events:\n  no_answer: {closes: {never_automatic_when: "client.special_support || client.minor_decides"}}\n\nhandovers:\n',
        ),
        name="special support",
    ),
    Break(
        "PW090",
        ("handovers:\n", _NEVER.format("!client.special_support || client.minor_decides")),
        ("handovers:\n", _NEVER.format("client.age < 18 || !(client.age >= 18 && !client.special_support)")),
        name="not for everybody with special support",
    ),
    Break(
        "PW090",
        ("handovers:\n", "events:\n  refused: {cancels: [promises]}\n\nhandovers:\n"),
        ("handovers:\n", "events:\n  refused: {cancels: [messages]}\n\nhandovers:\n"),
        says="only a death",
        name="nothing asked",
    ),
    Break(
        "PW090",
        ("  lahete:\n", _BY_ITSELF.format(', when: "client.lives_alone"')),
        ("  lahete:\n", _BY_ITSELF.format("")),
        says="by itself",
        name="nobody closes",
    ),
    Break(
        "PW090",
        ("handovers:\n", "events:\n  danger: {stay_open: 13 days}\n\nhandovers:\n"),
        ("handovers:\n", "events:\n  danger: {stay_open: 15 days}\n\nhandovers:\n"),
        name="danger",
    ),
    Break(
        "PW092",
        ("  - {to: kela, external: true}", "  - {to: kela, external: true}\n  - {to: aikuiset}"),
        ("  - {to: kela, external: true}", "  - {to: kela, external: true}\n  - {to: lastensuojelu, external: true}"),
    ),
)
