"""Read models: what the API and the pages show, as frozen values. Built in sets: never one query per row.

Every function takes a `Reading` (one transaction, the actor, now) and the language its texts are asked in. What the
actor may not see is left out, or raises `UnknownThing`; what was read is noted on the reading, whose end writes it
to the access log before anybody gets the answer.

    with engine.reading(actor) as reading:
        page = case_view(reading, case_id, "sv")

    case_view(reading, case_id, language)                                     → CaseView
    case_timeline(reading, case_id, language, cursor=, limit=, category=)     → Timeline
    worklist(reading, language, view=, cursor=, limit=, pathway=, unit=)      → Worklist
    worklist_counts(reading)                                                  → {view: rows}
    promise_board(reading, language, unit=, kind=, cursor=, limit=)           → PromiseBoard
    board_rows(reading, language, state=, unit=, kind=, cursor=, limit=)      → (BoardRow, …), next cursor
    promise_report(reading, language, from_on=, to_on=, by=, kind=, unit=)    → PromiseReport
    consultation_view(reading, consultation_id, language)                     → ConsultationView
    pathway_catalogue(reading, language)                                      → tuple[PathwayRow, ...]
    pathway_page(reading, pathway_id, version, language)                      → PathwayPage
    notifications(reading, language, cursor=, limit=)                         → Notifications

Each lives in the module of its name (`pathway_page` beside the catalogue, `board_rows` beside the board).
"""
