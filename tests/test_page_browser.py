"""The page as its readers have it: in a real Chromium, by mouse and by keyboard, with scripts and without."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, browser
from commands import run, write
from page_documents import HOSTILE, hostile_claims, many_claims, page_of, report

ROOT = Path(__file__).resolve().parents[1]
MANY, MADE = 5_000, 100
SECONDS = 60  # for a page with that many findings to load, on a slow machine
PHONE = 360


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        found.window(1400, 900)
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the project's documents, and of a report with errors."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        page_of(folder)
        (folder / "page.html").rename(folder / "five.html")
        patch.chdir(folder)
        report(folder)
    return {"five": folder / "five.html", "report": folder / "page.html"}


def shown(chromium: Browser) -> str:
    """The text of what was chosen; nothing while nothing is."""
    return chromium.run("const i = document.querySelector('#inspector'); return i.hidden ? '' : i.innerText")


def quiet(chromium: Browser) -> None:
    """The page asked for nothing and complained about nothing."""
    assert chromium.requests() == []
    assert chromium.complaints() == []


@pytest.mark.parametrize("name", ["five", "report"])
def test_every_finding_by_mouse(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    chromium.open(pages[name])
    chromium.run("document.querySelector('#notes')?.setAttribute('open', '')")
    links = chromium.driver.find_elements("css selector", ".finding .open")
    assert len(links) >= 2
    for link in links:
        heading = chromium.run("return arguments[0].closest('.finding').querySelector('h3').textContent", link)
        chromium.run("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        text = shown(chromium)
        first = re.findall(r"[\d.,]+", heading)[0]
        assert first in text
        assert "CHECKS WITH THIS FIGURE" in text.upper() or "THE FIGURES" in text.upper()
        chromium.driver.find_element("css selector", "#close").click()
        assert shown(chromium) == ""
        assert chromium.run("return document.activeElement === arguments[0]", link), "the focus is lost"
    quiet(chromium)


def test_every_figure_of_the_text_by_mouse(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["five"])
    figures = chromium.driver.find_elements("css selector", ".text .fig")
    assert len(figures) >= 30
    for figure in figures:
        chromium.run("document.querySelectorAll('.text details').forEach((d) => d.open = true)")
        chromium.run("arguments[0].click()", figure)
        assert figure.get_attribute("textContent") in shown(chromium)
    quiet(chromium)


def test_every_finding_and_figure_by_keyboard(chromium: Browser, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    chromium.open(pages["five"])
    count = chromium.run("return document.querySelectorAll('.level-group.warning .finding').length")
    reached = []
    for _ in range(count):
        chromium.press("j")
        reached.append(chromium.run("return document.activeElement.closest('.finding')?.id"))
    assert len(set(reached)) == count == 4
    chromium.press(Keys.ENTER)
    assert shown(chromium)
    chromium.press(Keys.ESCAPE)
    assert shown(chromium) == ""
    figures = chromium.run("return document.querySelectorAll('.document .fig[id]').length")
    seen = set()
    for _ in range(figures):
        chromium.press("n")
        seen.add(chromium.run("return location.hash"))
    assert len(seen) == figures
    chromium.press("?")
    assert chromium.run("return document.querySelector('#keys').open")
    chromium.press(Keys.ESCAPE)
    chromium.run("document.querySelector('#keys-on').checked = false")
    before = chromium.run("return location.hash")
    chromium.press("n")
    assert chromium.run("return location.hash") == before, "keys that were switched off still do something"


def test_what_can_be_tabbed_to_can_be_seen(chromium: Browser, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    chromium.open(pages["report"])
    seen = set()
    for _ in range(60):
        chromium.press(Keys.TAB)
        box = chromium.run(
            "const e = document.activeElement, b = e.getBoundingClientRect();"
            "return [e.id || e.textContent.trim().slice(0, 40), b.width, b.height, getComputedStyle(e).outlineStyle]"
        )
        assert box[1] > 0, box
        assert box[2] > 0, box
        seen.add(box[0])
    assert len(seen) > 20


def test_search_filters_findings_and_figures(chromium: Browser, pages: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    chromium.open(pages["five"])
    chromium.press("/")
    chromium.press(*"30.1%")
    assert wait(chromium, "return document.querySelector('#matches').textContent").startswith("1 finding")
    visible = chromium.run("return [...document.querySelectorAll('.finding:not([hidden])')].map((f) => f.textContent)")
    assert len(visible) == 1
    assert "30.1%" in visible[0]
    chromium.press(Keys.ESCAPE)
    assert chromium.run("return document.querySelectorAll('.finding[hidden]').length") == 0


def wait(chromium: Browser, script: str) -> str:
    """What a script gives as soon as it gives something."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = chromium.run(script)
        if found:
            return str(found)
        time.sleep(0.05)
    raise AssertionError(f"nothing came of {script}")


def test_addresses_lead_to_what_they_name(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["five"])
    ids = chromium.run("return [...document.querySelectorAll('.finding, .figure, .check')].map((e) => e.id)")
    assert len(ids) > 60
    for name in [*ids[:6], *ids[-6:]]:
        chromium.open(pages["five"], name)
        if name.startswith("finding-"):
            time.sleep(0.2)
            top = chromium.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", name)
            assert -1 <= top < 900
        else:
            assert shown(chromium)
        if name.startswith("figure-"):
            time.sleep(0.3)
            place = chromium.run(
                "const e = document.getElementById(arguments[0].replace('figure-', 'at-'));"
                "return e ? e.getBoundingClientRect().top : 1",
                name,
            )
            assert 0 < place < 900, "the text shows another place"
    chromium.driver.back()
    quiet(chromium)


@pytest.mark.parametrize("width", [320, PHONE, 768, 1400])
@pytest.mark.parametrize("name", ["five", "report"])
def test_nothing_is_wider_than_the_window(chromium: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    chromium.window(width, 800, phone=width < 500)
    chromium.open(pages[name])
    assert chromium.run("return document.documentElement.scrollWidth") <= width
    chromium.run("document.querySelector('.text .fig').click()")
    assert chromium.run("const i = document.querySelector('#inspector'); return i.scrollWidth - i.clientWidth") <= 0
    chromium.window(1400, 900)


def test_words_of_a_drawing_stay_inside_of_it(chromium: Browser, pages: dict[str, Path]) -> None:
    for name in ("five", "report"):
        chromium.open(pages[name])
        checks = chromium.run("return [...document.querySelectorAll('.check')].map((e) => e.id)")
        for check in checks:
            chromium.run("document.querySelector(`#${CSS.escape(arguments[0])} .open`).click()", check)
            outside = chromium.run(
                "return [...document.querySelectorAll('#chosen svg text')].filter((t) => {"
                "const b = t.getBBox(), v = t.ownerSVGElement.viewBox.baseVal;"
                "return b.x < -4 || b.x + b.width > v.width + 4 || b.y < -4 || b.y + b.height > v.height + 4;"
                "}).map((t) => t.textContent)"
            )
            assert outside == [], check


def test_without_scripts_everything_is_there(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.scripts(False)
    try:
        chromium.open(pages["five"])
        text = chromium.driver.find_element("css selector", "body").text
    finally:
        chromium.scripts(True)
    for part in (
        "30.1% does not follow from $31.5 billion and $24 billion",
        "now / then = $31.5 billion / $24 billion = 1.3125",
        "printed to 0.1 points, so 30.05–30.15%",
        "given the others: 24.164–24.260 billion USD",
    ):
        assert part in text
    assert "Search findings" not in text


def test_a_legend_switches_lines_off_without_scripts(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["five"])
    line = "return getComputedStyle(document.querySelector('.text .fig.checked')).textDecorationLine"
    assert chromium.run(line) == "underline"
    chromium.driver.find_element("css selector", "#show-checked").click()
    assert chromium.run(line) == "none"


def test_print_holds_the_working_on_white(chromium: Browser, pages: dict[str, Path]) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    chromium.window(1400, 900, dark=True)
    chromium.open(pages["five"])
    document = pdfium.PdfDocument(io.BytesIO(chromium.printed()))
    texts = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    corner = document[0].render(scale=0.2).to_pil().convert("L")
    document.close()
    chromium.window(1400, 900)
    assert "now / then = $31.5 billion / $24 billion = 1.3125" in " ".join(" ".join(texts).split())
    assert corner.getpixel((2, 2)) > 240
    low, _ = corner.getextrema()
    assert low < 90, "the headline is not dark on white"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path, {"a.yaml": hostile_claims(text), f"{'x' * 20}.md": f"# {text}\n\nExports were {text} $5 billion, {text}."}
    )
    done = run("all", "a.yaml", f"{'x' * 20}.md", "--output", "html=page.html", "--fail-on", "never")
    if done.code == 2:
        write(tmp_path, {"a.yaml": hostile_claims("plain")})
        done = run("all", "a.yaml", f"{'x' * 20}.md", "--output", "html=page.html", "--fail-on", "never")
    assert done.code == 0, done.all
    chromium.open(tmp_path / "page.html")
    chromium.run("document.querySelectorAll('a').forEach((link) => link.click())")
    assert chromium.run("return document.querySelectorAll('script').length") == 1
    assert (
        chromium.run("return document.querySelectorAll('img, main style, [onerror], [onmouseover], [onload]').length") == 0
    )
    assert chromium.run("return document.querySelector('main') !== null")
    quiet(chromium)


def test_the_policy_refuses_what_is_not_of_the_page(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["five"])
    chromium.run(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        "const p = document.createElement('p'); p.setAttribute('style', 'color: red'); document.body.append(p);"
        "const i = document.createElement('img'); i.src = 'x.png'; document.body.append(i);"
    )
    assert chromium.run("return window.ran === undefined")
    assert len([said for said in chromium.complaints() if "Content Security Policy" in said]) >= 3


def test_thousands_of_findings_stay_usable(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"many.yaml": many_claims(MADE)})
    done = run("check", "many.yaml", "--output", "html=page.html", "--format", "concise", "--fail-on", "never", seconds=120)
    assert done.code == 0
    page = tmp_path / "page.html"
    # Some are made, and the rest copied, since finding the faults takes longer than showing them.
    text = page.read_text(encoding="utf-8")
    article = re.findall(r'<article class="finding .*?</article>', text, re.DOTALL)
    assert len(article) == MADE
    more = "".join(
        one.replace('id="finding-', f'id="finding-{copy}-') for copy in range(MANY // MADE - 1) for one in article
    )
    page.write_text(text.replace(article[-1], article[-1] + more), encoding="utf-8")
    began = time.monotonic()
    chromium.open(page)
    assert chromium.run("return document.querySelectorAll('.finding').length") == MANY
    assert time.monotonic() - began < SECONDS
    took = chromium.run(
        "const begun = performance.now(); document.querySelectorAll('.finding .open')[4000].click();"
        "document.body.offsetHeight; return performance.now() - begun"
    )
    assert took < 5_000
    assert shown(chromium)
    assert page.stat().st_size < MANY * 8_000
    quiet(chromium)


def axe_core() -> Path:
    """axe-core: the one that is named, that of npm in the checkout, else the one in the package that carries it."""
    named = os.environ.get("CROSSCHECK_AXE", str(ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    carried = importlib.util.find_spec("axe_playwright_python")
    inside = [Path(folder) / "axe.min.js" for folder in (carried.submodule_search_locations or [] if carried else [])]
    found = next((path for path in (Path(named), *inside) if path.is_file()), None)
    if found is None:
        pytest.skip("no axe-core: install the extra `browser`, or set CROSSCHECK_AXE to an axe.min.js")
    return found


def test_accessible_by_axe(chromium: Browser, pages: dict[str, Path]) -> None:
    axe = axe_core().read_text(encoding="utf-8")
    for name in ("five", "report"):
        for dark in (False, True):
            for width in (1400, PHONE):
                chromium.window(width, 900, dark, phone=width == PHONE)
                chromium.open(pages[name])
                for state in ("", "document.querySelector('.text .fig.doubted, .fig.doubted').click()"):
                    chromium.run(state)
                    chromium.run(axe)
                    found = chromium.driver.execute_async_script(
                        "const done = arguments[arguments.length - 1];"
                        "axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations.map((v) => "
                        "`${v.id}: ${v.nodes.length}: ${v.nodes[0].html.slice(0, 200)}: ${v.nodes[0].failureSummary}`)))"
                    )
                    assert found == [], (name, dark, width, state)
    chromium.window(1400, 900)


def test_bars_are_printed(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["report"])
    chromium.command("Emulation.setEmulatedMedia", media="print")
    shown = chromium.run(
        "return [...document.querySelectorAll('.finding rect.bar')].map((r) => getComputedStyle(r).display)"
    )
    chromium.command("Emulation.setEmulatedMedia", media="")
    assert shown
    assert "none" not in shown
