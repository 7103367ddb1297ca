import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.augment import random_warp, warp_image
from training.data import Shards, collate, draw
from training.evaluate import evaluate
from training.export import export_model, import_model, tensors
from training.goldens import tiny_model
from training.plot import curves, svg
from training.tests.fake import write_shard
from training.train import CHECKPOINT, LOG, Settings, describe_run, load_averaged, run_training
from training.vocabulary import PAD


class TrainTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.set_num_threads(1)
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        write_shard(self.folder / "shards", 0, 12, events=(2, 5))

    def tearDown(self) -> None:
        self.temporary.cleanup()

    def settings(self, **changes) -> Settings:
        base = Settings(
            shards=(str(self.folder / "shards"),), device="cpu", pixels=256, steps=4, warmup=2, half=False, sampling=0.5
        )
        return replace(base, **changes)

    def test_export_and_import_give_the_same_weights(self) -> None:
        model = tiny_model()
        export_model(model, self.folder / "export", {}, {})
        exact = dict(tensors(import_model(self.folder / "export")))
        for name, tensor in tensors(model):
            self.assertTrue(torch.equal(tensor.detach().half(), exact[name].half()), name)
        onward = dict(tensors(import_model(self.folder / "export", exported=False)))
        for name, tensor in exact.items():
            self.assertTrue(torch.allclose(tensor, onward[name], atol=3e-3), name)

    def test_a_decoder_that_is_told_its_own_words_learns_with_all_its_weights(self) -> None:
        from training.train import Run

        run = Run(self.folder / "told", self.settings(half=True, sampling=1.0, sampling_start=-1.0), 0, None)
        run.scan()
        run.train_step()
        for name, parameter in run.model.decoder.named_parameters():
            self.assertGreater(0 if parameter.grad is None else float(parameter.grad.norm()), 0, name)

    def test_two_processes_share_the_work_and_leave_together(self) -> None:
        run_training(self.folder / "alone", self.settings(steps=3))
        run_training(self.folder / "both", self.settings(steps=3, procs=2))
        alone, both = (torch.load(self.folder / name / CHECKPOINT) for name in ("alone", "both"))
        self.assertEqual((3, 3), (alone["step"], both["step"]))
        self.assertEqual(2 * alone["staves"], both["staves"])
        weights = [state["optimiser"]["weights"] for state in (alone, both)]
        self.assertGreater(float((weights[0] - weights[1]).abs().max()), 0)

    def test_a_damaged_shard_is_refused(self) -> None:
        export_model(tiny_model(), self.folder / "export", {}, {})
        file = self.folder / "export" / "weights-0.bin"
        file.write_bytes(b"\1" + file.read_bytes()[1:])
        with self.assertRaises(ValueError):
            import_model(self.folder / "export")

    def test_a_resumed_run_ends_where_an_unbroken_one_does(self) -> None:
        run_training(self.folder / "whole", self.settings())
        half = self.folder / "broken"
        from training import train

        train._train(0, _made(half), self.settings(), None, 0, stop_after=2)
        train._train(0, half, self.settings(), None, 0)
        whole, broken = (torch.load(f / CHECKPOINT)["optimiser"] for f in (self.folder / "whole", half))
        self.assertEqual(whole["steps"], 4)
        self.assertTrue(torch.equal(whole["weights"], broken["weights"]))
        self.assertTrue(torch.equal(whole["average"], broken["average"]))

    def test_training_goes_on_from_exported_weights(self) -> None:
        run_training(self.folder / "first", self.settings(steps=2, validation=(str(self.folder / "shards"),)))
        first = describe_run(self.folder / "first")
        export_model(load_averaged(self.folder / "first"), self.folder / "export", first, {})
        run_training(self.folder / "second", self.settings(steps=1), self.folder / "export")
        second = describe_run(self.folder / "second")
        self.assertEqual((second["steps"], second["before"]), (1, first))
        entries = [json.loads(line) for line in (self.folder / "first" / LOG).read_text().splitlines()]
        self.assertTrue(any("evaluation" in entry for entry in entries))
        self.assertIn("<svg", svg(curves(self.folder / "first" / LOG)))


class DataTest(unittest.TestCase):
    def setUp(self) -> None:
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        write_shard(self.folder, 0, 12)
        self.shards = Shards([self.folder])
        self.shards.load(self.shards.present())

    def tearDown(self) -> None:
        self.temporary.cleanup()

    def test_new_shards_are_picked_up_and_unfinished_ones_are_not(self) -> None:
        self.assertEqual(len(self.shards.staves), 12)
        write_shard(self.folder, 1, 5)
        (self.folder / "shard-00002.bin").write_bytes(b"")
        self.assertEqual(self.shards.load(self.shards.present()), 1)
        self.assertEqual(len(self.shards.staves), 17)

    def test_processes_draw_different_staves_of_one_bucket(self) -> None:
        for step in range(5):
            first, second = (draw(self.shards, 600, 3, step, rank, 2) for rank in (0, 1))
            self.assertEqual(len({-(-staff.width // 64) for staff in first + second}), 1)
            self.assertEqual([s.offset for s in first], [s.offset for s in draw(self.shards, 600, 3, step, 0, 2)])

    def test_a_staff_with_something_rare_is_drawn_more_often_than_its_twin(self) -> None:
        name = write_shard(self.folder / "rare", 0, 40, events=(4, 5))
        lines = [json.loads(line) for line in name.read_text(encoding="utf-8").splitlines()]
        twin = {**lines[0], "steps": [*lines[0]["steps"][:-1], [*lines[0]["steps"][-1][:5], 7, 0, 0, 0]]}
        name.write_text("\n".join(map(json.dumps, [*lines, twin])) + "\n", encoding="utf-8")
        shards = Shards([self.folder / "rare"])
        shards.load(shards.present())
        (bucket,) = shards.buckets
        needs = shards.needs(bucket)
        self.assertGreater(needs[-1], needs[0])
        self.assertLessEqual(needs[-1], 8 * len(twin["steps"]))

    def test_a_batch_says_what_the_shard_says(self) -> None:
        staves = draw(self.shards, 800, 0, 0, 0, 1)
        batch = collate(self.shards, staves)
        for i, staff in enumerate(staves):
            length = len(staff.steps)
            self.assertEqual(batch.targets[i, :length].tolist(), staff.steps.tolist())
            self.assertEqual(batch.inputs[i, 1 : length + 1].tolist(), staff.steps.tolist())
            self.assertTrue((batch.targets[i, length + 1 :, 0] == PAD).all())
            self.assertEqual(batch.places[i, :length].tolist(), [int(x / 8) for x in staff.x])
            ink = torch.from_numpy(255.0 - self.shards.image(staff)) / 255
            self.assertTrue(torch.allclose(batch.ink[i, 0, :, : staff.width], ink.float()))

    def test_places_follow_the_warp(self) -> None:
        random = np.random.default_rng(4)
        for _ in range(10):
            warp = random_warp(random, 300, 320)
            x, y = float(random.uniform(60, 240)), float(random.uniform(30, 100))
            ink = torch.zeros(1, 1, 128, 320)
            ink[0, 0, int(y), int(x)] = 1
            moved = warp_image(ink, [warp])[0, 0]
            rows, columns = torch.meshgrid(torch.arange(128) + 0.5, torch.arange(320) + 0.5, indexing="ij")
            got = float((moved * columns).sum() / moved.sum()), float((moved * rows).sum() / moved.sum())
            want = warp.forward(np.array(int(x) + 0.5), np.array(int(y) + 0.5))
            self.assertLess(abs(got[0] - want[0]) + abs(got[1] - want[1]), 0.7)


class EvaluateTest(unittest.TestCase):
    def test_an_untrained_model_is_measured_all_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            write_shard(Path(name), 0, 4, events=(2, 4))
            shards = Shards([Path(name)])
            shards.load(shards.present())
            report = evaluate(tiny_model(), shards, 3)
        self.assertEqual(report.staves, 3)
        self.assertGreater(report.draft["merged"], 0)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    unittest.main()
