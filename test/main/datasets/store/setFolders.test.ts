import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ownForm } from '../../../../core/data/dataChoice.ts'
import { plainSet } from '../../../../core/data/dataset.ts'
import { usualChoice } from '../../../../core/data/datasetView.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import type { PreparedCard } from '../../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../../main/files/preparedForm.ts'
import { tinyCard, tinyDefinition, tinyTest, tinyTrain, withFolder } from '../tinySets.ts'

/** A set as an older lab has left it: its files in its folder, its card of the first format. */
async function firstLayout(folder: string): Promise<PreparedCard['prepared']> {
  const { card, prepared, files } = await writePreparedForm(path.join(folder, 'tiny'), {
    card: tinyCard,
    source: 'package',
    train: tinyTrain,
    test: tinyTest,
  })
  const first = Object.fromEntries(Object.entries(card).filter(([key]) => !(key in plainSet)))
  await writeFile(path.join(folder, 'tiny', 'card.json'), JSON.stringify({ format: 1, card: first, prepared, files }))
  return prepared
}

async function opened(folder: string): Promise<DatasetStore> {
  return new DatasetStore({ folder, onChange: () => undefined, definitions: [await tinyDefinition([])] })
}

test('a set of an older lab is moved, with the identity that its runs know, and has all that a new one has', async () => {
  await withFolder(async (folder) => {
    const prepared = await firstLayout(folder)
    const store = await opened(folder)
    const entry = store.entry('tiny')
    expect(entry).toMatchObject({
      state: 'ready',
      prepared,
      problem: null,
      sizes: tinyCard.sizes,
      contents: { published: true, broken: { count: 0 }, missing: [] },
    })
    expect(entry.forms).toMatchObject([{ form: ownForm, twins: null }])
    expect(await readdir(path.join(folder, 'tiny'))).toEqual(['forms'])
    await store.verify('tiny')
    expect(store.folderOf('tiny')).toBe(path.join(folder, 'tiny', 'forms', 'own'))
    // Twins and averages come when they are asked for.
    expect((await store.images.twins('tiny', usualChoice(entry), 10)).total).toBe(0)
    expect(store.entry('tiny').forms[0].twins).toBe(0)
    expect(await store.images.average('tiny', ownForm, 0)).toMatchObject({ image: tinyCard.image })
    await store.close()
  })
})

test.each([
  ['the first file', ['train.images']],
  ['all but the card', ['train.images', 'train.labels', 'test.images', 'test.labels']],
])('a move that ended after %s goes on at the next opening', async (_what, moved) => {
  await withFolder(async (folder) => {
    const prepared = await firstLayout(folder)
    const own = path.join(folder, 'tiny', 'forms', 'own')
    await mkdir(own, { recursive: true })
    for (const file of moved) await rename(path.join(folder, 'tiny', file), path.join(own, file))
    const store = await opened(folder)
    expect(store.entry('tiny')).toMatchObject({ state: 'ready', prepared })
    await store.verify('tiny')
    await store.close()
  })
})

test('what a crash has left is removed or brought back, and begun downloads stay', async () => {
  await withFolder(async (folder) => {
    await firstLayout(folder)
    await mkdir(path.join(folder, '.writing-00-tiny', 'set'), { recursive: true })
    await mkdir(path.join(folder, '.partial', 'tiny'), { recursive: true })
    await writeFile(path.join(folder, '.partial', 'tiny', 'half'), 'half')
    await rename(path.join(folder, 'tiny'), path.join(folder, '.replaced-tiny'))
    const store = await opened(folder)
    expect(store.entry('tiny').state).toBe('ready')
    expect((await readdir(folder)).sort()).toEqual(['.partial', 'tiny'])
    expect((await stat(path.join(folder, '.partial', 'tiny', 'half'))).size).toBe(4)
    await store.close()
  })
})
