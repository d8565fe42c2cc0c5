"""The form for stories as HTML that needs no script: every text in it is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from desirepath.web.workshop.phone_words import FROM_RIGHT, LANGUAGES, Words
from desirepath.web.workshop.stories import LONGEST, MOST_HEARD

HONEYPOT = "website"
SHEET = "sheet"  # what the same words on the same form are known by
FIELDS = ("step", "text", "who", "heard_from", "how_often", "when", "permission")
OFTEN = ("", "once", "now and then", "weekly", "daily")
MAY = ("no", "inside", "anywhere")
STYLE = """
:root{color-scheme:light dark;--ink:light-dark(#1d2433,#e7eaf1);--soft:light-dark(#4a5468,#aeb7c9);
--ground:light-dark(#f6f7fa,#12161f);--paper:light-dark(#fff,#1a202c);--line:light-dark(#7b8598,#7a869c);
--accent:light-dark(#2457d6,#8db0ff);--on:light-dark(#fff,#101725);--danger:light-dark(#b3202c,#ff9aa2)}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-inline-size:34rem;margin-inline:auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.2;margin-block:.5rem}
p{margin-block:.5rem}
.soft{color:var(--soft);font-size:.9rem}
form{display:grid;gap:1.25rem;margin-block:1.25rem}
fieldset{border:0;margin:0;padding:0}
legend,label.name{display:block;font-weight:600;padding:0;margin-block-end:.25rem}
.row{display:flex;gap:.6rem;align-items:center;min-block-size:2.75rem}
input[type=radio]{inline-size:1.4rem;block-size:1.4rem;flex:none;margin:0;accent-color:var(--accent)}
select,textarea,input[type=date],input[type=number]{inline-size:100%;min-block-size:2.75rem;padding:.5rem;font:inherit;
color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px}
input[type=number]{max-inline-size:9rem}
textarea{min-block-size:9rem;resize:vertical}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button,a.button{display:inline-block;min-block-size:3rem;padding:.7rem 1.5rem;font:inherit;font-weight:600;border:0;border-radius:6px;
background:var(--accent);color:var(--on);text-decoration:none;cursor:pointer}
.error{color:var(--danger);font-weight:600}
.errors{border:2px solid var(--danger);border-radius:6px;padding:.75rem;background:var(--paper)}
.errors ul{margin:.25rem 0 0;padding-inline-start:1.25rem}
.errors h2{margin:0;font-size:1.1rem}
.trap{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
"""

# Stages of a map with their steps, by id and name.
Steps = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def policy(nonce: str) -> str:
    """What a page of the form may load: its own style, and nothing else."""
    return (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def form_page(
    language: str,
    nonce: str,
    title: str,
    steps: Steps,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
) -> str:
    """The form.

    Args:
        language: One of `LANGUAGES`.
        nonce: Of the style.
        title: Of the map.
        steps: What one can choose from.
        values: What stands in its fields.
        wrong: What is wrong, by field; "" for what belongs to none.
    """
    words = LANGUAGES[language]
    more = escape(words["more"].format(map="{map}")).replace("{map}", f'<b dir="auto">{escape(title)}</b>')  # fmt: skip
    content = f"""<h1>{escape(words["title"])}</h1>
<p>{more}</p>
{_errors(words, wrong)}
<form method="post" accept-charset="utf-8">
{_step(words, steps, values, wrong)}
{_text(words, values, wrong)}
{_radios(words, "who", ("customer", "staff"), values, wrong)}
{_heard(words, values, wrong)}
{_radios(words, "how_often", OFTEN, values, wrong)}
{_day(words, values, wrong)}
{_radios(words, "permission", MAY, values, wrong)}
<div class="trap" aria-hidden="true"><label>{escape(words["leave_empty"])} <input name="{HONEYPOT}" tabindex="-1" autocomplete="off"></label></div>
<input type="hidden" name="{SHEET}" value="{escape(values.get(SHEET, ""))}">
<p class="soft">{escape(words["privacy"])}</p>
<div><button type="submit">{escape(words["send"])}</button></div>
</form>"""
    return _page(language, nonce, words["title"], content)


def told_page(language: str, nonce: str, title: str, more: str, again: str = "") -> str:
    """A page that only tells something.

    Args:
        language: One of `LANGUAGES`.
        nonce: Of the style.
        title: Key of its title.
        more: Key of what it tells.
        again: Address of the form, "" for none.
    """
    words = LANGUAGES[language]
    link = f'<p><a class="button" href="{escape(again)}">{escape(words["again"])}</a></p>' if again else ""  # fmt: skip
    content = f"<h1>{escape(words[title])}</h1>\n<p>{escape(words[more])}</p>\n{link}"
    return _page(language, nonce, words[title], content)


def _page(language: str, nonce: str, title: str, content: str) -> str:
    direction = "rtl" if language in FROM_RIGHT else "ltr"
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style nonce="{nonce}">{STYLE}</style>
</head>
<body>
<main>
{content}
</main>
</body>
</html>
"""


def _errors(words: Words, wrong: Mapping[str, str]) -> str:
    if not wrong:
        return ""
    lines = "".join(
        f'<li><a href="#{name}">{escape(told)}</a></li>' if name else f"<li>{escape(told)}</li>"
        for name, told in wrong.items()
    )  # fmt: skip
    return f'<div class="errors" role="alert"><h2>{escape(words["wrong"])}</h2><ul>{lines}</ul></div>'  # fmt: skip


def _said(name: str, wrong: Mapping[str, str]) -> tuple[str, str]:
    """Attributes of a field, and the line that says what is wrong with it."""
    told = wrong.get(name, "")
    if not told:
        return "", ""
    line = f'<p class="error" id="{name}-wrong">{escape(told)}</p>'
    return f' aria-invalid="true" aria-describedby="{name}-wrong"', line


def _step(words: Words, steps: Steps, values: Mapping[str, str], wrong: Mapping[str, str]) -> str:  # fmt: skip
    state, line = _said("step", wrong)
    chosen = values.get("step", "")
    groups = [
        f'<optgroup label="{escape(stage)}">'
        + "".join(_option(one, name, one == chosen) for one, name in inside)
        + "</optgroup>"
        for stage, inside in steps
        if inside
    ]
    return f"""<div><label class="name" for="step">{escape(words["step"])}</label>{line}
<select id="step" name="step" required{state}><option value="">{escape(words["step_choose"])}</option>{"".join(groups)}</select></div>"""


def _option(value: str, name: str, is_chosen: bool) -> str:  # noqa: FBT001 - one of two looks
    chosen = " selected" if is_chosen else ""
    return f'<option value="{escape(value)}"{chosen}>{escape(name)}</option>'


def _text(words: Words, values: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    line = _said("text", wrong)[1]
    invalid = ' aria-invalid="true"' if line else ""
    hints = "text-hint text-wrong" if line else "text-hint"
    # The first line break of a textarea is not part of what stands in it.
    return f"""<div><label class="name" for="text">{escape(words["text"])}</label>
<p class="soft" id="text-hint">{escape(words["text_hint"].format(most=LONGEST))}</p>{line}
<textarea id="text" name="text" required maxlength="{LONGEST}" dir="auto" aria-describedby="{hints}"{invalid}>
{escape(values.get("text", ""))}</textarea></div>"""


def _radios(
    words: Words,
    name: str,
    choices: Sequence[str],
    values: Mapping[str, str],
    wrong: Mapping[str, str],
) -> str:
    line = _said(name, wrong)[1]
    rows = []
    for number, one in enumerate(choices):
        chosen = " checked" if values.get(name) == one else ""
        place = f' id="{name}"' if number == 0 else ""
        told = escape(words[one or "unknown"])
        rows.append(f'<label class="row"><input type="radio" name="{name}" value="{one}"{place} required{chosen}><span>{told}</span></label>')  # fmt: skip
    return f"<fieldset><legend>{escape(words[name])}</legend>{line}\n{''.join(rows)}</fieldset>"  # fmt: skip


def _heard(words: Words, values: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    state, line = _said("heard_from", wrong)
    value = escape(values.get("heard_from", ""))
    return f"""<div><label class="name" for="heard_from">{escape(words["heard_from"])}</label>{line}
<input id="heard_from" name="heard_from" type="number" inputmode="numeric" min="1" max="{MOST_HEARD}" value="{value}"{state}></div>"""


def _day(words: Words, values: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    state, line = _said("when", wrong)
    value = escape(values.get("when", ""))
    return f"""<div><label class="name" for="when">{escape(words["when"])}</label>{line}
<input id="when" name="when" type="date" required value="{value}"{state}></div>"""
