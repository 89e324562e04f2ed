// @module-tag slow
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { phrase } from '../../core/words/phrases.ts'
import { problem } from '../../core/words/problems.ts'
import { checkpointFolder, type Home } from '../../main/files/places.ts'
import { connectToOwner } from '../../main/homeSocket/ownerLink.ts'
import { posixOnly } from '../platforms.ts'
import { eventsUntil, openLab, reached, smallRequest } from './openLab.ts'
import { smallHome } from './smallHome.ts'

/** The bytes of a history and of its log, and the names of a run's checkpoints. */
function stored(home: Home, run: number): unknown[] {
  return [
    ...[home.history, `${home.history}-wal`].map((file) => readFileSync(file).toString('base64')),
    readdirSync(checkpointFolder(home, run)),
  ]
}

posixOnly('this process lives on with the history open, and Windows deletes no open file')(
  'a lab whose folder another computer takes ends its run and writes nothing more',
  async () => {
    const home = await smallHome()
    const { lab, client, engines } = await openLab(home)
    const { id } = lab.runs.start(smallRequest(lab, { goal: 100_000 }))
    await reached(lab, id, 3)
    const after = lab.events.sequence
    const note = JSON.stringify({ owner: 'another', host: 'desk-8', asked: null, answered: null })
    writeFileSync(path.join(home.folder, 'owner.json'), note)
    const of = problem('home-taken', { home: home.folder, detail: phrase('owner-on-computer', { host: 'desk-8' }) })
    expect(await lab.taken).toEqual(of)
    const left = stored(home, id)
    expect((await eventsUntil(lab, after, ({ kind }) => kind === 'taken')).at(-1)).toMatchObject({ problem: of })
    await expect(client.runs.list()).rejects.toMatchObject({ data: of })
    await expect(client.preferences.write({ theme: 'dark' })).rejects.toMatchObject({ data: of })
    // Without its engine it can end no other way than at once.
    await new Promise<void>((resolve) => engines[0].onExit(() => resolve()))
    await lab.close()
    expect(stored(home, id)).toEqual(left)
    expect(readFileSync(path.join(home.folder, 'owner.json'), 'utf8')).toBe(note)
    // Its socket may be the other's by now, so it is not taken away.
    const link = await connectToOwner(home)
    expect(link).not.toBeNull()
    link?.close()
  },
)
