"""Asks networks in PyTorch by their own files. askTorch.py FOLDER"""

import importlib.util

import torch
from exportCases import answered, trained_layers


def answer(folder, images):
    specification = importlib.util.spec_from_file_location(folder.name, folder / "model.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    network = module.load()
    # A name that PyTorch uses itself has an underscore behind it.
    trained = {name.split(".")[0].rstrip("_") for name, one in network.named_parameters() if one.requires_grad}
    assert trained == {name.rstrip("_") for name in trained_layers(folder)}, trained
    if folder.name == "frozen":
        assert not network.train().norm_1.training
        network.eval()
    with torch.no_grad():
        return module.probabilities(network(torch.from_numpy(images)))


answered(answer)
