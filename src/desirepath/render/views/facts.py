"""Blocks of short facts side by side: a label and the lines under it. Used at the head and the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph, clean, line_width_mm
from desirepath.render.theme import INK, SOFT_INK
from desirepath.render.views.cards import Setting

LEAST_SHARE = 0.5  # of an equal share, for labels


@dataclass(frozen=True, slots=True)
class Block:
    """A label and what stands under it."""

    label: str
    texts: tuple[str, ...]
    ref: str = "map"


@dataclass(frozen=True, slots=True)
class MeasuredBlock:
    """A block with its lines and its width."""

    block: Block
    width_mm: float
    label: Paragraph
    texts: tuple[Paragraph, ...]

    @property
    def height_mm(self) -> float:
        """Height of label and lines."""
        return self.label.height_mm + sum(text.height_mm for text in self.texts)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Blocks side by side."""

    blocks: tuple[MeasuredBlock, ...]
    gap_mm: float

    @property
    def height_mm(self) -> float:
        """Height of the longest block."""
        return max((block.height_mm for block in self.blocks), default=0.0)

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        return sum(text.is_cut for block in self.blocks for text in block.texts)

    def paint(self, canvas: Canvas, x_mm: float, y_mm: float) -> None:
        """Draw them from x on."""
        left = x_mm
        for block in self.blocks:
            width = block.width_mm
            with canvas.group(
                block.block.ref, f"{block.block.label}: {'; '.join(block.block.texts)}"
            ):
                canvas.text(block.label, left, y_mm, width, SOFT_INK, "edge")
                top = y_mm + block.label.height_mm
                for text in block.texts:
                    canvas.text(text, left, top, width, INK)
                    top += text.height_mm
            left += width + self.gap_mm


def block_row(
    blocks: tuple[Block, ...],
    width_mm: float,
    setting: Setting,
    *,
    size_pt: float,
    max_lines: int,
    most: int,
) -> BlockRow:
    """Blocks measured at a size.

    Args:
        blocks: What to show; nothing is left out.
        width_mm: Width of all blocks together.
        setting: How words are set.
        size_pt: Size of the lines.
        max_lines: Lines of each text, then an ellipsis.
        most: Count of columns that share the width where there are fewer blocks.
    """
    gap = 1.4 * setting.style.em_mm
    needs = [
        max((line_width_mm(clean(text), size_pt) for text in block.texts), default=0.0)
        for block in blocks
    ]
    count = max(len(blocks), min(most, 3))
    each = (width_mm - gap * (count - 1)) / count
    widths = [each] * len(blocks)
    if any(need > each for need in needs):
        widths = shared_widths(needs, width_mm - gap * (len(blocks) - 1))
    measured = tuple(
        MeasuredBlock(
            block,
            width,
            setting.small(block.label, width, 1, is_bold=True),
            tuple(
                setting.sized(text, width, size_pt, max_lines) for text in block.texts
            ),
        )
        for block, width in zip(blocks, widths, strict=True)
    )
    return BlockRow(measured, gap)


def shared_widths(needs: Sequence[float], room: float) -> list[float]:
    """Room shared out: who needs less than an equal share leaves the rest to the others.

    Args:
        needs: What each would need on one line.
        room: What there is for all.

    Examples:
        >>> shared_widths([10, 100, 100], 120)
        [20.0, 50.0, 50.0]
        >>> shared_widths([30, 50], 120)
        [50.0, 70.0]
    """
    least = LEAST_SHARE * room / max(len(needs), 1)
    widths: dict[int, float] = {}
    rest, left = list(range(len(needs))), float(room)
    while rest:
        each = left / len(rest)
        modest = [one for one in rest if max(needs[one], least) <= each]
        if not modest:
            widths |= dict.fromkeys(rest, each)
            left = 0.0
            break
        for one in modest:
            widths[one] = max(float(needs[one]), least)
            left -= widths[one]
            rest.remove(one)
    return [widths[one] + left / len(needs) for one in range(len(needs))]
