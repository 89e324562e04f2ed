"""Prints what TensorBoard's own reader finds in a folder, as JSON. readEvents.py FOLDER"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

read = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0, "histograms": 0})
read.Reload()
tags = read.Tags()
print(
    json.dumps(
        {
            "scalars": {tag: [[event.step, event.value] for event in read.Scalars(tag)] for tag in tags["scalars"]},
            "histograms": {
                tag: [[event.step, event.histogram_value.num] for event in read.Histograms(tag)]
                for tag in tags["histograms"]
            },
        }
    )
)
