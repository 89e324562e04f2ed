"""Trains the runs of a sweep on a Ray cluster. Runs on the head, as one job a sweep.

python driver.py train JOB            trains what sweep.json of the package conv-lab-sweep says
python driver.py hold JOB RUN STATE   holds a run, or `all`: it writes a checkpoint and ends as `paused` or `stopped`
python driver.py forget JOB           deletes what the job left on this computer

What happens is written below the logs of the Ray session, where Ray's HTTP API finds it:

JOB/events-000001.jsonl  what happened, a JSON value a line: {"trial", "attempt", "event"}; written whole
JOB/state.json           how many such files there are, and how the sweep stands
JOB/files/               checkpoints that may still be needed
JOB/holds/               one file for each run that is to be held
"""

import json
import os
import shutil
import sys
import time

import ray

from trainer import Trainer, find_in_packages

# A run is sent again so many times when its worker, its engine or its node is lost.
RETRIES = 3
# Seconds between two files of events.
INTERVAL = 2
# Runs that have been handed to Ray, beyond those for which the cluster has processors.
IN_ADVANCE = 4


def folder_of(job):
    """The folder of a job, on the computer on which this runs."""
    node = ray._private.worker._global_node
    return os.path.join(os.path.realpath(node.get_logs_dir_path()), job)


def write_whole(path, content):
    """Writes a file so that nobody sees a part of it."""
    with open(path + ".writing", "wb") as file:
        file.write(content)
    os.replace(path + ".writing", path)


class Journal:
    """What happened, in numbered files, and how the sweep stands."""

    def __init__(self, folder):
        self.folder = folder
        self.files = 0
        self.lines = []
        self.written_at = 0.0

    def tell(self, trial, attempt, event):
        last = self.lines[-1] if self.lines else None
        if last is not None and event["kind"] == "steps" and last["event"]["kind"] == "steps":
            # Steps of one run that follow each other become one event.
            if last["trial"] == trial and last["attempt"] == attempt:
                for column in ("loss", "accuracy", "seconds"):
                    last["event"][column] += event[column]
                last["event"]["waitingSeconds"] = event["waitingSeconds"]
                return
        self.lines.append({"trial": trial, "attempt": attempt, "event": event})

    def write(self, trains, waits, cpus, ended=False):
        """Writes what has happened since the last file, if it is time to."""
        now = time.monotonic()
        if not ended and now - self.written_at < INTERVAL:
            return
        self.written_at = now
        if self.lines:
            # Stable: the events of a run keep their order, and its steps come together.
            self.lines.sort(key=lambda line: line["trial"])
            merged = Journal(self.folder)
            for line in self.lines:
                merged.tell(line["trial"], line["attempt"], line["event"])
            text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in merged.lines)
            self.files += 1
            write_whole(os.path.join(self.folder, f"events-{self.files:06}.jsonl"), text.encode())
            self.lines = []
        state = {
            "format": 1,
            "files": self.files,
            "trains": trains,
            "waits": waits,
            "cpus": cpus,
            "freeCpus": ray.available_resources().get("CPU", 0),
            "allCpus": ray.cluster_resources().get("CPU", 0),
            "ended": ended,
        }
        write_whole(os.path.join(self.folder, "state.json"), json.dumps(state).encode())


class Run:
    """One run of the sweep, and what is known of it here."""

    def __init__(self, given, folder):
        self.trial = given["trial"]
        self.order = given["order"]
        self.folder = folder
        self.attempt = 0
        # The newest checkpoint and its bytes: where the run goes on if its worker is lost.
        self.newest = None
        # Files of checkpoints that are kept: that of step 0, the best, the newest, and those from which attempts began.
        self.first = None
        self.best = None
        self.begun_from = set()
        # (step, accuracy) of this attempt.
        self.evaluations = []
        self.last_evaluation = None
        self.actor = None
        self.trains = False

    def begin(self, sweep):
        options = {"num_cpus": sweep["cpus"], "scheduling_strategy": "SPREAD"}
        if sweep["environment"] is not None:
            options["runtime_env"] = sweep["environment"]
        self.actor = Trainer.options(**options).remote()
        self.trains = False
        train = self.actor.train.options(num_returns="streaming")
        return train.remote(self.order, self.newest, sweep["data"])

    def take(self, event, content):
        """Keeps what a lost run would need to go on, and the files that are still to be fetched."""
        if event["kind"] == "ready":
            self.trains = True
        elif event["kind"] == "evaluated":
            evaluation = event["evaluation"]
            self.evaluations.append((evaluation["step"], (evaluation["validation"] or evaluation)["accuracy"]))
        elif event["kind"] == "checkpoint":
            checkpoint = event["checkpoint"]
            file = f'{self.trial}-{self.attempt}-{checkpoint["file"]}'
            write_whole(os.path.join(self.folder, file), content)
            event["stored"] = file
            dropped = {self.newest["stored"]} if self.newest is not None else set()
            self.newest = {"step": checkpoint["step"], "sha256": checkpoint["sha256"], "stored": file, "content": content}
            if checkpoint["step"] == 0:
                self.first = file
            if checkpoint["reason"] == "best":
                dropped |= {self.best} if self.best is not None else set()
                self.best = file
            for old in dropped - {self.first, self.best, file} - self.begun_from:
                os.remove(os.path.join(self.folder, old))

    def lose(self):
        """Prepares another attempt; returns the step at which it begins."""
        self.attempt += 1
        evaluations, self.evaluations = self.evaluations, []
        if self.newest is None:
            return None
        step = self.newest["step"]
        self.begun_from.add(self.newest["stored"])
        # Evaluations after the checkpoint are made again.
        for at, accuracy in evaluations:
            if at > step:
                continue
            best = self.order["bestAccuracy"]
            better = best is None or accuracy > best
            self.order["bestAccuracy"] = accuracy if better else best
            self.order["evaluationsSinceBest"] = 0 if better else self.order["evaluationsSinceBest"] + 1
            self.last_evaluation = at
        self.order["evaluated"] = self.last_evaluation == step
        return step


class Sweep:
    """Begins the runs of a sweep, and takes what they tell."""

    def __init__(self, sweep, folder):
        self.sweep = sweep
        self.folder = folder
        self.journal = Journal(folder)
        self.waiting = [Run(given, os.path.join(folder, "files")) for given in sweep["runs"]]
        self.streams = {}
        # Whether runs may still begin, and the runs that are to be held.
        self.holds = {}
        self.told_holds = set()

    def train(self):
        # Somebody may have asked before this began.
        self.look_at_holds()
        while self.waiting or self.streams:
            self.begin_some()
            for stream in self.streams_with_news():
                self.take(stream)
            self.look_at_holds()
            self.write()
        self.write(ended=True)

    def streams_with_news(self):
        """Waits until a run has told something, but not for all runs to; returns the streams of those that have."""
        streams = list(self.streams)
        ray.wait(streams, num_returns=1, timeout=0.5)
        ready, _ = ray.wait(streams, num_returns=len(streams), timeout=0)
        return ready

    def begin_some(self):
        room = int(ray.cluster_resources().get("CPU", 0) // self.sweep["cpus"]) + IN_ADVANCE
        while self.waiting and len(self.streams) < room:
            run = self.waiting.pop(0)
            self.streams[run.begin(self.sweep)] = run

    def take(self, stream):
        run = self.streams[stream]
        try:
            event, content = ray.get(next(stream))
            event = json.loads(event)
            run.take(event, content)
            self.journal.tell(run.trial, run.attempt, event)
        except StopIteration:
            self.end(stream)
        except ray.exceptions.RuntimeEnvSetupError as error:
            self.give_up(stream, "environment", error)
        except ray.exceptions.RayTaskError as error:
            if type(error.cause).__name__ == "NodeLacks":
                self.give_up(stream, "lacks", error.cause)
            else:
                self.lose(stream, error.cause)
        except ray.exceptions.RayError as error:
            if "RuntimeEnvSetupError" in str(error) or "runtime_env" in str(error):
                self.give_up(stream, "environment", error)
            else:
                self.lose(stream, error)

    def end(self, stream):
        run = self.streams.pop(stream)
        ray.kill(run.actor)

    def lose(self, stream, error):
        """Sends a run again whose worker, engine or node was lost."""
        run = self.streams[stream]
        self.end(stream)
        attempt = run.attempt
        step = run.lose()
        again = run.attempt <= RETRIES
        self.journal.tell(run.trial, attempt, {"kind": "lost", "detail": words_of(error), "step": step, "again": again})
        if again:
            self.waiting.insert(0, run)

    def give_up(self, stream, why, error):
        run = self.streams[stream]
        self.end(stream)
        self.journal.tell(run.trial, run.attempt, {"kind": "given-up", "why": why, "detail": words_of(error)})

    def look_at_holds(self):
        for name in os.listdir(os.path.join(self.folder, "holds")):
            if not name.endswith(".writing"):
                with open(os.path.join(self.folder, "holds", name), encoding="utf8") as file:
                    self.holds[name] = file.read().strip()
        if "all" in self.holds:
            for run in self.waiting:
                self.rest(run, self.holds["all"])
            self.waiting = []
        for stream, run in list(self.streams.items()):
            how = self.holds.get(str(run.trial)) or self.holds.get("all")
            if how is None or (run.trial, run.attempt) in self.told_holds:
                continue
            if run.trains:
                self.told_holds.add((run.trial, run.attempt))
                run.actor.hold.remote(how)
            elif "all" in self.holds:
                # It waits for a processor, or its engine has not begun.
                self.end(stream)
                self.rest(run, how)

    def rest(self, run, how):
        """Tells of a run that was lost and waits to go on that it rests, at its newest checkpoint."""
        if run.attempt > 0:
            self.journal.tell(run.trial, run.attempt, {"kind": "held", "state": how})

    def write(self, ended=False):
        trains = sum(run.trains for run in self.streams.values())
        waits = len(self.waiting) + len(self.streams) - trains
        self.journal.write(trains, waits, self.sweep["cpus"], ended)


def words_of(error):
    """What an exception says, on one line: where it quotes others, how it begins and what the last of them says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if len(lines) > 3:
        lines = [lines[0], "…", lines[-1]]
    return type(error).__name__ + ": " + " ".join(line[:200] for line in lines)


def main():
    command, job = sys.argv[1:3]
    ray.init(address="auto", log_to_driver=False)
    folder = folder_of(job)
    if command == "train":
        with open(os.path.join(find_in_packages("conv-lab-sweep"), "sweep.json"), encoding="utf8") as file:
            sweep = json.load(file)
        for part in ("files", "holds"):
            os.makedirs(os.path.join(folder, part), exist_ok=True)
        Sweep(sweep, folder).train()
    elif command == "hold":
        run, state = sys.argv[3:5]
        # The job may still be on its way, and finds this when it begins.
        os.makedirs(os.path.join(folder, "holds"), exist_ok=True)
        write_whole(os.path.join(folder, "holds", run), state.encode())
    elif command == "forget":
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
