import unittest

import torch

from training.evaluate import edit_distance, read_draft, read_greedy
from training.export import blend, tensors
from training.goldens import TINY
from training.model import Dimensions, PlainConv, StandardisedConv, Tromr
from training.vocabulary import BEGIN_STEP, DRAFT_SIZES, STEP_SIZES, triples


def tiny() -> Tromr:
    torch.manual_seed(1)
    return Tromr(TINY).eval()


class ModelTest(unittest.TestCase):
    def test_shapes_are_what_the_docstrings_say(self) -> None:
        model = tiny()
        encoded = model.encode(torch.rand(2, 1, 128, 128), torch.tensor([12, 16]))
        self.assertEqual(encoded.memory.shape, (2, 16, TINY.width))
        self.assertEqual([part.shape for part in model.draft(encoded.memory)], [(2, 16 * TINY.slots, n) for n in DRAFT_SIZES])
        logits, looks = model.decode(encoded, torch.tensor(BEGIN_STEP).expand(2, 3, -1), torch.zeros(2, 3, dtype=torch.long))
        self.assertEqual(logits.shape, (2, 3, sum(STEP_SIZES) + 2))
        self.assertEqual([look.shape for look in looks], [(2, 3, 16)] * TINY.decoder_layers)

    def test_weights_in_float16_stay_within_nine_megabytes(self) -> None:
        model = Tromr(Dimensions())
        count = sum(p.numel() for name, p in model.named_parameters() if not name.startswith("dense"))
        self.assertLess(2 * count, 8_970_000)

    def test_blended_weights_lie_between_both(self) -> None:
        new, before = tiny(), tiny()
        with torch.no_grad():
            for parameter in new.parameters():
                parameter.add_(0.1 * torch.randn_like(parameter))
        values = [dict(tensors(model)) for model in (before, new)]
        wanted = {name: 0.75 * values[0][name] + 0.25 * values[1][name] for name in values[0]}
        for name, tensor in tensors(blend(new, before, 0.25)):
            self.assertTrue(torch.allclose(tensor, wanted[name], atol=1e-5), name)

    def test_no_padding_reaches_a_staff(self) -> None:
        model = tiny()
        ink = torch.rand(1, 1, 128, 128)
        ink[..., 64:] = 0
        columns = torch.tensor([8])
        alone = model.encode(ink, columns).memory
        other = ink.clone()
        other[..., 112:] = 1  # far enough from the last column's field of view
        self.assertTrue(torch.allclose(alone[:, :1], model.encode(other, columns).memory[:, :1], atol=1e-5))

    def test_decoding_with_a_cache_says_what_teacher_forcing_says(self) -> None:
        model = tiny()
        encoded = model.encode(torch.rand(2, 1, 128, 64), torch.tensor([8, 6]))
        with torch.no_grad():
            read = read_greedy(model, encoded, 6)
            self.assertEqual(len(read[0]), 6)
            inputs = torch.tensor([[list(BEGIN_STEP), *steps[:-1]] for steps in read])
            places = torch.zeros(2, 6, dtype=torch.long)
            for t in range(1, 6):
                _, looks = model.decode(encoded, inputs[:, :t], places[:, :t])
                places[:, t] = looks[-1][:, -1].argmax(-1)
            logits, _ = model.decode(encoded, inputs, places)
        said = torch.stack([part.argmax(-1) for part in logits.split(STEP_SIZES + (2,), -1)[:-1]], -1)
        self.assertEqual(said.tolist(), read)

    def test_draft_reads_only_valid_columns(self) -> None:
        model = tiny()
        encoded = model.encode(torch.rand(1, 1, 128, 64), torch.tensor([3]))
        with torch.no_grad():
            self.assertLessEqual(len(read_draft(model, encoded, torch.tensor([3]))[0]), 3 * TINY.slots)

    def test_folded_convolution_is_the_convolution(self) -> None:
        torch.manual_seed(2)
        conv, plain = StandardisedConv(3, 5, 2), PlainConv(3, 5, 2)
        with torch.no_grad():
            conv.gain.uniform_(0.2, 2)
            conv.bias.normal_()
            plain.unfold(conv.folded())
            plain.bias.copy_(conv.bias)
            again = StandardisedConv(3, 5, 2)
            again.unfold(conv.folded())
            again.bias.copy_(conv.bias)
            x = torch.randn(1, 3, 9, 9)
            self.assertTrue(torch.allclose(conv(x), plain(x), atol=1e-5))
            self.assertTrue(torch.allclose(conv(x), again(x), atol=1e-5))


class ErrorTest(unittest.TestCase):
    def test_edit_distance_counts_insertions_deletions_and_substitutions(self) -> None:
        self.assertEqual(edit_distance([1, 2, 3], [1, 2, 3]), 0)
        self.assertEqual(edit_distance([], [1, 2]), 2)
        self.assertEqual(edit_distance([1, 2, 3, 4], [2, 3, 5]), 2)
        self.assertEqual(edit_distance([1, 2, 3], [9, 1, 2, 3, 9, 9]), 3)

    def test_pitch_follows_the_clef(self) -> None:
        from training.vocabulary import RHYTHM

        note = [RHYTHM.index("note-quarter"), 15, 1, 0, 0, 0, 0, 0, 0]  # bottom line
        for clef, diatonic in (("clef-G2", 30), ("clef-F4", 18), ("clef-C3", 24), ("clef-G2-8vb", 23)):
            read = triples([[RHYTHM.index(clef), 0, 0, 0, 0, 0, 0, 0, 0], note])
            self.assertEqual(read[1][1], diatonic + 1)


if __name__ == "__main__":
    unittest.main()
