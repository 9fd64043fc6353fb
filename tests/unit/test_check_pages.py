"""The page of each code says what the checker says."""

from engine.findings import all_codes
from tests.check_pages import FOLDER, pages


def test_every_code_has_its_page_and_every_page_is_fresh() -> None:
    texts = pages()

    assert set(texts) == {"README.md", *(f"{code}.md" for code in all_codes())}
    stored = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert {name for name, text in texts.items() if stored.get(name) != text} == set(), "python -m tests.check_pages"
    assert set(stored) == set(texts), "python -m tests.check_pages"
