"""The vocabulary that TypeScript and Python share, and what a step of the model means."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Sequence

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY_FILE = ROOT / "src" / "notation" / "vocabulary.json"

_vocabulary = json.loads(VOCABULARY_FILE.read_text(encoding="utf-8"))
BRANCH_VALUES: dict[str, list[str]] = _vocabulary["branches"]
LOWEST: int = _vocabulary["step"]["position"]["lowest"]
HIGHEST: int = _vocabulary["step"]["position"]["highest"]

STEP_BRANCHES = ("rhythm", "position", "lift", "chord", "tuplet", "mark", "tie", "slur", "voice")
"""Branches of a step, in the order of its class ids."""


def _size(branch: str) -> int:
    if branch == "position":
        return HIGHEST - LOWEST + 2
    if branch == "chord":
        return len(_vocabulary["step"]["chord"])
    return len(BRANCH_VALUES[branch])


STEP_SIZES = tuple(_size(branch) for branch in STEP_BRANCHES)
"""Number of classes of each branch of a step."""

RHYTHM = BRANCH_VALUES["rhythm"]
PAD, BEGIN, END = (RHYTHM.index(name) for name in ("pad", "begin", "end"))
RHYTHMS, POSITIONS, LIFTS = STEP_SIZES[:3]
BLANK = RHYTHMS
"""The CTC blank: one class more, after the rhythms."""

NOTE_RHYTHMS = [i for i, name in enumerate(RHYTHM) if name.startswith(("note-", "gracenote-"))]
"""Rhythm classes of noteheads; only they carry a position and an accidental."""

SIGNS_APART = [i for i, name in enumerate(RHYTHM) if name.startswith(("ending-", "multirest-"))]
"""Rhythm classes told by numbers or brackets above the staff."""

BEGIN_STEP = (BEGIN,) + (0,) * (len(STEP_BRANCHES) - 1)
END_STEP = (END,) + (0,) * (len(STEP_BRANCHES) - 1)

DRAFT_SIZES = (RHYTHMS + 1,) + STEP_SIZES[1:]
"""Number of classes of each branch in an output slot of the draft (rhythm with its blank)."""


_MAJORS: Sequence[str] = "Cb Gb Db Ab Eb Bb F C G D A E B F# C#".split()


def fifths_of(name: str) -> int:
    """Sharps (positive) or flats of a key signature's class; 0 for any other."""
    match = re.fullmatch(r"keySignature-(.+)M", name)
    return _MAJORS.index(match[1]) - 7 if match else 0


def vocabulary_hash() -> str:
    """sha256 of the vocabulary's file, as the manifest states it."""
    return hashlib.sha256(VOCABULARY_FILE.read_bytes()).hexdigest()


_NOTE_OF_SIGN = {"G": 32, "F": 24, "C": 28}  # diatonic numbers of G4, F3, C4 (C0 = 0)


def bottom_line(clef: str) -> int:
    """Diatonic number (C0 = 0) of the bottom line under a clef; percussion counts as treble."""
    match = re.fullmatch(r"clef-([GFC])(\d)(?:-(8va|8vb))?", clef)
    sign, line, octave = match.groups() if match else ("G", "2", None)
    return _NOTE_OF_SIGN[sign] - 2 * (int(line) - 1) + {"8va": 7, "8vb": -7, None: 0}[octave]


_BOTTOM_OF_CLASS = {i: bottom_line(name) for i, name in enumerate(RHYTHM) if name.startswith("clef-")}
CHORD_TOKEN = (-1, 0, 0)

Triple = tuple[int, int, int]


def triples(steps: Sequence[Sequence[int]]) -> list[Triple]:
    """Steps as the merged error rate counts them: (rhythm, diatonic pitch + 1 or 0, lift), with chord marks of their own."""
    bottom = bottom_line("clef-G2")
    tokens: list[Triple] = []
    for rhythm, position, lift, chord, *_ in steps:
        bottom = _BOTTOM_OF_CLASS.get(rhythm, bottom)
        if chord == 1 and tokens:
            tokens.append(CHORD_TOKEN)
        tokens.append((rhythm, 0 if position == 0 else bottom + position + LOWEST, lift))
    return tokens
