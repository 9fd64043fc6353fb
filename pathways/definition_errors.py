"""What a definition's own words are refused for. Each sentence says what is possible instead."""

from datetime import date

from pathways.near_miss import did_you_mean


class DefinitionTextError(ValueError):
    """Words in a definition that can't be read: a phrase, a need, an opening, an anchor."""


class UnknownPhrase(DefinitionTextError):
    """No such phrase in the closed list of `pathways/phrases.py`."""

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        self.text = text
        self.known = known
        super().__init__(f'no phrase "{text}"{did_you_mean(text, known)}')


class UnreadableOpening(DefinitionTextError):
    """A step's `opens` is neither a span after a step, nor an age, nor told by a recorded date."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f'can\'t read when a step opens from "{text}"; write "3 months after <step>", "at age 17 years 6 months",'
            ' "on date <field>" or "60 days before date <field>"'
        )


class UnknownNeed(DefinitionTextError):
    """A need that nothing can check."""

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        self.text = text
        self.known = known
        super().__init__(f'no need "{text}"{did_you_mean(text, known)}; possible: {", ".join(known)}')


class TimesInForceOverlap(DefinitionTextError):
    """Two wordings of one law hold on the same day, or one ends before it begins."""

    def __init__(self, ends: date, begins: date) -> None:
        self.fi = f"voimassaoloajat eivät ole peräkkäin: {ends} ja {begins}; kirjoita vanhin ensin, ja uusi alkaa edellisen jälkeen"
        self.sv = f"giltighetstiderna följer inte på varandra: {ends} och {begins}; skriv den äldsta först, och den nya börjar efter den förra"
        super().__init__(
            f"the times in force don't follow each other: {ends} and {begins}; write the oldest first, each beginning after the one before"
        )
