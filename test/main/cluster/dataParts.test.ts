import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { dataParts } from '../../../main/cluster/dataParts.ts'
import { linuxOnly } from '../../platforms.ts'
import { pythonOfNodes } from './pythonOfNodes.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

/** What a node does with the parts that it was sent. */
const joined = `
import sys
from trainer import data_folder
sys.path += sys.argv[2:]
print(data_folder({"sha256": sys.argv[1], "inFolder": ""}))
print(data_folder({"sha256": sys.argv[1], "inFolder": ""}))
`

async function folderOfTest(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-parts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Sends a folder in parts of so many bytes, and returns what a node has of it, and in how many parts it came. */
async function arrived(
  files: Readonly<Record<string, Buffer>>,
  limit: number,
): Promise<[Record<string, Buffer>, number]> {
  const folder = await folderOfTest()
  const [form, there] = [path.join(folder, 'form'), path.join(folder, 'there')]
  for (const one of [form, there]) await mkdir(one)
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(form, name), content)
  const places: string[] = []
  const parts = await dataParts(form, 'conv-lab-data-abc', limit)
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(Buffer.concat(Object.values(files)).length)
  for (const { zip } of parts) {
    const place = path.join(there, String(places.length))
    await writeFile(`${place}.zip`, await zip())
    execFileSync('python3', ['-m', 'zipfile', '-e', `${place}.zip`, place])
    places.push(place)
  }
  const said = pythonOfNodes(joined, ['abc', ...places])
  const [first, second] = said.trim().split('\n')
  expect(second).toBe(first)
  const names = await readdir(first)
  const contents = await Promise.all(names.map((name) => readFile(path.join(first, name))))
  return [Object.fromEntries(names.map((name, index) => [name, contents[index]])), places.length]
}

const files = {
  'card.json': Buffer.from('{}'),
  'test.images': Buffer.from(Array.from({ length: 37 }, (_, index) => index)),
  'test.labels': Buffer.alloc(0),
  'train.images': Buffer.from(Array.from({ length: 100 }, (_, index) => 255 - index)),
}

onLinux('images arrive in one part as they are', async () => {
  expect(await arrived(files, 1000)).toEqual([files, 1])
})

onLinux('images that take several parts are put together, once a node', async () => {
  expect(await arrived(files, 16)).toEqual([files, 9])
})
