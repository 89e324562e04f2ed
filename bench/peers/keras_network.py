"""A network of Conv Lab in Keras layers, [batch, height, width, channels]."""

import keras
from keras import layers as k


def pool(layer, kind):
    if layer["scaling"] is not None:
        raise SystemExit(f"this peer of the bench pools without scaling alone, not as {layer['name']}")
    return kind(layer["size"], layer["stride"], layer["padding"])


def activation(layer):
    kind = layer["function"]["kind"]
    return k.LeakyReLU(layer["function"]["slope"]) if kind == "leaky-relu" else k.Activation(kind)


def made(layer):
    match layer["kind"]:
        case "conv":
            kernel = (layer["kernel"]["height"], layer["kernel"]["width"])
            start = "he_normal" if layer["initializer"].startswith("he") else "glorot_uniform"
            return k.Conv2D(
                layer["filters"],
                kernel,
                layer["stride"],
                layer["padding"],
                use_bias=layer["bias"],
                kernel_initializer=start,
            )
        case "batch-norm":
            return k.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"])
        case "activation":
            return activation(layer)
        case "max-pool":
            return pool(layer, k.MaxPooling2D)
        case "average-pool":
            return pool(layer, k.AveragePooling2D)
        case "global-max-pool":
            return k.GlobalMaxPooling2D()
        case "global-average-pool":
            return k.GlobalAveragePooling2D()
        case "flatten":
            return k.Flatten()
        case "dense":
            return k.Dense(layer["units"], use_bias=layer["bias"])
        case "dropout":
            return k.Dropout(layer["rate"])
        case "scale":
            return k.Rescaling(layer["factor"])
        case "add":
            return k.Add()
        case "concat":
            return k.Concatenate()
    raise SystemExit(f"this peer of the bench does not know layers of kind {layer['kind']}")


def network(described):
    size = described["input"]
    image = keras.Input((size["height"], size["width"], size["channels"]))
    outputs = {"input": image}
    for layer in described["layers"]:
        sources = [outputs[name] for name in layer["from"]]
        logits = outputs[layer["name"]] = made(layer)(sources if layer["kind"] in ("add", "concat") else sources[0])
    return keras.Model(image, logits)


def optimizer(model, described):
    """Its own optimizer; decay, which is Keras's own decoupled one, for kernels alone."""
    settings = described["optimizer"]
    rate = described["learningRate"]
    decay = settings.get("weightDecay") or None
    if settings["clipNorm"] is not None:
        raise SystemExit("this peer of the bench does not clip gradients")
    match settings["kind"]:
        case "adam":
            made_one = keras.optimizers.Adam(rate, settings["beta1"], settings["beta2"], settings["epsilon"])
        case "adamw":
            made_one = keras.optimizers.AdamW(rate, decay, settings["beta1"], settings["beta2"], settings["epsilon"])
        case "sgd":
            made_one = keras.optimizers.SGD(rate, settings["momentum"], settings["nesterov"], weight_decay=decay)
        case kind:
            raise SystemExit(f"this peer of the bench does not know the optimizer {kind}")
    if decay is not None:
        made_one.exclude_from_weight_decay(
            var_list=[variable for variable in model.trainable_variables if len(variable.shape) <= 1]
        )
    return made_one


def losses(described):
    """The loss of training, and whether it wants a distribution of classes instead of the class."""
    smoothing = described["head"]["labelSmoothing"]
    if smoothing == 0:
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True), False
    return keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing), True
