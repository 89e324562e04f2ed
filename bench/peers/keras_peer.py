"""Keras on TensorFlow as a contestant of the bench: python keras_peer.py <folder of the prepared data> <threads>"""

import os
import sys
import time

folder, threads = sys.argv[1], int(sys.argv[2])
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["TF_NUM_INTRAOP_THREADS"] = str(threads)
# Its fastest way, as the engine has it. By itself TensorFlow leaves oneDNN off on processors without AVX-512 VNNI or
# the like.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import tensorflow as tf

from keras_distortions import Distorter
from keras_network import losses, network, optimizer
from prepared import Prepared, centre, scale_of
from serve import fastest, serve, timed

data = Prepared(folder)
labels = tf.constant(data.train.labels)
classes = int(data.train.labels.max()) + 1

UNCOUNTED = 3
TRIAL = 4

WAYS = {"batch": "a batch at once in tf.data", "one": "by tf.image in tf.data"}


class Clock(keras.callbacks.Callback):
    """When the last uncounted step of a fit ended, and its last step."""

    def __init__(self, uncounted):
        super().__init__()
        self.uncounted = uncounted
        self.begin = self.end = None

    def on_train_batch_end(self, batch, logs=None):
        self.end = time.perf_counter()
        if batch < self.uncounted:
            self.begin = self.end


class Trainer:
    """A model with its optimizer, in the ways that were the fastest when they were tried."""

    def __init__(self, described):
        self.described = described
        self.batch = described["batch"]
        self.model = network(described)
        self.loss, self.wants_distribution = losses(described)
        self.model.compile(optimizer(self.model, described), self.loss, metrics=["accuracy"], jit_compile=False)
        self.distorter = Distorter(described, data.train.images)
        feeds = {way: self.feed(way) for way in WAYS}
        self.distortion = fastest(list(WAYS), lambda way: self.seconds(feeds[way], UNCOUNTED, TRIAL))
        self.training = feeds[self.distortion]
        self.predicting = None

    def wanted(self, indices):
        right = tf.gather(labels, indices)
        return tf.one_hot(right, classes) if self.wants_distribution else right

    def feed(self, way):
        order = tf.data.Dataset.range(len(data.train.labels)).shuffle(len(data.train.labels)).repeat()
        if way == "batch":
            batches = order.batch(self.batch, drop_remainder=True).map(
                lambda indices: (self.distorter.batch(indices), self.wanted(indices)),
                tf.data.AUTOTUNE,
                deterministic=False,
            )
        else:
            batches = order.map(
                lambda index: (self.distorter.one(index), self.wanted(index)), tf.data.AUTOTUNE, deterministic=False
            ).batch(self.batch, drop_remainder=True)
        size = self.described["input"]
        return batches.map(
            lambda images, wanted: (
                tf.ensure_shape(images, [self.batch, size["height"], size["width"], size["channels"]]),
                wanted,
            )
        ).prefetch(tf.data.AUTOTUNE)

    def seconds(self, feed, uncounted, steps):
        """Seconds of so many steps of `fit` after the uncounted ones."""
        clock = Clock(uncounted)
        history = self.model.fit(feed, shuffle=False, steps_per_epoch=uncounted + steps, verbose=0, callbacks=[clock])
        self.last_loss = history.history["loss"][-1]
        return clock.end - clock.begin

    def test_images(self):
        size = self.described["input"]
        mean, deviation = scale_of(self.described["pixels"], size["channels"])
        return (
            centre(data.test.images, size["height"], size["width"]).astype("float32")
            - tf.constant(mean, tf.float32).numpy()
        ) / tf.constant(deviation, tf.float32).numpy()

    def evaluate_by_keras(self, batch):
        wanted = tf.one_hot(data.test.labels, classes) if self.wants_distribution else data.test.labels
        self.model.evaluate(self.test_images(), wanted, batch_size=batch, verbose=0)

    def evaluate_by_function(self, batch):
        images = centre(data.test.images, self.described["input"]["height"], self.described["input"]["width"])
        for first in range(0, len(images), batch):
            self.evaluate_batch(
                tf.constant(images[first : first + batch]), tf.constant(data.test.labels[first : first + batch])
            )

    def prepare_prediction(self):
        @tf.function
        def evaluate_batch(pixels, wanted):
            logits = self.model(self.distorter.scaled(tf.cast(pixels, tf.float32)), training=False)
            losses_of_images = tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, logits)
            return tf.reduce_sum(losses_of_images), tf.reduce_sum(tf.cast(tf.argmax(logits, 1) == wanted, tf.int32))

        self.evaluate_batch = evaluate_batch
        ways = {
            f"predicts {batch} at a time by {name}": lambda evaluate=evaluate, batch=batch: evaluate(batch)
            for batch in (250, 1000)
            for name, evaluate in (("evaluate", self.evaluate_by_keras), ("a tf.function", self.evaluate_by_function))
        }
        for evaluate in ways.values():
            evaluate()
        self.predicting = fastest(list(ways), lambda way: timed(ways[way]))
        self.predict = ways[self.predicting]


trainers = {}


def prepare(described, predicts):
    trainer = Trainer(described)
    trainers[described["id"]] = trainer
    if predicts:
        trainer.prepare_prediction()
    ways = [f"distorted {WAYS[trainer.distortion]}"] + ([trainer.predicting] if predicts else [])
    return {
        "parameters": sum(int(tf.size(variable)) for variable in trainer.model.trainable_variables),
        "ways": ", ".join(ways),
    }


def train(case, steps):
    trainer = trainers[case]
    seconds = trainer.seconds(trainer.training, UNCOUNTED, steps)
    return {"seconds": seconds, "images": steps * trainer.batch, "loss": trainer.last_loss}


def predict(case):
    return {"seconds": timed(trainers[case].predict), "images": len(data.test.labels)}


if __name__ == "__main__":
    serve(
        {"Keras": keras.__version__, "TensorFlow": tf.__version__, "Python": sys.version.split()[0]},
        {"prepare": prepare, "train": train, "predict": predict},
    )
