import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { create } from 'tar'
import { expect, test } from 'vitest'
import { caltech101 } from '../../../../main/datasets/sets/caltech101.ts'
import { caltech256 } from '../../../../main/datasets/sets/caltech256.ts'
import { cityscapes } from '../../../../main/datasets/sets/cityscapes.ts'
import { core50 } from '../../../../main/datasets/sets/core50.ts'
import type { DatasetDefinition } from '../../../../main/datasets/definition.ts'
import { hasyv2 } from '../../../../main/datasets/sets/hasyv2.ts'
import { linnaeus5 } from '../../../../main/datasets/sets/linnaeus5.ts'
import { openOriginals } from '../../../../main/datasets/archives/openOriginals.ts'
import { ownImages } from '../../../../main/datasets/sets/ownImages.ts'
import type { SetDescription } from '../../../../main/datasets/describe/pictureReader.ts'
import { posixOnly } from '../../../platforms.ts'
import { describeFiles, genuineFolder } from './genuine.ts'
import { filesBelow, makeCaltech256, makeCityscapes, makeHasy, makeLinnaeus, makeOwn, zipOf } from './madePieces.ts'
import { madeRar } from '../archives/madeRar.ts'
import { withFolder } from '../tinySets.ts'

const run = promisify(execFile)

/** What a set's reader says of everything at a place, folders and archives alike. */
async function describeAt(definition: DatasetDefinition, place: string, temporary: string): Promise<SetDescription> {
  const files: [string, () => Buffer][] = []
  for await (const file of openOriginals([place], { temporary }, new AbortController().signal)) {
    const bytes = definition.pictures?.sort(file.path) === 'table' ? await file.read() : Buffer.alloc(0)
    files.push([file.path, () => bytes])
  }
  return describeFiles(definition.pictures, files)
}

/** What of a description does not depend on where the files lay. */
function essence({ edition, images, missing }: SetDescription): unknown {
  return {
    edition,
    missing,
    images: images.map(({ picture, ...image }) => ({ ...image, picture: path.posix.basename(picture) })),
  }
}

test('Caltech-101: the zip with a tar.gz and a tar inside, as its publisher packs it, and every way to have it unpacked', async () => {
  await withFolder(async (folder) => {
    const [whole, temporary] = [path.join(folder, 'caltech-101'), path.join(folder, 'temporary')]
    await cp(path.join(genuineFolder, 'caltech-101'), whole, { recursive: true })
    await writeFile(path.join(whole, 'show_annotation.m'), '% nothing')
    await writeFile(path.join(whole, '101_ObjectCategories/BACKGROUND_Google/tmp'), 'stray')
    const expected = await describeAt(caltech101, whole, temporary)
    expect(expected.images).toHaveLength(14)

    await mkdir(path.join(folder, 'around'))
    await rename(whole, path.join(folder, 'around/mine'))
    expect(essence(await describeAt(caltech101, path.join(folder, 'around'), temporary))).toEqual(essence(expected))
    // The pictures alone have no boxes.
    const pictures = await describeAt(caltech101, path.join(folder, 'around/mine/101_ObjectCategories'), temporary)
    expect(pictures.images.map(({ label, box }) => [label, box])).toEqual(
      expected.images.map(({ label }) => [label, null]),
    )
    expect(pictures.missing[0]).toBe('Annotations')

    const packed = path.join(folder, 'packed/caltech-101')
    await mkdir(packed, { recursive: true })
    const cwd = path.join(folder, 'around/mine')
    await create({ cwd, file: path.join(packed, '101_ObjectCategories.tar.gz'), gzip: true }, ['101_ObjectCategories'])
    await create({ cwd, file: path.join(packed, 'Annotations.tar') }, ['Annotations'])
    await writeFile(path.join(packed, 'show_annotation.m'), '% nothing')
    expect(essence(await describeAt(caltech101, packed, temporary))).toEqual(essence(expected))
    const zip = path.join(folder, 'caltech-101.zip')
    await writeFile(zip, await zipOf(path.join(folder, 'packed')))
    expect(essence(await describeAt(caltech101, zip, temporary))).toEqual(essence(expected))
  })
})

test('Caltech-256: the tar with its strays', async () => {
  await withFolder(async (folder) => {
    await makeCaltech256(folder)
    const tar = path.join(folder, '256_ObjectCategories.tar')
    await create({ cwd: folder, file: tar }, ['256_ObjectCategories'])
    const packed = await describeAt(caltech256, tar, path.join(folder, 'temporary'))
    expect(packed.images.map(({ label }) => caltech256.card.classes[label])).toEqual(
      ['ak47', 'dog', 'spider', 'clutter'].flatMap((name) => Array<string>(8).fill(name)),
    )
    expect(packed.missing[0]).toBe('256_ObjectCategories 32/30607')
    expect(
      essence(await describeAt(caltech256, path.join(folder, '256_ObjectCategories'), path.join(folder, 'temporary'))),
    ).toEqual(essence(packed))
  })
})

test('Linnaeus 5: the rar, with the names that Windows gives', async () => {
  await withFolder(async (folder) => {
    await makeLinnaeus(path.join(folder, 'made'))
    const rar = path.join(folder, 'Linnaeus 5 64X64.rar')
    await writeFile(rar, madeRar(await filesBelow(path.join(folder, 'made'))))
    const { edition, images, missing } = await describeAt(linnaeus5, rar, path.join(folder, 'temporary'))
    expect(edition).toBe('64x64')
    expect([
      images.filter(({ split }) => split === 'train').length,
      images.filter(({ split }) => split === 'test').length,
    ]).toEqual([30, 10])
    expect(missing[0]).toBe('train/berry 6/1200')
  })
})

test('CORe50: the zip, and one session of it unpacked', async () => {
  await withFolder(async (folder) => {
    const zip = path.join(folder, 'core50_128x128.zip')
    await writeFile(zip, await zipOf(path.join(genuineFolder, 'core50')))
    const temporary = path.join(folder, 'temporary')
    expect(essence(await describeAt(core50, zip, temporary))).toEqual(
      essence(await describeAt(core50, path.join(genuineFolder, 'core50'), temporary)),
    )
    expect(
      (await describeAt(core50, path.join(genuineFolder, 'core50/core50_128x128/s7'), temporary)).images.map(
        ({ group }) => group,
      ),
    ).toEqual([7, 7])
  })
})

test('Cityscapes: the two zips side by side, one of which alone is refused with what lacks', async () => {
  await withFolder(async (folder) => {
    const temporary = path.join(folder, 'temporary')
    await makeCityscapes(path.join(folder, 'made'))
    const expected = await describeAt(cityscapes, path.join(folder, 'made'), temporary)
    // Of four scenes (that of the test part has none) two cars and two people each.
    expect(expected.images.map(({ label }) => cityscapes.card.classes[label])).toEqual(
      Array<string[]>(4).fill(['car', 'car', 'person', 'person']).flat(),
    )
    const zips = path.join(folder, 'zips')
    for (const name of ['leftImg8bit', 'gtFine']) {
      const only = path.join(folder, `only-${name}`)
      await mkdir(only, { recursive: true })
      await mkdir(zips, { recursive: true })
      await rename(path.join(folder, 'made', name), path.join(only, name))
      await writeFile(path.join(zips, `${name}_trainvaltest.zip`), await zipOf(only))
    }
    expect(essence(await describeAt(cityscapes, zips, temporary))).toEqual(essence(expected))
    await expect(describeAt(cityscapes, path.join(zips, 'leftImg8bit_trainvaltest.zip'), temporary)).rejects.toThrow(
      'gtFine_trainvaltest.zip',
    )
    await expect(describeAt(cityscapes, path.join(zips, 'gtFine_trainvaltest.zip'), temporary)).rejects.toThrow(
      'no street scenes',
    )
  })
})

posixOnly('Windows has no bzip2')('HASYv2: the tar packed by bzip2, without a folder around its files', async () => {
  await withFolder(async (folder) => {
    const made = path.join(folder, 'made')
    await makeHasy(made)
    const tar = path.join(folder, 'HASYv2.tar')
    await create({ cwd: made, file: tar }, await readdir(made))
    await run('bzip2', [tar])
    const { images, missing } = await describeAt(hasyv2, `${tar}.bz2`, path.join(folder, 'temporary'))
    expect(images.map(({ label, group }) => `${hasyv2.card.classes[label]} ${group}`)).toEqual([
      ...[
        'O 2',
        '\\Omega 1',
        '\\Omega 1',
        '\\Omega 2',
        '\\Omega 2',
        '\\Omega 2',
        '\\Omega 2',
        '\\sigma 2',
        '\\mathds{Q} 2',
        '\\mathds{N} 1',
      ],
    ])
    expect(missing[0]).toBe('hasy-data 10/168233')
  })
})

test.each([true, false])('one’s own images: a folder and a zip of it (train and test inside: %s)', async (divided) => {
  await withFolder(async (folder) => {
    const mine = path.join(folder, 'мои снимки')
    await makeOwn(mine, divided)
    const temporary = path.join(folder, 'temporary')
    const expected = await describeAt(ownImages, mine, temporary)
    expect(expected.classes).toEqual(['my birds', 'кошки', 'собаки'])
    expect(expected.images.filter(({ split }) => split === 'test')).toHaveLength(divided ? 6 : 0)
    await writeFile(path.join(folder, 'mine.zip'), await zipOf(mine))
    expect(essence(await describeAt(ownImages, path.join(folder, 'mine.zip'), temporary))).toEqual(essence(expected))
  })
})
