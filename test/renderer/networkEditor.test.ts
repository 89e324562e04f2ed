import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { networkText } from '../../core/network/networkFile.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { headName, NetworkEditor } from '../../renderer/state/networkEditor.svelte.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleEntry, sampleRun, sampleView } from './sampleRuns.ts'

let kept: string | null = null
let refuses = false
const end = new LabEnd({
  networks: {
    get: calls.networks.get.handler(({ input }) => ({
      name: input.name,
      note: '',
      version: input.version ?? 3,
      network: { layers: [{ kind: 'flatten', name: 'flat' }], head: { kind: 'softmax', labelSmoothing: 0 } },
      savedAt: '2026-11-24T00:00:00.000Z',
    })),
    draft: {
      read: calls.networks.draft.read.handler(() => ({ text: kept })),
      write: calls.networks.draft.write.handler(({ input }) => {
        if (refuses) throw refusal
        kept = input.text
      }),
    },
  },
})
let lab: LabConnection

beforeEach(async () => {
  // What the test before still writes.
  await settled()
  kept = null
  refuses = false
  end.view = sampleView([])
  lab = await connected(end)
})
afterAll(() => end.end())

async function opened(): Promise<NetworkEditor> {
  const editor = new NetworkEditor(lab, new NextRun(lab))
  await editor.open()
  return editor
}

const namesOf = (editor: NetworkEditor): string[] => editor.layers.map(({ name }) => name)

describe('the network editor', () => {
  it('begins with the preset of the next run, for its data', async () => {
    const editor = await opened()
    expect(editor.beginning).toEqual({ kind: 'preset', preset: 'seed' })
    expect(editor.check.faults).toEqual([])
    expect(editor.check.model?.input).toEqual(editor.place.input)
    expect(editor.isEdited).toBe(false)
  })

  it('follows the data with a preset that nobody has edited, and with no other', async () => {
    const grey = { ...sampleEntry, id: 'grey', image: { ...sampleEntry.image, channels: 1 as const } }
    end.view = { ...end.view, datasets: [sampleEntry, grey] }
    lab = await connected(end)
    const next = new NextRun(lab)
    next.chooseDataset('shapes')
    const editor = new NetworkEditor(lab, next)
    await editor.open()
    editor.beginWithPreset('deep')
    const filters = (): unknown => editor.layers[0].kind === 'conv' && editor.layers[0].filters
    expect(filters()).toBe(24)
    next.chooseDataset('grey')
    editor.followData()
    // Eight whitening filters for each channel of the image.
    expect(filters()).toBe(8)
    expect([editor.isEdited, editor.check.faults]).toEqual([false, []])
    editor.remove('conv_7')
    next.chooseDataset('shapes')
    editor.followData()
    expect(filters()).toBe(8)
  })

  it('opens the network of the next run, as a step that can be undone', async () => {
    const editor = await opened()
    editor.remove('conv_2')
    const { network: mine } = editor
    await editor.beginWithChosen({ origin: { name: 'Mine', version: null }, network: mine })
    // It is edited already.
    expect(editor.beginning).toEqual({ kind: 'preset', preset: 'seed' })
    const network = { ...mine, layers: [{ kind: 'flatten', name: 'flat' } as const] }
    await editor.beginWithChosen({ origin: { name: 'Small', version: 2 }, network })
    expect([editor.beginning, namesOf(editor)]).toEqual([{ kind: 'saved', name: 'Small', version: 2 }, ['flat']])
    editor.undo()
    expect(editor.network).toEqual(mine)
    await editor.beginWithChosen({ origin: { name: 'From a file', version: null }, network })
    expect([editor.beginning, editor.isEdited]).toEqual([{ kind: 'file', name: 'From a file' }, false])
  })

  it('finds after a closed window what was edited, and what can be undone', async () => {
    const editor = await opened()
    editor.select('conv_2')
    editor.insert('dropout')
    editor.change('conv_1', 'filters', 3)
    editor.change('conv_1', 'filters', 32)
    await settled()
    const again = await opened()
    expect(again.network).toEqual(editor.network)
    expect(again.selected).toBe('drop_1')
    expect(again.isEdited).toBe(true)
    again.undo()
    expect(again.layers[0]).toMatchObject({ filters: 64 })
    again.undo()
    expect(again.isEdited).toBe(false)
    expect(again.canUndo).toBe(false)
  })

  it('takes what is typed into one field as one step, and each field by itself', async () => {
    const editor = await opened()
    for (const filters of [1, 12, 128]) editor.change('conv_1', 'filters', filters)
    editor.change('conv_1', 'stride', 2)
    editor.undo()
    expect(editor.layers[0]).toMatchObject({ filters: 128, stride: 1 })
    editor.undo()
    expect(editor.layers[0]).toMatchObject({ filters: 64 })
    editor.redo()
    editor.redo()
    expect(editor.layers[0]).toMatchObject({ filters: 128, stride: 2 })
  })

  it('keeps a layer selected through its edits', async () => {
    const editor = await opened()
    editor.select('norm_1')
    expect(editor.rename('norm_1', 'normed')).toBe(null)
    expect(editor.selectedLayer?.kind).toBe('batch-norm')
    expect(editor.moveBy('normed', 1)).toBe(true)
    expect(namesOf(editor).slice(0, 3)).toEqual(['conv_1', 'relu_1', 'normed'])
    expect(editor.moveBy('conv_1', -1)).toBe(false)
    editor.remove('normed')
    expect(editor.selected).toBe('pool_1')
    editor.undo()
    expect(namesOf(editor)).toContain('normed')
  })

  it('goes on with everything else while a layer does not fit, and mends it by one press', async () => {
    const editor = await opened()
    editor.remove('flatten')
    const [fault] = editor.check.faults
    expect(fault.problem.parameters['layer']).toBe('fc_1')
    editor.change('conv_1', 'filters', 16)
    expect(editor.check.layers[0].row?.parameters).toBe(5 * 5 * 3 * 16 + 16)
    editor.repair(fault.repairs[0])
    expect(editor.check.faults).toEqual([])
    editor.undo()
    expect(editor.check.faults).toHaveLength(1)
  })

  it('refuses a name that is taken, and stays as it was', async () => {
    const editor = await opened()
    const before = editor.network
    expect(editor.rename('conv_1', 'conv_2')?.code).toBe('layer-name-taken')
    expect(editor.network).toBe(before)
  })

  it('begins with a file, a saved network, a run or an empty page, each a step that can be undone', async () => {
    const editor = await opened()
    const seed = editor.network
    editor.beginWithText(networkText({ name: 'From a file', note: '', network: seed }), 'file')
    expect(editor.beginning).toEqual({ kind: 'file', name: 'From a file' })
    await editor.beginWithSaved({ name: 'Mine' }, 2)
    expect(editor.beginning).toEqual({ kind: 'saved', name: 'Mine', version: 2 })
    expect(namesOf(editor)).toEqual(['flat'])
    editor.beginWithRun(sampleRun(7))
    expect(editor.beginning).toEqual({ kind: 'run', run: 7 })
    editor.beginEmpty()
    expect(editor.check.faults.map(({ problem }) => problem.code)).toEqual(['network-empty'])
    for (let step = 0; step < 4; step += 1) editor.undo()
    expect(editor.network).toEqual(seed)
    expect(editor.beginning).toEqual({ kind: 'preset', preset: 'seed' })
  })

  it('says what is wrong with a file, and keeps the network', async () => {
    const editor = await opened()
    const before = editor.network
    for (const text of ['', 'PK', '[]', '{"layers":[{"kind":"conv"}],"head":{"kind":"softmax","labelSmoothing":0}}']) {
      editor.beginWithText(text, 'file')
      expect(editor.problem?.code).toMatch(/^network-file-/)
      expect(editor.network).toBe(before)
    }
  })

  it('tells edits from what was saved', async () => {
    const editor = await opened()
    editor.change('conv_1', 'filters', 16)
    editor.saved('Mine', 1, editor.network)
    expect([editor.isEdited, editor.beginning]).toEqual([false, { kind: 'saved', name: 'Mine', version: 1 }])
    editor.undo()
    expect([editor.isEdited, editor.beginning]).toEqual([true, { kind: 'saved', name: 'Mine', version: 1 }])
    editor.renamed('Ours')
    editor.redo()
    expect([editor.isEdited, editor.beginning]).toEqual([false, { kind: 'saved', name: 'Ours', version: 1 }])
  })

  it('puts layers in after the selected one, and at the end from the output', async () => {
    const editor = await opened()
    editor.beginEmpty()
    for (const kind of ['conv-block', 'residual', 'global-average-pool', 'classes'] as const) editor.insert(kind)
    expect(editor.check.faults).toEqual([])
    editor.select(headName)
    editor.insert('scale')
    expect(namesOf(editor).at(-1)).toBe('scale_1')
    expect(editor.check.model?.layers.at(-2)).toMatchObject({ name: 'classes', units: editor.place.classes })
  })

  it('does not write over a draft that it cannot read', async () => {
    kept = '{"format":99}'
    const editor = await opened()
    expect(editor.problem?.code).toBe('network-draft-unread')
    await settled()
    expect(kept).toBe('{"format":99}')
    editor.insert('conv')
    await until(() => kept?.includes('conv_1') === true)
  })

  it('says when the lab does not keep it', async () => {
    const editor = await opened()
    refuses = true
    editor.remove('conv_1')
    await settled()
    expect(editor.problem).toEqual(refusal.problem)
  })
})
