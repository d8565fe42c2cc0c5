"""Saved sequences: what is loaded is what was saved, or the damage is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.sequences import Sequences
from desirepath.events.storage import load_sequences, save_sequences
from desirepath.events.treatment import Treatment

Log = Callable[..., Sequences]


@pytest.fixture
def shop(log: Log) -> Sequences:
    return log(
        "look@web pay@app",
        "注文 look@web",
        customers=[7, 7],
        segments={"city": ["Graz", ""]},
    )


def assert_same(one: Sequences, other: Sequences) -> None:
    for name in ("offsets", "codes", "times_us", "case_keys", "customers"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert (one.activities, one.channels) == (other.activities, other.channels)
    assert (one.has_times, one.end_us) == (other.has_times, other.end_us)
    assert dict(one.source) == dict(other.source)
    assert one.account == other.account
    assert list(one.segments) == list(other.segments)
    for name, part in one.segments.items():
        assert part.values == other.segments[name].values
        np.testing.assert_array_equal(part.codes, other.segments[name].codes)


def test_what_is_loaded_is_what_was_saved(shop: Sequences, tmp_path: Path) -> None:
    done = Treatment("gap", "30m", 0, None, "cases", 1, 2)
    shop = replace(shop, account=(done,))
    folder = save_sequences(shop, tmp_path / "deep" / "saved")
    assert_same(load_sequences(folder), shop)


def test_a_log_without_cases_can_be_saved(shop: Sequences, tmp_path: Path) -> None:
    none = shop.take(np.zeros(2, dtype=np.bool_))
    assert_same(load_sequences(save_sequences(none, tmp_path / "none")), none)


def test_what_is_loaded_can_be_saved_in_its_own_place(
    shop: Sequences, tmp_path: Path
) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    again = load_sequences(folder)
    save_sequences(again.take(np.array([1])), folder)
    assert load_sequences(folder).case_count == 1
    assert_same(again, shop)


def test_the_loaded_arrays_cannot_be_written(shop: Sequences, tmp_path: Path) -> None:
    loaded = load_sequences(save_sequences(shop, tmp_path / "saved"))
    assert not loaded.codes.flags.writeable


def flip_a_byte(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "name",
    ["offsets", "codes", "times_us", "case_keys", "customers", "segment-0"],
)
def test_one_flipped_byte_is_found(shop: Sequences, tmp_path: Path, name: str) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    path = folder / f"{name}.npy"
    flip_a_byte(path, -1)
    with pytest.raises(EventsError) as error:
        load_sequences(folder)
    assert str(error.value) == (
        f"{path}: a saved file was changed or is missing [E293]\n"
        "  Read the events again and save them anew."
    )


def test_a_flipped_byte_is_only_found_where_it_is_looked_for(
    shop: Sequences, tmp_path: Path
) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    flip_a_byte(folder / "case_keys.npy", -1)
    assert load_sequences(folder, is_verified=False).case_count == 2


def test_a_changed_name_is_found(shop: Sequences, tmp_path: Path) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    path = folder / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("look", "took"), "utf-8")
    with pytest.raises(EventsError) as error:
        load_sequences(folder)
    assert str(error.value) == (
        f"{path}: a saved file was changed or is missing [E293]\n"
        "  Read the events again and save them anew."
    )


@pytest.mark.parametrize("text", ["{", "\ufeff"])
def test_a_manifest_that_is_not_json_is_damage(
    shop: Sequences, tmp_path: Path, text: str
) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    (folder / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(EventsError, match="E293"):
        load_sequences(folder)


def test_a_lost_array_is_found(shop: Sequences, tmp_path: Path) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    (folder / "codes.npy").unlink()
    with pytest.raises(EventsError, match="E293"):
        load_sequences(folder, is_verified=False)


@pytest.mark.parametrize("content", ["[]", '{"format": "other/1"}'])
def test_another_format_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, "utf-8")
    found = json.loads(content)
    name = found.get("format") if isinstance(found, dict) else None
    with pytest.raises(EventsError) as error:
        load_sequences(tmp_path)
    assert str(error.value) == (
        f'{tmp_path}: expected format "desirepath/sequences/1", found "{name}" [E292]\n'
        "  Read the events again."
    )


def test_an_empty_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(EventsError) as error:
        load_sequences(tmp_path / "nothing")
    assert str(error.value) == (
        f"{tmp_path / 'nothing'}: no saved sequences are here [E292]\n"
        "  Save them first, or read the events again."
    )


def test_something_else_is_not_overwritten(shop: Sequences, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(EventsError) as error:
        save_sequences(shop, tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: something else is already here [E291]\n"
        "  Choose another place to save the sequences."
    )
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "mine"


def test_nothing_is_left_half_written(
    shop: Sequences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save_sequences(shop, tmp_path / "saved")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            save_sequences(shop.take(np.array([0])), folder)
    assert_same(load_sequences(folder), shop)
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


def test_the_old_ones_come_back_when_the_new_ones_cannot_take_their_place(
    shop: Sequences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = save_sequences(shop, tmp_path / "saved")
    rename = Path.rename

    def only_the_old(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(1, "Operation not permitted")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", only_the_old)
        for place in (folder, tmp_path / "fresh"):
            with pytest.raises(OSError, match="not permitted"):
                save_sequences(shop.take(np.array([0])), place)
    assert_same(load_sequences(folder), shop)
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]
