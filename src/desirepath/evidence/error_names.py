"""Names of events that say that something went wrong. Counts nothing."""

from __future__ import annotations

import re

# in the languages of the cue lists and of the words on pictures
ERROR = re.compile(
    r"error|fail|declin|denied|reject|timeout|time_out|exception|abort|crash|invalid|unavailable"
    r"|not_found|no_result|empty|(?<!de)bug(?!get)|fehler|erro\b|erreur|échec|fallo|falha|エラー|失敗|خطأ|فشل"
    r"|\b(4\d\d|50\d)\b",
    re.IGNORECASE,
)


def is_error(name: str) -> bool:
    """True where the name of an event says that something went wrong.

    Examples:
        >>> [name for name in ("pay_failed", "checkout_bug", "debug_view", "Fehler 404", "pay") if is_error(name)]
        ['pay_failed', 'checkout_bug', 'Fehler 404']
    """
    return ERROR.search(name) is not None
