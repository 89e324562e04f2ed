"""Makes summaries.json beside this file with Keras 3.15 on PyTorch 2.13: pip install keras==3.15.1 torch==2.13.0."""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "torch"
# Keras makes its table no wider than the terminal.
os.environ["COLUMNS"] = "140"

import keras  # noqa: E402
from keras import layers  # noqa: E402

folder = pathlib.Path(__file__).parent


def summary(model):
    lines = []
    model.summary(print_fn=lambda line, **_: lines.append(line))
    return "\n".join(lines)


le_net = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(6, 5, padding="same", name="c1"),
        layers.Activation("tanh", name="tanh_1"),
        layers.AveragePooling2D(2, name="s2"),
        layers.Conv2D(16, 5, name="c3"),
        layers.Activation("tanh", name="tanh_2"),
        layers.AveragePooling2D(2, name="s4"),
        layers.Flatten(name="flatten"),
        layers.Dense(120, name="f5"),
        layers.Activation("tanh", name="tanh_3"),
        layers.Dense(84, name="f6"),
        layers.Activation("tanh", name="tanh_4"),
        layers.Dense(10, name="classes"),
    ],
    name="LeNet-5",
)

image = keras.Input((32, 32, 3), name="input")
first = layers.Conv2D(8, 3, padding="same", use_bias=False, name="conv_1")(image)
rectified = layers.ReLU(name="relu_1")(layers.BatchNormalization(name="norm_1")(first))
second = layers.Conv2D(8, 3, padding="same", name="conv_2")(rectified)
total = layers.Add(name="sum")([rectified, second])
both = layers.Concatenate(name="both")([total, first])
dropped = layers.Dropout(0.5, name="dropout")(layers.GlobalAveragePooling2D(name="pool")(both))
branched = keras.Model(image, layers.Dense(10, name="classes")(dropped), name="branched")

stored = {
    "source": f"Keras {keras.__version__}",
    "leNet5": summary(le_net),
    "branched": summary(branched),
}
(folder / "summaries.json").write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n")
