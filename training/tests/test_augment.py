"""The room between signs, and what is left of a staff."""

import unittest

import numpy as np

from training.augment import narrow_gaps
from training.data import Staff, clear_rows
from training.vocabulary import RHYTHM, STEP_BRANCHES, fifths_of


class NarrowTest(unittest.TestCase):
    def test_only_paper_between_the_signs_at_the_beginning_is_cut_out(self) -> None:
        x = np.array([24.0, 55.0, 82.0])
        for seed in range(40):
            cuts = narrow_gaps(["clef", "key", "time"], [0, 2, 0], x, np.random.default_rng(seed))
            for start, end in cuts:
                between = (34 <= start and end <= 47) or (63 <= start and end <= 76)
                self.assertTrue(start <= end and between, (start, end))

    def test_nothing_is_cut_before_a_note(self) -> None:
        x = np.array([24.0, 70.0, 120.0])
        for seed in range(10):
            self.assertEqual([], narrow_gaps(["clef", "note", "note"], [0, 0, 0], x, np.random.default_rng(seed)))

    def test_fifths_are_those_of_the_key(self) -> None:
        names = ("keySignature-CbM", "keySignature-CM", "keySignature-F#M", "note-quarter")
        self.assertEqual([-7, 0, 6, 0], [fifths_of(name) for name in names])

    def test_margins_are_blanked_only_where_no_stem_number_mark_or_bracket_can_stand(self) -> None:
        def rows(rhythm: str, **signs: int) -> tuple[float, float]:
            step = [signs.get(branch, 0) for branch in STEP_BRANCHES]
            step[0] = RHYTHM.index(rhythm)
            y = np.array([64.0], dtype=np.float32)
            return clear_rows(Staff(0, 0, 100, np.array([step], dtype=np.uint8), y, y))

        self.assertEqual((30.0, 98.0), rows("note-quarter"))
        for signs in ({"tuplet": 1}, {"mark": 3}):
            self.assertEqual((0.0, 128.0), rows("note-quarter", **signs))
        self.assertEqual((0.0, 128.0), rows("ending-1-start"))
        self.assertEqual((0.0, 128.0), rows("multirest-4"))


if __name__ == "__main__":
    unittest.main()
