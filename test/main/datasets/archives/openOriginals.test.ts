import { cp, link, mkdir, readFile, readdir, rename, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { usualLimits } from '../../../../main/datasets/archives/limits.ts'
import type { OriginalLimits } from '../../../../main/datasets/archives/limits.ts'
import { openOriginals } from '../../../../main/datasets/archives/openOriginals.ts'
import { withFolder } from '../tinySets.ts'
import { madeAr, madeTar, madeZip } from './madeArchives.ts'
import type { MadeEntry } from './madeArchives.ts'
import { withLinks } from '../../../platforms.ts'

const archives = path.resolve('test/data/archives')
const rars = path.resolve('test/data/rar')
const never = new AbortController().signal

/** Reads everything: paths and texts, in order. */
async function readAll(
  paths: readonly string[],
  options: { limits?: OriginalLimits; onRead?: (done: number, total: number) => void } = {},
): Promise<[string, string][]> {
  return withFolder(async (folder) => {
    const temporary = path.join(folder, 'temporary')
    const read: [string, string][] = []
    for await (const file of openOriginals(paths, { temporary, ...options }, never)) {
      const bytes = await file.read()
      expect(bytes.byteLength).toBe(file.bytes)
      read.push([file.path, bytes.byteLength > 100 ? `${bytes.byteLength} bytes` : bytes.toString()])
    }
    // What was spooled is gone.
    expect(await readdir(temporary).catch(() => [])).toEqual([])
    return read
  })
}

/** Runs with a file of this name and content. */
function withFile<Result>(
  name: string,
  bytes: string | Uint8Array,
  use: (file: string, folder: string) => Promise<Result>,
): Promise<Result> {
  return withFolder(async (folder) => {
    const file = path.join(folder, name)
    await writeFile(file, bytes)
    return use(file, folder)
  })
}

const pets: [string, string][] = [
  ['pets/cats/1.txt', 'a cat'],
  ['pets/cats/2.bin', '8893 bytes'],
  ['pets/empty', ''],
  ['pets/my dogs/a b.txt', 'a dog'],
  ['pets/рыбы/карп.txt', 'a fish'],
]

describe('archives that real tools wrote are read, with names in Cyrillic and with spaces, and without hidden files', () => {
  test.each(['gnu.tar', 'pax.tar', 'gnu.tar.gz', 'gnu.tar.bz2', 'info.zip', 'zip-inside.tar'])('%s', async (name) => {
    expect((await readAll([path.join(archives, name)])).sort()).toEqual(pets)
  })

  test('v7.tar, which says nowhere that it is one', async () => {
    expect(await readAll([path.join(archives, 'v7.tar')])).toEqual([pets[0], pets[1], pets[3]])
  })

  test('a zip that holds a tar.gz and a tar, as the one of Caltech-101 does', async () => {
    expect((await readAll([path.join(archives, 'caltech-like.zip')])).sort()).toEqual([
      ['cats/1.txt', 'a cat'],
      ['cats/2.bin', '8893 bytes'],
      ...pets,
    ])
  })

  test('a zip that Windows wrote in Russian', async () => {
    expect(await readAll([path.join(archives, 'windows.zip')])).toEqual([
      ['кошки/1.txt', 'кошки/1.txt'],
      ['собаки и щенки/2.txt', 'собаки и щенки/2.txt'],
    ])
  })

  test('two bzip2 streams one after another, of several blocks', async () => {
    const numbers = Array.from({ length: 25_000 }, (_, index) => `${index + 1}\n`).join('')
    for await (const file of openOriginals([path.join(archives, 'numbers.bz2')], { temporary: '/nowhere' }, never)) {
      expect(file.path).toBe('numbers')
      expect((await file.read()).toString() === numbers + numbers).toBe(true)
    }
  })

  test.each(['rar3-subdirs.rar', 'rar5-subdirs.rar'])('%s', async (name) => {
    expect(await readAll([path.join(rars, name)])).toEqual([
      ['sub/dir2/file2.txt', 'file2\n'],
      ['sub/with space/long fn.txt', 'long fn\n'],
      // The archive has the letters and their accents apart.
      ['sub/üȵĩöḋè/file.txt', 'file\n'],
      ['sub/dir1/file1.txt', 'file1\n'],
    ])
  })

  test.each(['rar3-solid.rar', 'rar5-solid.rar', 'seektest.rar'])('%s', async (name) => {
    expect(await readAll([path.join(rars, name)])).toEqual([
      ['stest1.txt', '2048 bytes'],
      ['stest2.txt', '2048 bytes'],
    ])
  })

  test('a rar in a rar-bearing folder, two of them read by turns', async () => {
    const walks = ['rar3-subdirs.rar', 'rar5-subdirs.rar'].map((name) =>
      openOriginals([path.join(rars, name)], { temporary: '/nowhere' }, never)[Symbol.asyncIterator](),
    )
    for (const expected of ['file2\n', 'long fn\n', 'file\n', 'file1\n']) {
      for (const walk of walks) {
        const next = await walk.next()
        expect(String(await next.value?.read())).toBe(expected)
      }
    }
  })
})

describe('a Debian package', () => {
  test.each(['xz.deb', 'zstd.deb', 'gzip.deb', 'none.deb'])('is read: %s', async (name) => {
    expect((await readAll([path.join(archives, name)])).sort()).toEqual(pets)
  })

  test('in a package is read too, although the outer one is not read to its end', async () => {
    expect((await readAll([path.join(archives, 'deb-inside.deb')])).sort()).toEqual(pets)
  })

  test('that is cut off, or holds no files, is refused', async () => {
    for (const name of ['xz.deb', 'zstd.deb', 'gzip.deb', 'none.deb']) {
      const whole = await readFile(path.join(archives, name))
      await withFile(name, whole.subarray(0, whole.byteLength - 100), async (file) => {
        await expect(readAll([file])).rejects.toThrow(`the archive is broken or not whole (${name}: `)
      })
    }
    const empty = madeAr([['debian-binary', Buffer.from('2.0\n')]])
    await withFile('empty.deb', empty, async (file) => {
      await expect(readAll([file])).rejects.toThrow('it has no data.tar')
    })
  })

  test('whose packed files are damaged or end too early is refused', async () => {
    for (const name of ['xz.deb', 'zstd.deb', 'gzip.deb']) {
      const whole = await readFile(path.join(archives, name))
      const data = whole.subarray(whole.lastIndexOf('`\n') + 2)
      const ending = /data\.tar(\.\w+)/.exec(whole.toString('latin1'))?.[1] ?? ''
      const damaged = Buffer.from(data)
      damaged[damaged.byteLength >> 1] ^= 0xff
      for (const bad of [data.subarray(0, data.byteLength >> 1), damaged]) {
        const made = madeAr([
          ['debian-binary', Buffer.from('2.0\n')],
          [`data.tar${ending}`, bad],
        ])
        await withFile('bad.deb', made, async (file) => {
          await expect(readAll([file])).rejects.toThrow('the archive is broken or not whole (')
        })
      }
    }
  })
})

describe('a folder', () => {
  withLinks(
    'is walked in the order of names, archives in it are read, and links out of it are not followed',
    async () => {
      await withFolder(async (folder) => {
        const home = path.join(folder, 'мой набор')
        await mkdir(path.join(home, 'b'), { recursive: true })
        await mkdir(path.join(home, '__MACOSX'))
        await writeFile(path.join(home, 'b', '2.txt'), 'two')
        await writeFile(path.join(home, 'b', '1.txt'), 'one')
        await writeFile(path.join(home, 'b', 'Thumbs.db'), 'litter')
        await writeFile(path.join(home, '__MACOSX', 'x.txt'), 'litter')
        await writeFile(path.join(folder, 'secret.txt'), 'outside')
        await symlink(path.join(folder, 'secret.txt'), path.join(home, 'b', '0.txt'))
        await symlink(folder, path.join(home, 'a'))
        await cp(path.join(archives, 'gnu.tar.gz'), path.join(home, 'b', 'z.tgz'))
        expect(await readAll([home])).toEqual([
          ['мой набор/b/1.txt', 'one'],
          ['мой набор/b/2.txt', 'two'],
          ...pets.map(([name, text]) => [`мой набор/b/${name}`, text]),
        ])
        // The folder itself may be a link.
        await symlink(home, path.join(folder, 'link'))
        expect((await readAll([path.join(folder, 'link')])).map(([name]) => name)[0]).toBe('link/b/1.txt')
      })
    },
  )

  test('with an archive and beside it what was unpacked from it gives each file once', async () => {
    await withFolder(async (folder) => {
      await mkdir(path.join(folder, 'in', 'pets', 'cats'), { recursive: true })
      await writeFile(path.join(folder, 'in', 'pets', 'cats', '1.txt'), 'a cat')
      await cp(path.join(archives, 'info.zip'), path.join(folder, 'in', 'pets.zip'))
      const names = (await readAll([path.join(folder, 'in')])).map(([name]) => name)
      expect(names.sort()).toEqual(pets.map(([name]) => `in/${name}`))
    })
  })

  test('names that are composed of a letter and its accent become one letter', async () => {
    await withFolder(async (folder) => {
      const apart = 'ё'.normalize('NFD')
      expect(apart).not.toBe('ё')
      await writeFile(path.join(folder, `${apart}.txt`), '')
      expect((await readAll([folder]))[0][0]).toBe(`${path.basename(folder)}/ё.txt`)
    })
  })

  test('that is not there is said so', async () => {
    await expect(readAll(['/no/such/folder'])).rejects.toThrow('/no/such/folder cannot be read (ENOENT)')
  })
})

describe('what a file is, its content says', () => {
  test('archives under other names are read as what they are', async () => {
    await withFolder(async (folder) => {
      await cp(path.join(archives, 'gnu.tar.bz2'), path.join(folder, 'pets.zip'))
      expect(await readAll([path.join(folder, 'pets.zip')])).toEqual(pets)
      await cp(path.join(archives, 'info.zip'), path.join(folder, 'pets'))
      expect((await readAll([path.join(folder, 'pets')])).sort()).toEqual(pets)
    })
  })

  test('a browser that unpacked on the way and kept the name is forgiven', async () => {
    await withFile('train-labels-idx1-ubyte.gz', Buffer.of(0, 0, 8, 1, 0, 0, 0, 1, 5), async (file) => {
      expect((await readAll([file])).map(([name]) => name)).toEqual(['train-labels-idx1-ubyte'])
    })
    await withFile('pets.tar.gz', await readFile(path.join(archives, 'gnu.tar')), async (file) =>
      expect(await readAll([file])).toEqual(pets),
    )
  })

  test.each(['cifar.tar.gz', 'caltech-101.zip', 'labels.gz'])(
    'a web page in the place of %s gets its own sentence',
    async (name) => {
      await withFile(name, '\ufeff\n<!-- hotel -->\n<!DOCTYPE html><title>Log in</title>', async (file) => {
        await expect(readAll([file])).rejects.toThrow(`${name} is a web page and not the archive`)
      })
    },
  )

  test('something else in the place of an archive is refused, and so are kinds that are not read here', async () => {
    await withFile(
      'set.zip',
      'once upon a time',
      async (file) =>
        await expect(readAll([file])).rejects.toThrow('set.zip is called an archive but is none that is read here'),
    )
    await withFile(
      'set.7z',
      Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'),
      async (file) => await expect(readAll([file])).rejects.toThrow('unpack it first and name the folder'),
    )
  })
})

describe('hostile archives are refused', () => {
  const climbing = [
    '../evil.txt',
    'a/../../evil.txt',
    '/etc/passwd',
    'C:\\evil.txt',
    '..\\evil.txt',
    '\\\\server\\share',
  ]
  test.each(climbing.flatMap((name) => [['tar', name] as const, ['zip', name] as const]))(
    'a %s with the name %s',
    async (kind, name) => {
      const entries = [{ name, bytes: Buffer.from('evil') }]
      await withFile(`set.${kind}`, kind === 'tar' ? madeTar(entries) : madeZip(entries), async (file) => {
        await expect(readAll([file])).rejects.toThrow(
          expect.objectContaining({ name: 'SourceError', message: expect.stringContaining('which leads out of it') }),
        )
      })
    },
  )

  const unfit: [string, MadeEntry[]][] = [
    ['a link', [{ name: 'x', type: 'SymbolicLink', linkpath: '/etc/passwd' }]],
    ['a link', [{ name: 'x', type: 'Link', linkpath: 'y' }]],
    ['something that is no file', [{ name: 'x', type: 'CharacterDevice' }]],
    ['something that is no file', [{ name: 'x', type: 'FIFO' }]],
  ]
  test.each(unfit)('a tar with %s', async (what, entries) => {
    await withFile(
      'set.tar',
      madeTar(entries),
      async (file) => await expect(readAll([file])).rejects.toThrow(`set.tar holds ${what} (x) and was refused`),
    )
  })

  test.each([
    ['a link', 0o120777],
    ['something that is no file', 0o020644],
  ])('a zip with %s', async (what, mode) => {
    await withFile(
      'set.zip',
      madeZip([{ name: 'x', bytes: Buffer.from('/etc/passwd'), mode }]),
      async (file) => await expect(readAll([file])).rejects.toThrow(`set.zip holds ${what} (x) and was refused`),
    )
  })

  test.each(['rar3-symlink-unix.rar', 'rar5-evil-symlink-traversal.rar', 'rar5-hlink.rar'])(
    '%s, which holds a link',
    async (name) => {
      await expect(readAll([path.join(rars, name)])).rejects.toThrow(`${name} holds a link`)
    },
  )

  test.each(['rar5-psw.rar', 'rar5-hpsw.rar'])('%s, which has a password', async (name) => {
    await expect(readAll([path.join(rars, name)])).rejects.toThrow(`${name} is locked with a password`)
  })

  test('a zip with a password, and one packed in a foreign way', async () => {
    await withFile(
      'set.zip',
      madeZip([{ name: 'x', bytes: Buffer.from('secret'), flags: 1 }]),
      async (file) => await expect(readAll([file])).rejects.toThrow('set.zip is locked with a password'),
    )
    await withFile(
      'set.zip',
      madeZip([{ name: 'x', bytes: Buffer.from('lzma'), method: 14 }]),
      async (file) =>
        await expect(readAll([file])).rejects.toThrow('packed in a way that is not read here (method 14)'),
    )
  })

  const zeros = Buffer.alloc(20 << 20)
  test('a file that is packed to a thousandth: in zip, gzip, tar.gz', async () => {
    await withFile(
      'set.zip',
      madeZip([{ name: 'x', bytes: zeros }]),
      async (file) =>
        await expect(readAll([file])).rejects.toThrow('x in set.zip unpacks to more than 100 times its size'),
    )
    await withFile(
      'set.gz',
      gzipSync(zeros),
      async (file) => await expect(readAll([file])).rejects.toThrow('set.gz unpacks to more than 100 times its size'),
    )
    await withFile(
      'set.tar.gz',
      gzipSync(madeTar([{ name: 'x', bytes: zeros }])),
      async (file) =>
        await expect(readAll([file])).rejects.toThrow('set.tar.gz unpacks to more than 100 times its size'),
    )
  })

  test('a zip that states fewer bytes than it unpacks to, or more', async () => {
    for (const statedBytes of [10, 5000]) {
      const bytes = madeZip([{ name: 'x', bytes: Buffer.alloc(1000, 'x'), statedBytes }])
      await withFile(
        'set.zip',
        bytes,
        async (file) => await expect(readAll([file])).rejects.toThrow('the archive is broken or not whole'),
      )
    }
  })

  test('archives in archives without end', async () => {
    let bytes = madeZip([{ name: 'x.txt', bytes: Buffer.from('x') }])
    for (let level = 0; level < 3; level++) bytes = madeZip([{ name: `level ${level}`, bytes }])
    await withFile('set.zip', bytes, async (file) => expect(await readAll([file])).toEqual([['x.txt', 'x']]))
    bytes = madeZip([{ name: 'level 3', bytes }])
    await withFile(
      'set.zip',
      bytes,
      async (file) =>
        await expect(readAll([file])).rejects.toThrow('is an archive in an archive, 4 times over, and was refused'),
    )
  })

  test('too many files, a file too large, and too much in all', async () => {
    const entries = ['a', 'b', 'c'].map((name) => ({ name, bytes: Buffer.from(name.repeat(10)) }))
    const refused = async (limits: Partial<OriginalLimits>, sentence: string): Promise<void> => {
      for (const [name, bytes] of [
        ['set.zip', madeZip(entries)],
        ['set.tar.gz', gzipSync(madeTar(entries))],
      ] as const) {
        await withFile(
          name,
          bytes,
          async (file) =>
            await expect(readAll([file], { limits: { ...usualLimits, ...limits } })).rejects.toThrow(sentence),
        )
      }
    }
    await refused({ entries: 2 }, 'has more than 2 files')
    await refused({ fileBytes: 9 }, 'more than any file of a data set')
    await refused({ totalBytes: 29 }, 'unpacks to more than')
    await expect(
      readAll([path.join(rars, 'seektest.rar')], { limits: { ...usualLimits, fileBytes: 2047 } }),
    ).rejects.toThrow('stest1.txt in seektest.rar has more than')
  })
})

describe('an archive that is broken', () => {
  test.each(['gnu.tar', 'gnu.tar.gz', 'gnu.tar.bz2', 'info.zip', 'caltech-like.zip', 'zip-inside.tar'])(
    '%s, cut in the middle, is refused',
    async (name) => {
      const bytes = await readFile(path.join(archives, name))
      for (const share of [0.3, 0.5, 0.9]) {
        const cut = bytes.subarray(0, Math.floor(bytes.byteLength * share))
        // The end of a tar is zeros, of which some may be missing.
        if (name.endsWith('.tar') && share === 0.9) continue
        await withFile(
          name,
          cut,
          async (file) =>
            await expect(readAll([file])).rejects.toThrow(expect.objectContaining({ name: 'SourceError' })),
        )
      }
    },
  )

  test.each([
    ['gnu.tar.gz', 2000],
    ['gnu.tar.bz2', 1300],
    ['info.zip', 2000],
  ])('%s, with one bit turned, is refused', async (name, position) => {
    const bytes = await readFile(path.join(archives, name))
    bytes[position] ^= 4
    await withFile(
      name,
      bytes,
      async (file) => await expect(readAll([file])).rejects.toThrow(expect.objectContaining({ name: 'SourceError' })),
    )
  })

  test('a zip whose checksum is wrong, and a rar', async () => {
    await withFile(
      'set.zip',
      madeZip([{ name: 'x', bytes: Buffer.from('x'), statedCrc: 1 }]),
      async (file) => await expect(readAll([file])).rejects.toThrow('the checksum of x is wrong'),
    )
    const bytes = await readFile(path.join(rars, 'seektest.rar'))
    bytes[bytes.byteLength - 100] ^= 1
    await withFile(
      'set.rar',
      bytes,
      async (file) =>
        await expect(readAll([file])).rejects.toThrow(
          'the archive is broken or not whole (set.rar: Archive header or data are damaged)',
        ),
    )
  })
})

describe('the walk', () => {
  test('needs no file read: the next is told all the same', async () => {
    for (const name of ['gnu.tar.bz2', 'info.zip', 'caltech-like.zip', 'zip-inside.tar']) {
      const names: string[] = []
      await withFolder(async (temporary) => {
        for await (const file of openOriginals([path.join(archives, name)], { temporary }, never)) names.push(file.path)
      })
      expect(names).toContain('pets/рыбы/карп.txt')
    }
  })

  test('may be left at any file, and begun again; nothing stays behind', async () => {
    for (const name of ['gnu.tar.bz2', 'info.zip', 'caltech-like.zip', 'zip-inside.tar']) {
      await withFolder(async (temporary) => {
        const originals = openOriginals([path.join(archives, name)], { temporary }, never)
        for (let walk = 0; walk < 2; walk++) {
          for await (const file of originals) {
            await file.read()
            break
          }
          expect(await readdir(temporary)).toEqual([])
        }
      })
    }
    // Windows would not let a file be renamed that is still open.
    await withFile('set.zip', await readFile(path.join(archives, 'info.zip')), async (file, folder) => {
      for await (const found of openOriginals([file], { temporary: folder }, never)) if (found.path !== '') break
      await rename(file, `${file}.gone`)
    })
  })

  test('tells how far it is, an archive in an archive included, and ends at the whole', async () => {
    await withFolder(async (folder) => {
      await link(path.join(archives, 'caltech-like.zip'), path.join(folder, 'a.zip')).catch(() =>
        cp(path.join(archives, 'caltech-like.zip'), path.join(folder, 'a.zip')),
      )
      await cp(path.join(archives, 'gnu.tar.gz'), path.join(folder, 'b.tar.gz'))
      const told: number[] = []
      let total = 0
      await readAll([folder], {
        onRead: (done, of) => {
          told.push(done)
          total = of
        },
      })
      expect(total).toBe(8493 + 4730)
      expect(told).toEqual([...told].sort((a, b) => a - b))
      expect(told[0]).toBeLessThan(8493)
      expect(told.at(-1)).toBe(total)
    })
  })

  test('ends with the reason when it is cancelled', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const walk = async (): Promise<void> => {
      for await (const file of openOriginals(
        [path.join(archives, 'gnu.tar.gz')],
        { temporary: '/nowhere' },
        controller.signal,
      )) {
        await file.read()
        controller.abort(reason)
      }
    }
    await expect(walk()).rejects.toBe(reason)
  })

  test('gives a file once and in its turn', async () => {
    const walk = openOriginals([path.join(archives, 'gnu.tar')], { temporary: '/nowhere' }, never)[
      Symbol.asyncIterator
    ]()
    const first = await walk.next()
    const second = await walk.next()
    await expect(first.value?.read()).rejects.toThrow()
    await second.value?.read()
    await expect(second.value?.read()).rejects.toThrow()
  })
})
