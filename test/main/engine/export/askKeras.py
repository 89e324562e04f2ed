"""Asks Keras files with Keras. askKeras.py FOLDER"""

import keras
from exportCases import answered, trained_layers


def answer(folder, images):
    model = keras.saving.load_model(folder / "model.keras")
    # Scale and shift behind a pool are a layer of their own.
    trained = [layer.name.removesuffix("-scaled") for layer in model.layers if layer.trainable_weights]
    assert set(trained) == set(trained_layers(folder)), trained
    return model(images, training=False)


answered(answer)
