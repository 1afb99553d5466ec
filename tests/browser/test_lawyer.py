"""A lawyer without an account enters R. S. of seed S2 on a phone (domain.md 6.4)."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from intake.form.moments import ZONE
from intake.form.vocabularies import vocabulary
from tests.browser.browsing import codes, press, sign_in, visit
from tests.browser.filling import SEND, Told, begin, looked_at, walk
from tests.people import COORDINATOR, PASSPHRASES, SECOND
from tests.running import Running

NARRATIVE = "Её держат одну в холодной камере без света и воды."
WHISPERED = "Она сказала мне это шёпотом."
MAJOR: Told = {
    "officer_rank": "Майор",
    "officer_looks": "Лет сорок, седые виски.",
    "officer_involvement": ["ordered", "present"],
}
KEEPER: Told = {
    "officer_looks": "Высокий, рука перевязана.",
    "officer_involvement": ["direct"],
}
LAWYER: Told = {
    "reporter_role": "lawyer",
    "reporter_name": "Адвокат Ш.",
    "organisation": "Областная коллегия адвокатов",
    "lawyer_licence": "000-000",
    "authority_doc": ["defence_notice", "bar_card"],
    "under_non_disclosure": "no",
    "victim_status": "police_custody",
    "custody_place": "Семей, изолятор временного содержания",
    "custody_acknowledged": "disclosed_contact",
    "lawyer_access": "own_free",
    "family_access": "no",
    "victim_knowledge": "agreed",
    "victim_name": "Сәуле Ш.",
    "victim_sex": "female",
    "age_band_then": "25_39",
    "narrative": NARRATIVE,
    "trained_only": "yes",
    "place_name": "Изолятор временного содержания",
    "town_said": "Семипалатинск",
    "town": "semey",
    "place_type": ["ivs"],
    "phase": ["interrogation", "cell"],
    "event_context": ["protest", "criminal_case"],
    "agency": ["police_custody_staff"],
    "perpetrators_text": "Майор и двое сотрудников изолятора.",
    "purpose": ["confession", "sign"],
    "victims_count": "1",
    "witnesses": "Женщина из соседней камеры.",
    "cctv_place": "Коридор изолятора",
    "injury": ["loss_consciousness", "fear"],
    "still_present": "yes",
    "in_detail": "yes",
    "method_group": ["asphyxia", "environment", "psych"],
    "method": ["strangulation", "rape_object", "solitary", "cold_heat", "cell_conditions"],
    "sexual_choice": "tell",
    "intimate_narrative": WHISPERED,
    "preferred_handler_gender": "female",
    "injury_words": "Говорит шёпотом, глотать больно.",
    "medical_exam": ["none"],
    "need": ["medical_urgent", "forensic", "visit"],
    "contact_method": ["signal"],
    "contact_value": "+7 000 000 00 01",
    "contact_rules": ["no_org_name", "code_word"],
    "code_word": "рябина",
    "consent_contact": "yes",
    "case_status": "suspect",
    "article_charged": "Массовые беспорядки",
    "signed": ["refused"],
    "evidence": ["detention_record"],
    "occupation_profile": ["hrd"],
    "consent": ["refer_internal", "npm_ombudsman", "un_government"],
    "consent_giver": "victim",
}
SEVEN = (
    "in_custody",
    "custody_same_agency",
    "abuse_ongoing",
    "detention_first_72h",
    "isolated",
    "medical_red_flag",
    "targeted_profile",
)
NINE = (*SEVEN, "sexual_72h", "sexual_any")
WAYS = [("ru", False), ("kk", True)]


def days_ago(hours: int) -> tuple[str, str]:
    moment = datetime.now(UTC).astimezone(ZONE) - timedelta(hours=hours)
    return f"{moment:%d.%m.%Y}", f"{moment:%H:%M}"


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_her_report_stands_first_with_nine_reasons(
    browser: Browser, own_pages: Running, language: str, *, javascript: bool
) -> None:
    phone = visit(browser, language=language, javascript=javascript).new_page()
    begin(phone, own_pages.url, language)
    walk(phone, told_now(), language, {"officers": [MAJOR, KEEPER]})
    expect(phone.locator("main")).to_contain_text(NARRATIVE, use_inner_text=True)
    press(phone, SEND)
    looked_at(phone, language)
    assert len(codes(phone)) == 1

    desk = visit(browser, language=language, wide=True).new_page()
    assert_first(desk, own_pages.url, COORDINATOR)
    assert set(reasons(desk)) == labels(NINE, language)
    assert_all_is_read(desk)

    other = visit(browser, language=language, wide=True).new_page()
    assert_first(other, own_pages.url, SECOND)
    shown = reasons(other)
    assert labels(SEVEN, language) < set(shown)
    assert len(shown) == len(SEVEN) + 1
    assert not labels(("sexual_72h", "sexual_any"), language) & set(shown)


def told_now() -> Told:
    """The same answers with the days and hours of the last two days."""
    taken, taken_at = days_ago(40)
    done, done_at = days_ago(20)
    return {
        **LAWYER,
        "detained_on": taken,
        "detained_time": taken_at,
        "act_date_from": done,
        "act_date_to": done,
        "act_time_to": done_at,
    }


def assert_first(page: Page, url: str, handle: str) -> None:
    """Immediate, and before all others; then its overview."""
    sign_in(page, url, handle, PASSPHRASES[handle])
    first = page.locator("table.rows tbody tr").first
    assert "u1" in (first.get_attribute("class") or "").split()
    press(page, "table.rows tbody tr:first-child a.ref")


def reasons(page: Page) -> list[str]:
    return page.locator("ul.why > li > span").all_inner_texts()


def labels(codes: tuple[str, ...], language: str) -> set[str]:
    return {vocabulary("factor").label(code, language) for code in codes}


def assert_all_is_read(page: Page) -> None:
    """A trained handler finds every word of hers; what was whispered, once she unfolds it."""
    press(page, 'form[action*="/open"] button')
    folded = page.locator("main details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    read = page.locator("main").inner_text()
    told = [value for part in (LAWYER, MAJOR, KEEPER) for value in part.values()]
    words = [value for value in told if isinstance(value, str) and " " in value]
    assert WHISPERED in words
    assert [text for text in words if text not in read] == []
