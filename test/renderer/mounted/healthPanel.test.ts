import { beforeEach, describe, expect, test } from 'vitest'
import type { LayerHealth } from '../../../core/health/health.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'
import type { Lab } from '../../../main/lab.ts'
import HealthPanel from '../../../renderer/panels/health/HealthPanel.svelte'
import { healthChoices } from '../../../renderer/state/healthChoices.svelte.ts'
import { homeWith } from '../../main/errors/errorsHome.ts'
import { conv, relu } from '../../main/history/sampleHealth.ts'
import { engine } from '../../main/history/testRun.ts'
import { openLab } from '../../main/openLab.ts'
import { connectTo, element, pageText, press, says, saysNoMore, show, slideTo } from './mountedWindow.ts'

const card = { ...cifar10.card, sizes: { train: 60, test: 20 } }

beforeEach(() => {
  Object.assign(healthChoices, { open: true, layer: null, observed: 'weights', run: null, step: null })
})

/** A run in training with these measurements, one a step from step 0 on, and the panel of it. */
async function shown(...measurements: readonly (readonly LayerHealth[])[]): Promise<{ lab: Lab; run: number }> {
  const { lab } = await openLab(await homeWith(card))
  const { prepared } = lab.datasets.entry(card.id)
  if (prepared === null) throw new Error('the set is not ready')
  const { id: run } = lab.history.createRun(requestFor('seed', card, prepared, { batch: 20 }), card.sizes.train)
  lab.history.beginStretch(run, 0, engine)
  measurements.forEach((layers, step) => add(lab, run, step, layers))
  await connectTo(lab)
  show(HealthPanel, { run: lab.history.run(run) })
  return { lab, run }
}

/** Stores a measurement, and its step before it, and tells the windows, as the run controller does. */
function add(lab: Lab, run: number, step: number, layers: readonly LayerHealth[]): void {
  if (step > 0) lab.history.addSteps(run, step, [2], [0.1], [step])
  lab.history.addHealth(run, { step, images: 60, layers: [...layers] })
  lab.events.publish({ kind: 'health', run, step })
}

const dying = (silent: number): LayerHealth => ({ ...relu(0), silent })

describe('the panel Health', () => {
  test('says beside its title what is wrong, while it is folded too', async () => {
    healthChoices.open = false
    const { lab, run } = await shown([conv(0), dying(2)])
    await says('silent units, gradients, updates, histograms')
    add(lab, run, 1, [conv(1), dying(32)])
    await says('many silent units in relu_1')
    expect(pageText()).not.toContain('Measured on')
  })

  test('names dead units live, with what they mean', async () => {
    const { lab, run } = await shown([conv(0), dying(2)])
    await says('Measured on 60 training images')
    expect(pageText()).not.toContain('fire for no image:')
    add(lab, run, 1, [{ ...conv(1), gradientNorm: 0 }, dying(64)])
    await says('Many units fire for no image: relu_1 100.0 %.')
    await says('No gradient reaches conv_1 any more')
    await says('64 of 64 · 100.0 %')
  })

  test('shows all layers at the step that the slider chooses, and the newest again at its end', async () => {
    await shown([conv(0), dying(2)], [conv(1), dying(8)])
    await says(/step 1: −1.00 to 1.00/)
    slideTo(0)
    expect(pageText()).toContain('All layers at step 0')
    expect(pageText()).toContain('2 of 64 · 3.1 %')
    slideTo(1)
    expect(pageText()).toContain('8 of 64 · 12.5 %')
    expect(healthChoices.step).toBeNull()
  })

  test('shows the histograms of the layer that is pressed in the table', async () => {
    await shown([conv(0), dying(2)], [conv(1), dying(8)])
    await says('All layers at step 1')
    press('table button', 'relu_1')
    expect(element('table button', 'relu_1').getAttribute('aria-pressed')).toBe('true')
    // A ReLU has neither weights nor gradients.
    await says(/step 1: 0\S* to 3/)
    expect(element('[role=img]', /^Activations of relu_1/).textContent).toMatch(/0\S* 3/)
  })

  test('says where numbers are not finite any more, before all else', async () => {
    const broken: LayerHealth = {
      ...conv(1),
      finite: false,
      gradientNorm: null,
      weightNorm: null,
      updateRatio: null,
      weights: null,
      activations: null,
      gradients: null,
    }
    await shown([conv(0), dying(64)], [broken, { ...relu(1), silent: null, activations: null, finite: false }])
    await says('From step 1 on something in conv_1 is not a finite number')
    await says('conv_1 has numbers that are not finite')
    // Those before it are still there.
    await says('step 0: ')
  })

  test('says what was not measured, and why', async () => {
    const { lab, run } = await shown()
    await says('Nothing has been measured yet. It is while the run trains, every 500 steps.')
    add(lab, run, 0, [conv(0), dying(2)])
    await says('Measured on 60 training images')
  })

  test('goes back with a run that continues from an earlier checkpoint', async () => {
    const { lab, run } = await shown([conv(0), dying(2)], [conv(1), dying(64)])
    await says('Many units fire for no image')
    lab.history.endRun(run, 'interrupted', null)
    lab.history.continueRun(run, 0, 10)
    lab.events.publish({ kind: 'rewound', run, step: 0 })
    await saysNoMore('Many units fire')
    await says('All layers at step 0')
  })
})
