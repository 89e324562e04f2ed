"""Asks Keras files with Keras. askKeras.py FOLDER"""

import keras
from exportCases import answered


def answer(folder, images):
    model = keras.saving.load_model(folder / "model.keras")
    return model(images, training=False)


answered(answer)
