"""Distortions of a whole batch at once in tensor operations, as core/run/augmentation.ts defines them."""

import torch

from prepared import check_distortions, scale_of


def uniform(count, low, high):
    return torch.empty(count, 1, 1, 1).uniform_(low, high)


def turn_hue(images, turns):
    """Hue turned by a share of the circle, by the formula of HSV to RGB without cases (k = (n + 6 h) mod 6)."""
    value, place = images.max(1, keepdim=True)
    chroma = value - images.amin(1, keepdim=True)
    red, green, blue = images.unbind(1)
    over = 1 / chroma.squeeze(1).clamp_min(1e-12)
    largest = place.squeeze(1)
    hue = torch.where(
        largest == 0,
        (green - blue) * over,
        torch.where(largest == 1, 2 + (blue - red) * over, 4 + (red - green) * over),
    )
    sixths = torch.tensor([5.0, 3.0, 1.0]).view(1, 3, 1, 1) + (hue.unsqueeze(1) + 6 * turns)
    k = torch.remainder(sixths, 6)
    return value - chroma * torch.minimum(k, 4 - k).clamp_(0, 1)


def saturate(images, factors):
    """Saturation times a factor, at most 1, at equal hue and value.

    The distance from the value grows alike in all channels.
    """
    value = images.amax(1, keepdim=True)
    chroma = value - images.amin(1, keepdim=True)
    largest = value / chroma.clamp_min(1e-12)
    return value - (value - images) * torch.minimum(factors, largest.clamp_min(0))


class Distorter:
    """Distorts batches of images [image, channels, height, width], whose mirror images follow them."""

    def __init__(self, described, images):
        check_distortions(described["augmentation"])
        self.settings = described["augmentation"]
        self.height, self.width = described["input"]["height"], described["input"]["width"]
        self.images = images.shape[0] // 2
        # Every crop of every image, as a view: taking one copies its rows and nothing else.
        self.crops = images.unfold(2, self.height, 1).unfold(3, self.width, 1)
        mean, deviation = scale_of(described["pixels"], images.shape[1])
        self.mean = torch.tensor(mean).view(1, -1, 1, 1)
        self.deviation = torch.tensor(deviation).view(1, -1, 1, 1)
        self.colours = bool({"hue", "contrast", "brightness", "saturation"} & set(self.settings))

    def crop(self, indices):
        count = len(indices)
        rows, columns = self.crops.shape[2], self.crops.shape[3]
        if "randomCrop" in self.settings:
            top, left = torch.randint(rows, (count,)), torch.randint(columns, (count,))
        else:
            top, left = torch.full((count,), rows // 2), torch.full((count,), columns // 2)
        if "flip" in self.settings:
            indices = indices + self.images * torch.randint(2, (count,))
        return self.crops[indices, :, top, left].float()

    def change_colours(self, images):
        count = len(images)
        settings = self.settings
        images = images / 255
        if "hue" in settings:
            images = turn_hue(images, uniform(count, -settings["hue"], settings["hue"]))
        if "contrast" in settings:
            mean = images.mean((2, 3), keepdim=True)
            images = mean + (images - mean) * uniform(count, settings["contrast"]["min"], settings["contrast"]["max"])
        if "brightness" in settings:
            images = images + uniform(count, -settings["brightness"], settings["brightness"])
        if "saturation" in settings:
            images = saturate(images, uniform(count, settings["saturation"]["min"], settings["saturation"]["max"]))
        return images.clamp(0, 1) * 255

    def __call__(self, indices):
        images = self.crop(indices)
        if self.colours:
            images = self.change_colours(images)
        return (images - self.mean) / self.deviation
