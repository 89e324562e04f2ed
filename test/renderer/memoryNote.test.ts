import { expect, test } from 'vitest'
import { requestFor } from '../../core/run/presets.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { memoryNote } from '../../renderer/text/memoryNote.ts'
import { inLanguage } from './inLanguage.ts'

const { card } = cifar10
const gibibyte = 2 ** 30
const request = (batch: number) => requestFor('seed', card, { sha256: '0'.repeat(64) }, { batch })

test('the memory of a batch is said before Start', () => {
  expect(memoryNote(request(100), card, 8 * gibibyte, formatsFor('en'))).toEqual({
    text: 'about 0.8 GB of memory',
    warning: false,
  })
  expect(memoryNote(request(100), card, null, formatsFor('en')).warning).toBe(false)
})

test('it warns of what the computer has not, in either language', () => {
  const note = memoryNote(request(10_000), card, 8 * gibibyte, formatsFor('en'))
  expect(note.warning).toBe(true)
  expect(note.text).toMatch(/^about \d+(\.\d)? GB of memory, but this computer has 8 GB$/)
  const inRussian = inLanguage('ru', () => memoryNote(request(10_000), card, 8 * gibibyte, formatsFor('ru')))
  expect(inRussian.text).toMatch(/^около \d+(,\d)? ГБ памяти, а у этого компьютера 8 ГБ$/u)
})
