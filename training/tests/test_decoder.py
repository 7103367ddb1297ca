"""A decoder that learns from what the encoder made of staves."""

import tempfile
import unittest
from pathlib import Path

import torch

from training.ablate import contradicts, read_by_itself
from training.beam import read_with_beam
from training.data import Shards, collate
from training.decoder import PARTS, Course, Memories, all_staves, some, train_decoder
from training.evaluate import read_greedy
from training.model import Dimensions, Tromr
from training.tests.fake import write_shard
from training.vocabulary import RHYTHM


class DecoderTest(unittest.TestCase):
    def test_the_decoder_learns_and_the_encoder_stays(self) -> None:
        torch.set_num_threads(1)
        with tempfile.TemporaryDirectory() as folder:
            write_shard(Path(folder), 0, 12, events=(2, 5))
            shards = all_staves(Path(folder))
            model = Tromr(Dimensions())
            before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
            memories = Memories(model, shards, some(shards, 10, 1), longest=40)
            self.assertEqual(10, sum(map(len, memories.buckets.values())))
            self.assertGreater(train_decoder(model, memories, Course(seconds=0.5, seed=1)), 0)
            for name, tensor in model.state_dict().items():
                learns = name.startswith(PARTS)
                if not learns:
                    self.assertTrue(torch.equal(before[name], tensor), name)
            self.assertFalse(torch.equal(before["head.weight"], model.head.weight))
            self.assertGreaterEqual(read_by_itself(model, memories)["contradictions"], 0)

    def test_a_step_contradicts_itself_where_its_branches_do_not_agree_on_a_note(self) -> None:
        note, rest = RHYTHM.index("note-half"), RHYTHM.index("rest-half")
        self.assertEqual([False, False, True, True], [contradicts(s) for s in ([note, 5, 1], [rest, 0, 0], [note, 0, 1], [rest, 5, 0])])

    def test_a_beam_of_one_reads_what_the_greedy_decoder_reads(self) -> None:
        torch.manual_seed(3)
        with tempfile.TemporaryDirectory() as folder, torch.no_grad():
            write_shard(Path(folder), 0, 3, events=(2, 5))
            shards = Shards([Path(folder)])
            shards.load(shards.present())
            model = Tromr(Dimensions()).eval()
            for staff in shards.staves:
                batch = collate(shards, [staff])
                encoded = model.encode(batch.ink, batch.columns)
                self.assertEqual(read_greedy(model, encoded, 12)[0], read_with_beam(model, encoded, 1, 12))


if __name__ == "__main__":
    unittest.main()
