"""Makes the pickles of this folder anew: python3 make.py (needs numpy).

The CIFAR archives' files were written by Python 2's cPickle with protocol 2: text and raw bytes are both `str`
(SHORT_BINSTRING, BINSTRING), and numpy's functions are called by the names that they had then. Python 3 writes neither,
so its own pickler is taught to. Python's
unpickler reads each file back, as the authors say that one does (`encoding='bytes'`).
"""

import copyreg
import os
import pickle
import struct

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


class Python2Pickler(pickle._Pickler):
    dispatch = dict(pickle._Pickler.dispatch)

    def save_str(self, text):
        self.save_raw(text.encode('latin-1'))
        self.memoize(text)

    def save_bytes(self, raw):
        self.save_raw(raw)
        self.memoize(raw)

    def save_raw(self, raw):
        if len(raw) < 256:
            self.write(b'U' + bytes([len(raw)]) + raw)
        else:
            self.write(b'T' + struct.pack('<i', len(raw)) + raw)

    def save_global(self, value, name=None):
        module = getattr(value, '__module__', 'numpy').replace('numpy._core', 'numpy.core')
        self.write(b'c' + module.encode() + b'\n' + (name or value.__name__).encode() + b'\n')
        self.memoize(value)

    dispatch[str] = save_str
    dispatch[bytes] = save_bytes
    dispatch[type] = save_global
    dispatch[type(lambda: 0)] = save_global
    dispatch[type(len)] = save_global


def write(name, value):
    path = os.path.join(here, name)
    with open(path, 'wb') as file:
        Python2Pickler(file, protocol=2).dump(value)
    return path


def images(count, salt):
    return ((np.arange(count * 3072, dtype=np.int64) * 37 + salt) % 251).astype(np.uint8).reshape(count, 3072)


def check(path, data):
    with open(path, 'rb') as file:
        back = pickle.load(file, encoding='bytes')
    assert (back[b'data'] == data).all(), path


for name, count, salt in [('data_batch_1', 3, 1), ('test_batch', 2, 2)]:
    data = images(count, salt)
    path = write(
        name,
        {
            'batch_label': 'training batch 1 of 5',
            'labels': [6, 9, 4][:count],
            'data': data,
            'filenames': ['leptodactylus_pentadactylus_s_000004.png', 'camion_s_000148.png', 'caf\xe9_s_000001.png'][
                :count
            ],
        },
    )
    check(path, data)

data = images(4, 3)
check(
    write(
        'cifar-100-train',
        {
            'filenames': ['bos_taurus_s_000507.png', 'stegosaurus_s_000125.png', 'a.png', 'b.png'],
            'batch_label': 'training batch 1 of 1',
            'fine_labels': [19, 29, 0, 11],
            'coarse_labels': [11, 15, 4, 14],
            'data': data,
        },
    ),
    data,
)
# The same images with the columns of the array one after another.
check(write('fortran', {'labels': [1, 2, 3, 4], 'data': np.asfortranarray(data)}), data)


class Evil:
    def __reduce__(self):
        return (os.system, ('echo owned',))


write('evil', {'labels': [Evil()], 'data': data})
with open(os.path.join(here, 'python3'), 'wb') as file:
    pickle.dump({'labels': [1, 2, 3, 4], 'data': data[:1]}, file, protocol=4)
