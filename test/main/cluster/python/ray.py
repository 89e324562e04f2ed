"""Stands in for Ray where a test has none: one computer, whose actors are threads of this process."""

import os
import queue
import threading
import time
from types import SimpleNamespace

CPUS = int(os.environ["STAND_IN_CPUS"])

room = threading.Semaphore(CPUS)
running = set()


class RayError(Exception):
    pass


class RuntimeEnvSetupError(RayError):
    pass


class RayTaskError(RayError):
    def __init__(self, cause):
        super().__init__(str(cause))
        self.cause = cause


exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError, RuntimeEnvSetupError=RuntimeEnvSetupError)
node = SimpleNamespace(get_logs_dir_path=lambda: os.environ["STAND_IN_LOGS"])
_private = SimpleNamespace(worker=SimpleNamespace(_global_node=node))


def init(**_):
    pass


def cluster_resources():
    return {"CPU": CPUS}


def available_resources():
    return {"CPU": CPUS - len(running)}


class Stream:
    """What a generator of an actor yields, in order."""

    def __init__(self, begin, cpus):
        self.parts = queue.Queue()
        # One that asks for more than there are waits for ever.
        if cpus <= CPUS:
            threading.Thread(target=self.run, args=[begin], daemon=True).start()

    def run(self, begin):
        with room:
            running.add(self)
            try:
                for value in begin():
                    self.parts.put(("value", value))
                self.parts.put(("end", None))
            except Exception as error:
                self.parts.put(("error", RayTaskError(error)))
            finally:
                running.discard(self)

    def __next__(self):
        kind, value = self.parts.get()
        if kind == "end":
            raise StopIteration
        return kind, value


def get(reference):
    kind, value = reference
    if kind == "error":
        raise value
    return value


def wait(streams, num_returns, timeout):
    end = time.monotonic() + timeout
    while True:
        ready = [stream for stream in streams if not stream.parts.empty()]
        if len(ready) >= num_returns or time.monotonic() > end:
            return ready[:num_returns], []
        time.sleep(0.01)


class Method:
    def __init__(self, function, cpus):
        self.function = function
        self.cpus = cpus

    def options(self, **_):
        return SimpleNamespace(remote=lambda *given: Stream(lambda: self.function(*given), self.cpus))

    def remote(self, *given):
        threading.Thread(target=self.function, args=given, daemon=True).start()


class Actor:
    def __init__(self, instance, cpus):
        self.instance = instance
        self.cpus = cpus

    def __getattr__(self, name):
        return Method(getattr(self.instance, name), self.cpus)


def kill(actor):
    # The process of an actor would be gone, and with it the other end of this.
    if actor.instance.child is not None:
        actor.instance.child.stdin.close()


def remote(**_):
    return lambda kind: SimpleNamespace(
        options=lambda num_cpus, **_: SimpleNamespace(remote=lambda: Actor(kind(), num_cpus))
    )
