// @module-tag slow
import { expect, test } from 'vitest'
import { History } from '../../../main/history/history.ts'
import { temporaryHome } from '../history/temporaryHome.ts'
import { request } from '../history/testRun.ts'
import { lab } from './lab.ts'

test('a run is written for TensorBoard no further when a person says so', async () => {
  const home = temporaryHome()
  const history = History.open(home)
  const { id } = history.createRun(request, 50_000, { eventFolder: '/there' })
  history.endRun(id, 'paused', null)
  history.close()

  const ended = await lab(home, `export end ${id} --json`)
  expect(ended.values).toEqual([{ event: 'done', run: id, folder: '/there' }])
  const again = await lab(home, `export end ${id}`)
  expect(again.output).toContain(`Run ${id} is not written for TensorBoard.`)
  const unknown = await lab(home, 'export end 99')
  expect([unknown.code, unknown.error]).toEqual([1, expect.stringContaining('99')])
})
