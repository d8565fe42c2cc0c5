"""Pictures of a report as files beside its text. Draws nothing itself: the bars are those of the page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import quote, unquote

from desirepath.analyze.finding import Finding
from desirepath.analyze.speech import Speech
from desirepath.render.exports.report_bars import bar_scene
from desirepath.render.formats.svg import scene_svg
from desirepath.sentences.markdown import in_markdown
from desirepath.whole_files import write_whole

FOLDER = "_pictures"
MARK = 12  # signs of the checksum in a name: another picture, another name


class PictureFolder:
    """SVG files that a text links to.

    A name holds a checksum of its picture, so that no picture is ever changed in place: a text always
    shows what it was written with.

    Args:
        text_file: The file the pictures stand beside, such as ``report.md``.

    Attributes:
        name: Name of the folder, such as ``report_pictures``.
    """

    def __init__(self, text_file: Path) -> None:
        self.name = f"{text_file.stem}{FOLDER}"
        self._folder = text_file.parent / self.name
        self._files: dict[str, bytes] = {}

    def link(self, finding: Finding, most: float, speech: Speech) -> str:
        """Link to the bar of a finding with its numbers as alternative text; "" where it has no number.

        Args:
            finding: What is drawn.
            most: Distance from zero that fills the width.
            speech: Language of the report.
        """
        scene = bar_scene(finding, most, speech)
        if scene is None:
            return ""
        content = scene_svg(scene).encode()
        mark = hashlib.sha256(content).hexdigest()[:MARK]
        name = f"{finding.code}-{mark}.svg"
        self._files[name] = content
        return f"![{in_markdown(scene.title)}]({quote(self.name)}/{name})"

    def write(self) -> None:
        """Write all pictures linked to, each whole or not at all.

        Raises:
            OSError: the system refuses.
        """
        if self._files:
            self._folder.mkdir(exist_ok=True)
        for name, content in self._files.items():
            if not (self._folder / name).is_file():
                write_whole(self._folder / name, content)

    def clear(self, old_text: str) -> None:
        """Remove pictures that the former text linked to and the new one does not; nothing else.

        Args:
            old_text: What stood in the file before.
        """
        links = re.findall(r"\]\(([^()\s]+)/(\w+-[0-9a-f]{12}\.svg)\)", old_text)
        for folder, name in links:
            if unquote(folder) == self.name and name not in self._files:
                (self._folder / name).unlink(missing_ok=True)
