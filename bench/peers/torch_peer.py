"""PyTorch as a contestant of the bench: python torch_peer.py <folder of the prepared data> <threads>"""

import os
import shutil
import sys
import time

import torch
from torch import nn

from prepared import Prepared, centre, scale_of
from serve import fastest, serve, timed
from torch_distortions import Distorter
from torch_network import network, optimizer

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)

data = Prepared(folder)
labels = torch.from_numpy(data.train.labels)
originals = torch.from_numpy(data.train.images).permute(0, 3, 1, 2).contiguous()
# The images and their mirror images, so that a mirrored one costs nothing more.
images = torch.cat([originals, originals.flip(3)])
test_labels = torch.from_numpy(data.test.labels)

# Needed by torch.compile, which turns the colour changes into one pass; a training step is slower with it (tried).
COMPILER = shutil.which(os.environ.get("CXX") or "g++")

WAYS = {"inline": "between the steps", "compiled": "between the steps by torch.compile", "workers": "by workers"}

LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}

UNCOUNTED = 3
TRIAL = 4


class EndlessOrder:
    """Batches of one random order of all images after another."""

    def __init__(self, batch):
        self.batch = batch

    def __iter__(self):
        while True:
            order = torch.randperm(len(labels))
            yield from order[: len(order) // self.batch * self.batch].view(-1, self.batch)


class Batches(torch.utils.data.Dataset):
    """A whole distorted batch for each list of indices, made by a worker."""

    def __init__(self, distort):
        self.distort = distort

    def __getitem__(self, indices):
        return self.distort(indices), labels[indices]

    def __len__(self):
        return len(labels)


def one_thread(_worker):
    torch.set_num_threads(1)


def feed(way, distort, batch):
    """Endless distorted batches: made between the steps, compiled or not, or by as many workers as there are threads."""
    if way == "workers":
        loader = torch.utils.data.DataLoader(
            Batches(distort),
            batch_size=None,
            sampler=EndlessOrder(batch),
            num_workers=threads,
            worker_init_fn=one_thread,
            prefetch_factor=2,
        )
        yield from loader
    compiled = torch.compile(distort) if way == "compiled" else distort
    for indices in EndlessOrder(batch):
        yield compiled(indices), labels[indices]


class Trainer:
    """A network with its optimizer, in the ways that were the fastest when they were tried."""

    def __init__(self, described):
        self.described = described
        self.batch = described["batch"]
        self.loss = nn.CrossEntropyLoss(label_smoothing=described["head"]["labelSmoothing"])
        self.model = network(described["layers"])
        self.optimizer = optimizer(self.model, described)
        distort = Distorter(described, images)
        sample = next(feed("inline", distort, self.batch))
        self.layout = fastest(list(LAYOUTS), lambda layout: self.try_layout(layout, sample))
        self.use_layout(self.layout)
        feeds = {
            way: feed(way, distort, self.batch) for way in WAYS if way != "compiled" or (distort.colours and COMPILER)
        }
        self.distortion = fastest(list(feeds), lambda way: self.seconds(feeds[way], UNCOUNTED, TRIAL))
        self.feed = feeds[self.distortion]
        for way in feeds:
            if way != self.distortion:
                # Ends its workers.
                feeds[way].close()
        self.predicting = 250

    def use_layout(self, layout):
        self.layout = layout
        self.model.to(memory_format=LAYOUTS[layout])

    def try_layout(self, layout, sample):
        self.use_layout(layout)
        return self.seconds(iter(lambda: sample, None), UNCOUNTED, TRIAL)

    def step(self, batch, wanted):
        batch = batch.contiguous(memory_format=LAYOUTS[self.layout])
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.model(batch)
        loss = self.loss(logits, wanted)
        loss.backward()
        self.optimizer.step()
        # What a training loop shows of each step.
        return loss.item(), (logits.argmax(1) == wanted).sum().item()

    def seconds(self, batches, uncounted, steps):
        """Seconds of so many steps after the uncounted ones."""
        self.model.train()
        for step in range(uncounted + steps):
            if step == uncounted:
                begin = time.perf_counter()
            loss, _ = self.step(*next(batches))
        self.last_loss = loss
        return time.perf_counter() - begin

    @torch.inference_mode()
    def evaluate(self, batch):
        """Share of right answers among the test images, from their bytes."""
        size = self.described["input"]
        mean, deviation = (
            torch.tensor(values).view(1, -1, 1, 1) for values in scale_of(self.described["pixels"], size["channels"])
        )
        stored = torch.from_numpy(centre(data.test.images, size["height"], size["width"])).permute(0, 3, 1, 2)
        plain = nn.CrossEntropyLoss(reduction="sum")
        self.model.eval()
        loss = correct = 0
        for first in range(0, len(stored), batch):
            wanted = test_labels[first : first + batch]
            taken = (stored[first : first + batch].float() - mean) / deviation
            logits = self.model(taken.contiguous(memory_format=LAYOUTS[self.layout]))
            loss += plain(logits, wanted).item()
            correct += (logits.argmax(1) == wanted).sum().item()
        return correct / len(stored)

    def prepare_prediction(self):
        self.evaluate(250)
        self.predicting = fastest([250, 1000], lambda batch: timed(lambda: self.evaluate(batch)))


trainers = {}


def prepare(described, predicts):
    trainer = Trainer(described)
    trainers[described["id"]] = trainer
    if predicts:
        trainer.prepare_prediction()
    ways = f"{trainer.layout}, distorted {WAYS[trainer.distortion]}" + (
        f", predicts {trainer.predicting} at a time" if predicts else ""
    )
    return {"parameters": sum(variable.numel() for variable in trainer.model.parameters()), "ways": ways}


def train(case, steps):
    trainer = trainers[case]
    seconds = trainer.seconds(trainer.feed, UNCOUNTED, steps)
    return {"seconds": seconds, "images": steps * trainer.batch, "loss": trainer.last_loss}


def predict(case):
    trainer = trainers[case]
    return {"seconds": timed(lambda: trainer.evaluate(trainer.predicting)), "images": len(test_labels)}


if __name__ == "__main__":
    serve(
        {"PyTorch": torch.__version__, "Python": sys.version.split()[0]},
        {"prepare": prepare, "train": train, "predict": predict},
    )
