"""How everything of workshops is told: exact types, and nothing beside its fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Form(BaseModel):
    """Something that is kept, sent or answered."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
