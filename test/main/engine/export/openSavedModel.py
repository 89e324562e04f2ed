"""Opens a SavedModel and prints what it gives for images.

openSavedModel.py FOLDER IMAGES HEIGHT WIDTH CHANNELS, images as raw uint8.
"""

import json
import sys

import numpy
import tensorflow

folder, images, *shape = sys.argv[1:]
model = tensorflow.saved_model.load(folder)
signature = model.signatures["serving_default"]
pixels = numpy.fromfile(images, dtype=numpy.uint8).reshape(-1, *map(int, shape))
answer = signature(images=tensorflow.constant(pixels))
print(json.dumps({"outputs": list(answer), "probabilities": answer["probabilities"].numpy().tolist()}))
