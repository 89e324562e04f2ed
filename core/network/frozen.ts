import { type Layer, layerDefinitions } from '../layers/registry.ts'

/** Whether a layer is frozen: its variables are kept and not trained. */
export function isFrozen(layer: Layer): boolean {
  return 'frozen' in layer && layer.frozen === true
}

/** Whether a layer can be frozen: those with variables can. */
export function isFreezable({ kind }: Pick<Layer, 'kind'>): boolean {
  return layerDefinitions.some((definition) => definition.kind === kind && 'frozen' in definition.schema.shape)
}

function withoutMark({ frozen: _, ...layer }: Extract<Layer, { frozen?: true | undefined }>): Layer {
  return layer
}

/** A layer as it is without being frozen. */
export function trainedLayer(layer: Layer): Layer {
  return 'frozen' in layer ? withoutMark(layer) : layer
}

/** The layers with those frozen that can be and are chosen, and all others trained. */
export function withFrozen(layers: readonly Layer[], chosen: (layer: Layer) => boolean): Layer[] {
  return layers.map((layer) => {
    const plain = trainedLayer(layer)
    return isFreezable(layer) && chosen(layer) ? { ...plain, frozen: true } : plain
  })
}

/** Names of the layers that can be frozen, in the order of the network. */
export function freezableNames(layers: readonly Layer[]): string[] {
  return layers.filter(isFreezable).map(({ name }) => name)
}
