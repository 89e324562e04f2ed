"""Makes a small PyTorch network, and its weights as other programs keep them.

    pip install torch==2.13.0 safetensors==0.8.0 onnx==1.23.0
    python make.py

network.safetensors  its state_dict, float32, with the counters of batch norm (int64)
half.safetensors     the same as float16
network.onnx         exported by torch.onnx, batch norm kept apart
logits.json          two images [height, width, channels] and what the network answers, in double precision
"""

import json

import torch
from safetensors.torch import save_file
from torch import nn


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4, eps=1e-3)
        self.each = nn.Conv2d(4, 8, 3, padding=1, groups=4)
        self.hidden = nn.Linear(8 * 3 * 3, 6)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        x = torch.relu(self.norm(self.stem(x)))
        x = nn.functional.max_pool2d(torch.relu(self.each(x)), 2)
        return self.head(torch.relu(self.hidden(torch.flatten(x, 1))))


torch.manual_seed(5)
network = Network().eval()
with torch.no_grad():
    network.norm.weight.uniform_(0.5, 1.5)
    network.norm.bias.uniform_(-0.5, 0.5)
    network.norm.running_mean.uniform_(-0.5, 0.5)
    network.norm.running_var.uniform_(0.5, 1.5)

state = network.state_dict()
save_file(state, "network.safetensors")
save_file({name: value.half() if value.is_floating_point() else value for name, value in state.items()}, "half.safetensors")

images = torch.rand(2, 3, 6, 6)
torch.onnx.export(
    network,
    (images,),
    "network.onnx",
    dynamo=False,
    training=torch.onnx.TrainingMode.PRESERVE,
    do_constant_folding=False,
    input_names=["images"],
    output_names=["logits"],
)
with torch.no_grad():
    logits = network.double()(images.double())
with open("logits.json", "w") as file:
    json.dump({"images": images.permute(0, 2, 3, 1).tolist(), "logits": logits.tolist()}, file)
