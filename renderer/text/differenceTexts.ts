import type { LayerSettingValue } from '../../core/network/layerSettings.ts'
import type { LayerDifference, SettingDifference } from '../../core/network/networkDifferences.ts'
import type { Layer } from '../../core/layers/registry.ts'
import type { WindowSize } from '../../core/network/windows.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { aboutLayer, kindName, layerChoiceName, layerSettingName, sourceName, windowText } from './networkTexts.ts'

const innerNames: Readonly<Record<string, () => string>> = {
  height: m.network_height,
  width: m.network_width,
  slope: m.layer_slope,
}

const headNames: Readonly<Record<string, () => string>> = {
  kind: m.network_head_label,
  labelSmoothing: m.head_smoothing,
  loss: m.difference_loss,
}

/** What a setting is called: Stride; Kernel, Height. */
function nameOf(setting: string): string {
  if (setting === 'kind') return m.difference_kind()
  if (setting === 'from') return m.network_takes()
  const [outer, ...inner] = setting.split('.')
  const last = inner.at(-1)
  const more = last === undefined ? undefined : innerNames[last]?.()
  return more === undefined
    ? layerSettingName(outer)
    : m.difference_inner({ outer: layerSettingName(outer), inner: more })
}

function valueText(value: LayerSettingValue | undefined, setting: string, format: Formats): string {
  // Left out where a layer is trained.
  if (value === undefined && setting === 'frozen') return m.difference_no()
  if (value === undefined || value === null) return m.difference_none()
  if (typeof value === 'boolean') return value ? m.difference_yes() : m.difference_no()
  if (typeof value === 'number') return format.figures(value)
  if (setting === 'from') return value.split(', ').map(sourceName).join(' + ')
  return setting === 'kind' ? kindText(value) : layerChoiceName(value)
}

/** A kind of layer or of head by its name in a file. */
function kindText(kind: string): string {
  return isLayerKind(kind) ? kindName(kind) : kind
}

const layerKinds = [
  'conv',
  'depthwise-conv',
  'batch-norm',
  'activation',
  'max-pool',
  'average-pool',
  'global-max-pool',
  'global-average-pool',
  'flatten',
  'dense',
  'dropout',
  'scale',
  'add',
  'concat',
] as const satisfies readonly Layer['kind'][]

function isLayerKind(kind: string): kind is Layer['kind'] {
  return layerKinds.some((one) => one === kind)
}

function settingText({ setting, before, after }: SettingDifference, name: string, format: Formats): string {
  return m.difference_setting({
    setting: name,
    before: valueText(before, setting, format),
    after: valueText(after, setting, format),
  })
}

/** Height and width of a kernel in one: 5 × 5 → 3 × 3. */
function windowChange(before: WindowSize, after: WindowSize): string[] {
  const texts = { before: windowText(before), after: windowText(after) }
  return texts.before === texts.after ? [] : [m.difference_setting({ setting: layerSettingName('kernel'), ...texts })]
}

/** What became of a layer: its name, and in words what was done with it. */
export function layerDifferenceText(
  difference: LayerDifference,
  format: Formats,
): { readonly name: string; readonly text: string } {
  if (difference.kind === 'added')
    return { name: difference.layer.name, text: m.difference_added({ layer: aboutLayer(difference.layer, format) }) }
  if (difference.kind === 'removed')
    return { name: difference.layer.name, text: m.difference_removed({ layer: aboutLayer(difference.layer, format) }) }
  const { before, after, moved, renamed } = difference
  const window = 'kernel' in before && 'kernel' in after ? windowChange(before.kernel, after.kernel) : []
  const settings = difference.settings.filter(({ setting }) => window.length === 0 || !setting.startsWith('kernel.'))
  const parts = [
    ...settings.map((one) => settingText(one, nameOf(one.setting), format)),
    ...window,
    ...(moved ? [m.difference_moved()] : []),
    ...(renamed ? [m.difference_renamed({ name: before.name })] : []),
  ]
  return { name: after.name, text: parts.join(' · ') }
}

/** What differs in the head, in one line. */
export function headDifferenceText(head: readonly SettingDifference[], format: Formats): string {
  return head.map((one) => settingText(one, headNames[one.setting]?.() ?? one.setting, format)).join(' · ')
}
