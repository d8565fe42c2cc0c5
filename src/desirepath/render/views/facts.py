"""Blocks of short facts side by side: a label and the lines under it. Used at the head and the foot."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph
from desirepath.render.theme import INK, SOFT_INK
from desirepath.render.views.cards import Setting


@dataclass(frozen=True, slots=True)
class Block:
    """A label and what stands under it."""

    label: str
    texts: tuple[str, ...]
    ref: str = "map"


@dataclass(frozen=True, slots=True)
class MeasuredBlock:
    """A block with its lines."""

    block: Block
    label: Paragraph
    texts: tuple[Paragraph, ...]

    @property
    def height_mm(self) -> float:
        """Height of label and lines."""
        return self.label.height_mm + sum(text.height_mm for text in self.texts)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Blocks in columns of equal width."""

    blocks: tuple[MeasuredBlock, ...]
    width_mm: float
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
        for number, block in enumerate(self.blocks):
            left = x_mm + number * (self.width_mm + self.gap_mm)
            with canvas.group(
                block.block.ref, f"{block.block.label}: {'; '.join(block.block.texts)}"
            ):
                canvas.text(block.label, left, y_mm, self.width_mm, SOFT_INK, "edge")
                top = y_mm + block.label.height_mm
                for text in block.texts:
                    canvas.text(text, left, top, self.width_mm, INK)
                    top += text.height_mm


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
    count = max(len(blocks), min(most, 3))
    each = (width_mm - gap * (count - 1)) / count
    measured = tuple(
        MeasuredBlock(
            block,
            setting.small(block.label, each, 1, is_bold=True),
            tuple(
                setting.sized(text, each, size_pt, max_lines) for text in block.texts
            ),
        )
        for block in blocks
    )
    return BlockRow(measured, each, gap)
