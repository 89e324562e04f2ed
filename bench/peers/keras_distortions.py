"""Distortions in TensorFlow operations, as core/run/augmentation.ts defines them.

They distort a whole batch at once, or one image after another by tf.image.
"""

import tensorflow as tf

from prepared import check_distortions, scale_of


class Distorter:
    def __init__(self, described, images):
        check_distortions(described["augmentation"])
        self.settings = described["augmentation"]
        self.input = described["input"]
        self.stored = images.shape[1:]
        self.images = tf.constant(images)
        # One row of channels a pixel: a crop, mirrored or not, is a choice of rows.
        self.pixels = tf.reshape(self.images, [-1, self.stored[2]])
        mean, deviation = scale_of(described["pixels"], self.stored[2])
        self.mean, self.deviation = tf.constant(mean, tf.float32), tf.constant(deviation, tf.float32)

    def scaled(self, images):
        return (images - self.mean) / self.deviation

    def batch(self, indices):
        """A batch at once."""
        count = tf.shape(indices)[0]
        height, width = self.input["height"], self.input["width"]
        top, left = self.places(count)
        rows = top[:, None] + tf.range(height, dtype=tf.int64)
        columns = tf.range(width, dtype=tf.int64)[None] + tf.zeros_like(left)[:, None]
        if "flip" in self.settings:
            columns = tf.where(tf.random.uniform([count, 1]) < 0.5, columns, width - 1 - columns)
        columns += left[:, None]
        places = (indices[:, None] * self.stored[0] + rows)[:, :, None] * self.stored[1] + columns[:, None]
        images = tf.cast(tf.gather(self.pixels, places), tf.float32)
        return self.scaled(self.coloured(images, count))

    def places(self, count):
        rows, columns = self.stored[0] - self.input["height"] + 1, self.stored[1] - self.input["width"] + 1
        if "randomCrop" in self.settings:
            return tf.random.uniform([count], maxval=rows, dtype=tf.int64), tf.random.uniform(
                [count], maxval=columns, dtype=tf.int64
            )
        return tf.fill([count], tf.constant(rows // 2, tf.int64)), tf.fill([count], tf.constant(columns // 2, tf.int64))

    def coloured(self, images, count):
        settings = self.settings
        if not {"hue", "contrast", "brightness", "saturation"} & set(settings):
            return images

        def uniform(low, high):
            return tf.random.uniform([count, 1, 1, 1], low, high)

        images = images / 255
        if "hue" in settings:
            hue, saturation, value = tf.split(tf.image.rgb_to_hsv(images), 3, 3)
            hue = tf.math.floormod(hue + uniform(-settings["hue"], settings["hue"]), 1.0)
            images = tf.image.hsv_to_rgb(tf.concat([hue, saturation, value], 3))
        if "contrast" in settings:
            mean = tf.reduce_mean(images, [1, 2], keepdims=True)
            images = mean + (images - mean) * uniform(settings["contrast"]["min"], settings["contrast"]["max"])
        if "brightness" in settings:
            images += uniform(-settings["brightness"], settings["brightness"])
        if "saturation" in settings:
            hue, saturation, value = tf.split(tf.image.rgb_to_hsv(images), 3, 3)
            saturation = tf.clip_by_value(
                saturation * uniform(settings["saturation"]["min"], settings["saturation"]["max"]), 0, 1
            )
            images = tf.image.hsv_to_rgb(tf.concat([hue, saturation, value], 3))
        return tf.clip_by_value(images, 0, 1) * 255

    def one(self, index):
        """One image by the functions that TensorFlow has for it."""
        settings = self.settings
        size = [self.input["height"], self.input["width"], self.stored[2]]
        image = self.images[index]
        image = (
            tf.image.random_crop(image, size)
            if "randomCrop" in settings
            else tf.image.resize_with_crop_or_pad(image, size[0], size[1])
        )
        if "flip" in settings:
            image = tf.image.random_flip_left_right(image)
        image = tf.cast(image, tf.float32)
        if {"hue", "contrast", "brightness", "saturation"} & set(settings):
            image = image / 255
            if "hue" in settings:
                image = tf.image.random_hue(image, settings["hue"])
            if "contrast" in settings:
                image = tf.image.random_contrast(image, settings["contrast"]["min"], settings["contrast"]["max"])
            if "brightness" in settings:
                image = tf.image.random_brightness(image, settings["brightness"])
            if "saturation" in settings:
                image = tf.image.random_saturation(image, settings["saturation"]["min"], settings["saturation"]["max"])
            image = tf.clip_by_value(image, 0, 1) * 255
        return self.scaled(image)
