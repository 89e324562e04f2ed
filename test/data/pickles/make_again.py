"""Makes the pickles of the folder `again` anew: python3 make_again.py, once with numpy 1 and once with numpy 2.

They are batches of CIFAR as somebody writes them again with Python 3, in the protocols that it has had, but with images
of 2 x 2 pixels. Their keys are byte strings after `pickle.load(file, encoding='bytes')`, and text after
`encoding='latin1'`.
"""

import os
import pickle

import numpy as np

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'again')
numpy = 'numpy' + np.__version__.split('.')[0]
data = ((np.arange(3 * 12) * 37 + 5) % 251).astype(np.uint8).reshape(3, 12)
names = ['camion_s_000148.png', 'caf\xe9_s_000001.png', '']


def write(name, value, protocol):
    with open(os.path.join(here, numpy + '-' + name), 'wb') as file:
        pickle.dump(value, file, protocol=protocol)


for protocol in range(2, 6):
    write(
        'bytes-' + str(protocol),
        {
            b'batch_label': b'',
            b'labels': [6, 9, 300],
            b'data': data,
            b'filenames': [name.encode('latin1') for name in names],
        },
        protocol,
    )
    write(
        'text-' + str(protocol),
        {'batch_label': 'again', 'labels': np.array([6, 9, 300]), 'data': data, 'filenames': names},
        protocol,
    )
write('scalars', {'labels': list(np.array([6, 9, 300], '>i2')), 'data': np.asfortranarray(data)}, 5)
write('unsigned', {'labels': np.array([6, 9, 300], 'u4'), 'data': np.asfortranarray(data)}, 3)
write('readonly', {'labels': np.array([6, 9, 300], '>u2'), 'data': np.frombuffer(data.tobytes(), np.uint8).reshape(3, 12)}, 5)
# What is not as the set's files are.
if numpy == 'numpy2':
    write('square', {'labels': [6, 9, 300], 'data': data.reshape(3, 2, 2, 3)}, 4)
    write('floats', {'labels': [6, 9, 300], 'data': data / 255}, 4)
    write('fraction', {'labels': np.array([6, 9, 0.5]), 'data': data}, 4)
    write('wide', {'labels': [6, 9, 300], 'data': data.astype('i2')}, 5)
    write('missing', {'labels': np.array([6, -1, 300]), 'data': data}, 5)
    write('column', {'labels': np.array([[6], [9], [300]]), 'data': data}, 4)
    write('object', {'labels': np.array([6, 9, None]), 'data': data}, 5)
    write('set', {'labels': {6, 9, 300}, 'data': data}, 4)
    write('class', {'labels': range(3), 'data': data}, 4)
