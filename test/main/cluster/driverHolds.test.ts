import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { linuxOnly } from '../../platforms.ts'
import { pythonOfNodes } from './pythonOfNodes.ts'

const onLinux = linuxOnly('the head of a cluster runs Linux')

const begun = `
import json, os, sys
os.environ["STAND_IN_LOGS"] = sys.argv[1]
import ray, driver
folder = driver.folder_of("job")
def ask(*words):
    sys.argv = ["driver.py", *words]
    driver.main()
def sweep():
    for part in ("files", "holds"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    order = {"bestAccuracy": None, "evaluationsSinceBest": 0, "evaluated": False}
    return driver.Sweep({"cpus": 1, "environment": None, "data": {}, "runs": [{"trial": 0, "order": order}]}, folder)
`

async function said(program: string): Promise<string> {
  const logs = await mkdtemp(path.join(tmpdir(), 'conv-lab-head-'))
  onTestFinished(() => rm(logs, { recursive: true }))
  return pythonOfNodes(begun + program, [logs]).trim()
}

onLinux('a sweep that is held before its driver begins begins no run', async () => {
  const told = `
ask("hold", "job", "all", "stopped")
one = sweep()
one.begin_some = lambda: print("begins")
one.train()
print(os.path.exists(os.path.join(folder, "events-000001.jsonl")))
`
  expect(await said(told)).toBe('False')
})

onLinux('a run that was lost and waits for a processor rests when all are held', async () => {
  const told = `
ray.CPUS = 0
one = sweep()
run = one.waiting[0]
checkpoint = {"step": 250, "sha256": "0", "file": "c", "reason": "interval"}
run.take({"kind": "checkpoint", "checkpoint": checkpoint}, b"x")
run.lose()
one.begin_some()
ask("hold", "job", "all", "paused")
one.train()
with open(os.path.join(folder, "events-000001.jsonl")) as file:
    print(file.read())
`
  expect(JSON.parse(await said(told))).toEqual({ trial: 0, attempt: 1, event: { kind: 'held', state: 'paused' } })
})

onLinux('so does one that has not been given to Ray again', async () => {
  const told = `
one = sweep()
one.waiting[0].lose()
ask("hold", "job", "all", "stopped")
one.train()
with open(os.path.join(folder, "events-000001.jsonl")) as file:
    print(file.read())
`
  expect(JSON.parse(await said(told))).toEqual({ trial: 0, attempt: 1, event: { kind: 'held', state: 'stopped' } })
})
