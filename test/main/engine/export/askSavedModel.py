"""Asks SavedModels with TensorFlow's Python. askSavedModel.py FOLDER"""

import tensorflow
from exportCases import answered


def answer(folder, images):
    signature = tensorflow.saved_model.load(str(folder)).signatures["serving_default"]
    return signature(images=tensorflow.constant(images))["probabilities"]


answered(answer)
