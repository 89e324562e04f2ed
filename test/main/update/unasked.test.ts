import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { homePlaces } from '../../../main/files/places.ts'
import { openLab } from '../openLab.ts'

test('a lab with a mirror asks nothing of it before a person asks', async () => {
  const asked: string[] = []
  const mirror = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(JSON.stringify({ 'conv-lab-mirror': 1, archives: [], datasets: [], templates: [] }))
  })
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void mirror.close())
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-unasked-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const home = homePlaces(folder)
  await mkdir(home.datasets)
  const { port } = mirror.address() as AddressInfo
  await writeFile(path.join(home.datasets, 'mirror.json'), JSON.stringify({ place: `http://127.0.0.1:${port}/K7M4QX` }))

  // Opened with it set, as on every day of a term, and read as the window reads it.
  const { client } = await openLab(home, 'browser')
  await Promise.all([client.lab.status(), client.lab.about(), client.datasets.list(), client.datasets.mirror.read()])
  await client.datasets.mirror.write({ place: `127.0.0.1:${port}`, code: 'k7m4qx' })
  expect(asked).toEqual([])

  expect((await client.update.look()).found).toEqual({ kind: 'none', systems: [] })
  expect(asked).toEqual(['/K7M4QX/offer.json'])
})
