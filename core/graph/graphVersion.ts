/**
 * Raised with every change by which a network takes other operations than before, so that its bits change and runs can
 * say so. 1: every convolution is TensorFlow's own operation. 2: some go through transforms along circles. 3: or along
 * tiles, and with oneDNN's operations on every processor. 4: measurements hold batch normalisations in the convolutions
 * before them, so that losses and probabilities differ by rounding; training is as with 3.
 */
export const graphVersion = 4
