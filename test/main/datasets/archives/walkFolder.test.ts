import { execFileSync } from 'node:child_process'
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LeftOut } from '../../../../core/data/leftOut.ts'
import { phrase } from '../../../../core/words/phrases.ts'
import { LeftOutCount } from '../../../../main/datasets/archives/leftOutCount.ts'
import { openOriginals } from '../../../../main/datasets/archives/openOriginals.ts'
import { walkFolder } from '../../../../main/datasets/archives/walkFolder.ts'
import { withFolder } from '../tinySets.ts'
import { posixOnly, withLinks } from '../../../platforms.ts'

/** Makes files (their text is their path) and links, which are written as `[path, target]`, in a folder `set`. */
async function made(
  folder: string,
  files: readonly string[],
  links: readonly (readonly [string, string])[] = [],
): Promise<string> {
  const set = path.join(folder, 'set')
  for (const name of [...files, ...links.map(([link]) => link)])
    await mkdir(path.dirname(path.join(set, name)), { recursive: true })
  for (const name of files) await writeFile(path.join(set, name), name)
  for (const [link, target] of links) await symlink(target, path.join(set, link))
  return set
}

interface Walked {
  readonly found: string[]
  readonly leftOut: LeftOut[]
}

async function walked(set: string, onFile: (found: string) => Promise<void> = async () => undefined): Promise<Walked> {
  const leftOut = new LeftOutCount()
  const found: string[] = []
  for await (const file of walkFolder(set, 'set', { onLeftOut: leftOut.add, onLinked: () => undefined })) {
    found.push(file.path)
    await onFile(file.path)
  }
  return { found, leftOut: leftOut.list }
}

describe('links', () => {
  withLinks('to files and folders inside the folder are followed, under their own names', async () => {
    await withFolder(async (folder) => {
      const set = await made(
        folder,
        ['pool/1', 'pool/2'],
        [
          ['train/cat/a', '../../pool/1'],
          ['train/dog', '../pool'],
          ['twice', 'train/dog'],
        ],
      )
      expect(await walked(set)).toEqual({
        found: [
          'set/pool/1',
          'set/pool/2',
          'set/train/cat/a',
          'set/train/dog/1',
          'set/train/dog/2',
          'set/twice/1',
          'set/twice/2',
        ],
        leftOut: [],
      })
    })
  })

  withLinks('into hidden folders are followed, as git-annex keeps its files there', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['.git/annex/objects/KEY'], [['cat/1.jpg', '../.git/annex/objects/KEY']])
      expect(await walked(set)).toEqual({ found: ['set/cat/1.jpg'], leftOut: [] })
    })
  })

  withLinks('out of the folder are left out and counted, those of a folder whose name begins alike too', async () => {
    await withFolder(async (folder) => {
      const set = await made(
        folder,
        ['cat/1'],
        [
          ['cat/2', process.execPath],
          ['dog', '../set-2'],
          ['up', '..'],
          ['upper', '../../..'],
        ],
      )
      await mkdir(path.join(folder, 'set-2'))
      await writeFile(path.join(folder, 'set-2', 'x'), 'x')
      expect(await walked(set)).toEqual({
        found: ['set/cat/1'],
        leftOut: [{ why: phrase('links-leading-out', {}), count: 4, first: ['set/cat/2', 'set/dog', 'set/up'] }],
      })
    })
  })

  withLinks('in circles end: to the folder, to one around them, to themselves, and through each other', async () => {
    await withFolder(async (folder) => {
      const set = await made(
        folder,
        ['a/1', 'b/2'],
        [
          ['a/all', '..'],
          ['self', 'self'],
          ['a/to-b', '../b'],
          ['b/to-a', '../a'],
        ],
      )
      const { found, leftOut } = await walked(set)
      expect(found).toEqual(['set/a/1', 'set/a/to-b/2', 'set/b/2', 'set/b/to-a/1'])
      expect(leftOut).toMatchObject([{ why: phrase('links-in-circles', {}), count: 5 }])
    })
  })

  withLinks('to nothing are counted', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['cat/1'], [['cat/2', 'gone.jpg']])
      expect((await walked(set)).leftOut).toEqual([
        { why: phrase('links-to-nothing', {}), count: 1, first: ['set/cat/2'] },
      ])
    })
  })

  withLinks('that multiply files without end in sight are refused', async () => {
    await withFolder(async (folder) => {
      // Each folder has two links to the next one.
      const steps = Array.from({ length: 12 }, (_, step) => step)
      const set = await made(
        folder,
        steps.map((step) => `${step}/file`),
        steps.slice(1).flatMap((step) => ['x', 'y'].map((name) => [`${step - 1}/${name}`, `../${step}`] as const)),
      )
      const limits = { entries: 1000, fileBytes: 9, nestedBytes: 9, totalBytes: 9, ratio: 9, ratioFrom: 9, depth: 4 }
      const read = async (): Promise<void> => {
        const originals = openOriginals([set], { temporary: folder, limits }, new AbortController().signal)
        for await (const { path: found } of originals) expect(found).not.toBe('')
      }
      await expect(read()).rejects.toThrow('set has more than 1000 files')
    })
  })
})

test('litter of systems, storage devices and programs is passed over without a word', async () => {
  await withFolder(async (folder) => {
    const set = await made(folder, [
      'cat/1.jpg',
      '@eaDir/x/SYNOPHOTO_THUMB_M.jpg',
      'cat/@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg',
      '#recycle/cat/1.jpg',
      '#snapshot/cat/1.jpg',
      '@Recycle/1.jpg',
      '.@__thumb/1.jpg',
      'lost+found/1.jpg',
      '.thumbnails/1.jpg',
      '.ipynb_checkpoints/1-checkpoint.jpg',
      '.Trash-1000/files/1.jpg',
      '$RECYCLE.BIN/1.jpg',
      'System Volume Information/1.jpg',
      '__MACOSX/cat/._1.jpg',
      '.AppleDouble/1.jpg',
      'cat/._1.jpg',
      'cat/.DS_Store',
      'cat/Thumbs.db',
      'cat/desktop.ini',
      '.git/1.jpg',
      '.nomedia',
    ])
    expect(await walked(set)).toEqual({ found: ['set/cat/1.jpg'], leftOut: [] })
  })
})

test('names that only begin like litter are no litter', async () => {
  await withFolder(async (folder) => {
    const names = ['#recycled/1.jpg', '@eaDirs/1.jpg', 'lost and found/1.jpg', 'recycle/1.jpg', 'tmp/1.jpg']
    const { found } = await walked(await made(folder, names))
    expect(found).toEqual(names.map((name) => `set/${name}`))
  })
})

describe('what cannot be opened is named and counted, and the rest is taken', () => {
  test('a folder that goes away while the walk is on', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['a/1', 'b/2', 'c/3'])
      const { found, leftOut } = await walked(set, async (file) => {
        if (file === 'set/a/1') await rename(path.join(set, 'b'), path.join(folder, 'elsewhere'))
      })
      expect(found).toEqual(['set/a/1', 'set/c/3'])
      expect(leftOut).toEqual([{ why: phrase('folders-not-opened', { detail: 'ENOENT' }), count: 1, first: ['set/b'] }])
    })
  })

  test('a file whose name the system tells otherwise than it takes it', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['cat/1'])
      const odd = Buffer.concat([Buffer.from(`${set}/cat/`), Buffer.of(0xff, 0xfe)])
      // Some file systems allow no such names.
      const written = await writeFile(odd, 'odd').then(
        () => true,
        () => false,
      )
      const { found, leftOut } = await walked(set)
      expect(found).toEqual(['set/cat/1'])
      expect(leftOut.map(({ why }) => why)).toEqual(written ? [phrase('files-not-read', { detail: 'ENOENT' })] : [])
    })
  })

  posixOnly('Windows has no pipes in folders')('a pipe, which would wait for another program', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['cat/1'])
      execFileSync('mkfifo', [path.join(set, 'cat', 'pipe.jpg')])
      expect(await walked(set)).toEqual({
        found: ['set/cat/1'],
        leftOut: [{ why: phrase('no-files', {}), count: 1, first: ['set/cat/pipe.jpg'] }],
      })
      const pipe = openOriginals(
        [path.join(set, 'cat', 'pipe.jpg')],
        { temporary: folder },
        new AbortController().signal,
      )
      await expect(pipe[Symbol.asyncIterator]().next()).rejects.toThrow('is no file and no folder')
    })
  })

  posixOnly('Windows has no modes of files')('what this user may not read', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['cat/1', 'cat/2', 'private/3'])
      await chmod(folder, 0o755)
      await chmod(path.join(set, 'cat', '2'), 0)
      await chmod(path.join(set, 'private'), 0)
      const root = process.getuid?.() === 0
      // Root may read everything, so the test is another user for a while.
      if (root) process.seteuid?.(65_534)
      try {
        const leftOut = new LeftOutCount()
        const read: string[] = []
        const originals = openOriginals(
          [set],
          { temporary: folder, onLeftOut: leftOut.add },
          new AbortController().signal,
        )
        for await (const file of originals) {
          const bytes = await file.read().catch((thrown: unknown) => thrown)
          read.push(bytes instanceof Buffer ? bytes.toString() : String(bytes))
        }
        expect(read).toEqual(['cat/1'])
        expect(leftOut.list).toEqual([
          { why: phrase('folders-forbidden', {}), count: 1, first: ['set/private'] },
          { why: phrase('files-forbidden', {}), count: 1, first: ['set/cat/2'] },
        ])
        const closed = openOriginals([path.join(set, 'private')], { temporary: folder }, new AbortController().signal)
        await expect(closed[Symbol.asyncIterator]().next()).rejects.toThrow('private cannot be read (EACCES)')
      } finally {
        if (root) process.seteuid?.(0)
        await chmod(path.join(set, 'private'), 0o700)
      }
    })
  })

  test('a file that goes away before it is read, and one that is too large', async () => {
    await withFolder(async (folder) => {
      const set = await made(folder, ['1.jpg', '2.jpg', '3 is much longer.jpg', '4.jpg'])
      const limits = { entries: 9, fileBytes: 9, nestedBytes: 9, totalBytes: 9, ratio: 9, ratioFrom: 9, depth: 4 }
      const told: string[] = []
      for await (const file of openOriginals([set], { temporary: folder, limits }, new AbortController().signal)) {
        await rm(path.join(set, '2.jpg'), { force: true })
        told.push(await file.read().then(String, (thrown: Error) => `${thrown.name}: ${thrown.message}`))
      }
      expect(told).toEqual([
        '1.jpg',
        'SourceError: set/2.jpg cannot be read (ENOENT)',
        'SourceError: set/3 is much longer.jpg has more than 0 MB',
        '4.jpg',
      ])
    })
  })
})

test('the first bytes of a file come without the rest, once or before it', async () => {
  await withFolder(async (folder) => {
    const set = await made(folder, ['1', '2.jpg', '3.csv'])
    await writeFile(path.join(set, '2.jpg'), Buffer.alloc(2000, 7))
    for await (const file of openOriginals([set], { temporary: folder }, new AbortController().signal)) {
      const head = await file.head()
      expect(head.byteLength).toBe(Math.min(file.bytes, 512))
      if (file.path !== 'set/3.csv') expect((await file.read()).subarray(0, 512)).toEqual(head)
      expect(await file.head().catch(() => 'too late')).toEqual(file.path === 'set/3.csv' ? head : 'too late')
    }
  })
})
