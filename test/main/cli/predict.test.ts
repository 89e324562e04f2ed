// @module-tag slow
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Home } from '../../../main/files/places.ts'
import { openLab } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { lab } from './lab.ts'

const Told = z.object({
  run: z.literal(1),
  checkpoint: z.literal(0),
  image: z.string(),
  true: z.string().nullable(),
  predicted: z.string(),
  probabilities: z.record(z.string(), z.number()),
  logits: z.array(z.number()),
  entropy: z.number(),
})

/** A home folder with an untrained run, whose lab is closed. */
async function homeWithRun(): Promise<Home> {
  const home = await smallHome()
  const { lab: opened } = await openLab(home)
  await storedRun(opened, { card: smallCard })
  await opened.close()
  return home
}

/** A picture of one colour in the extents of the set's images. */
function plain(red: number): Sharp {
  return sharp({ create: { width: 32, height: 32, channels: 3, background: { r: red, g: 90, b: 40 } } })
}

describe('predict', () => {
  test('tells logits, probabilities by class and the true class of an image of the run’s lists', async () => {
    const home = await homeWithRun()
    const finished = await lab(home, 'predict 1 --image test:12 --json')
    expect(finished).toMatchObject({ code: 0, error: '' })
    const told = Told.parse(finished.values.at(-1))
    expect(told).toMatchObject({ image: 'test:12', true: smallCard.classes[2] })
    expect(Object.keys(told.probabilities)).toEqual(smallCard.classes)
    const [best] = Object.entries(told.probabilities).sort(([, one], [, other]) => other - one)
    expect(told.predicted).toBe(best[0])
    expect(Math.max(...told.logits)).toBe(told.logits[smallCard.classes.indexOf(told.predicted)])

    const { output } = await lab(home, 'predict 1 --image test:12 --checkpoint 0')
    expect(output).toMatch(/^Run 1 at step 0, test:12: [a-z]+, \d+\.\d %\. True: bird\.\n\nCLASS +PROBABILITY +LOGIT\n/)
    expect(output).toContain(`${told.predicted} `)
  })

  test('answers for a picture, the same through an open window as alone', async () => {
    const home = await homeWithRun()
    const photo = path.join(home.folder, 'photo.jpg')
    await writeFile(photo, await plain(200).resize(900, 700).jpeg().toBuffer())
    const alone = await lab(home, `predict 1 ${photo} --json`)
    const told = Told.parse(alone.values.at(-1))
    expect(told).toMatchObject({ image: photo, true: null })
    // Larger than one part of an upload.
    const large = path.join(home.folder, 'large.png')
    await writeFile(large, await plain(200).resize(900, 700).png({ compressionLevel: 0 }).toBuffer())

    await openLab(home, 'browser')
    expect(Told.parse((await lab(home, `predict 1 ${photo} --json`)).values.at(-1))).toEqual(told)
    expect(Told.parse((await lab(home, `predict 1 ${large} --json`)).values.at(-1))).toMatchObject({ image: large })
  })

  test('answers for a folder, a line a picture in the order of paths, past what cannot be read', async () => {
    const home = await homeWithRun()
    const folder = path.join(home.folder, 'photos')
    await mkdir(path.join(folder, 'inner'), { recursive: true })
    const whole = await plain(10).jpeg().toBuffer()
    const files: Record<string, Buffer> = {
      'b.png': await plain(220).png().toBuffer(),
      'a.jpg': whole,
      'broken.jpeg': whole.subarray(0, whole.byteLength / 2),
      'inner/c.PNG': await plain(120).png().toBuffer(),
      'text.jpg': Buffer.from('no picture'),
      'notes.txt': Buffer.from('passed over'),
      '.hidden.png': Buffer.from('passed over'),
    }
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes)

    const { code, error, values } = await lab(home, `predict 1 ${folder} --json`)
    expect(code).toBe(1)
    expect(error).toBe('No answer for 2 of 5 pictures; each is named with the reason. The others were answered.\n')
    expect(values.slice(0, -1).map(({ image }) => image)).toEqual([
      'a.jpg',
      'b.png',
      'broken.jpeg',
      'inner/c.PNG',
      'text.jpg',
    ])
    for (const answered of [0, 1, 3]) expect(Told.parse(values[answered])).toMatchObject({ true: null })
    expect(values[2]).toMatchObject({ event: 'refused', problem: { code: 'picture-refused' } })
    expect(values[4]).toMatchObject({
      event: 'refused',
      sentence: 'The picture cannot be read: no JPEG or PNG. Give a JPEG or PNG file.',
    })
    const { predicted, ...rest } = z
      .object({ predicted: z.record(z.string(), z.number()) })
      .loose()
      .parse(values[5])
    expect(rest).toEqual({ event: 'done', run: 1, checkpoint: 0, images: 3, refused: 2 })
    expect(Object.values(predicted).reduce((sum, count) => sum + count, 0)).toBe(3)

    // Each is answered as it is alone.
    const alone = Told.parse((await lab(home, `predict 1 ${path.join(folder, 'b.png')} --json`)).values.at(-1))
    expect(Told.parse(values[1])).toEqual({ ...alone, image: 'b.png' })

    const inWords = await lab(home, `predict 1 ${path.join(folder, 'inner')}`)
    expect(inWords).toMatchObject({ code: 0, error: '' })
    expect(inWords.output).toMatch(/^c\.PNG: [a-z]+, \d+\.\d %\nRun 1 at step 0: 1 picture, 1 [a-z]+\.\n$/)
  })

  test('refuses in a sentence', async () => {
    const home = await homeWithRun()
    const refused = async (words: string): Promise<string> => {
      const { code, error } = await lab(home, `predict ${words}`)
      expect(code).toBe(1)
      return error
    }
    const empty = path.join(home.folder, 'empty')
    await mkdir(empty)
    expect(await refused(`1 ${empty}`)).toBe(`There is no picture in ${empty}. Name a folder with JPEG or PNG files.\n`)
    const photo = path.join(empty, 'photo.jpg')
    expect(await refused(`1 ${photo}`)).toBe(
      `The file ${photo} cannot be read (ENOENT). Check its name, and whether you may open it.\n`,
    )
    expect(await refused('1 --image test:100')).toBe('There is no image test:100. The last one is test:99.\n')
    expect(await refused('1 --image test:5 --checkpoint 7')).toContain('Run 1 has no checkpoint at step 7.')
    expect(await refused('1 --image test:5 --checkpoint best')).toContain('best')
    expect(await refused('2 --image test:5')).toContain('no run 2')
  })
})
