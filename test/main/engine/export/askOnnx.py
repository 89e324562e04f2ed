"""Checks ONNX files with onnx's checker and asks them with ONNX Runtime. askOnnx.py FOLDER"""

import json

import numpy
import onnx
import onnxruntime
from exportCases import answered


def answer(folder, images):
    file = str(folder / "model.onnx")
    onnx.checker.check_model(file, full_check=True)
    session = onnxruntime.InferenceSession(file)
    classes = json.loads(session.get_modelmeta().custom_metadata_map["classes"])
    wanted = session.get_inputs()[0]
    given = images.astype(numpy.float32) if wanted.type == "tensor(float)" else images
    (probabilities,) = session.run(None, {wanted.name: given})
    assert len(classes) == probabilities.shape[1]
    return probabilities


answered(answer)
