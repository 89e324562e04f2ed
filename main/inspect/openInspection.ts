import { NetworkWeights } from '../engine/checkpoint/networkWeights.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'
import { FiguresThread } from './errors/figuresThread.ts'
import { PlaneThreads } from './embedding/planeThreads.ts'
import { StoredPlanes } from './embedding/storedPlanes.ts'
import { StoredVectors } from './embedding/storedVectors.ts'
import { StoredPasses } from './errors/storedPasses.ts'
import { GivenPictures } from './givenPictures.ts'
import { InspectEngine } from './inspectEngine.ts'
import type { Inspection } from './inspection.ts'
import { keptExplanations } from './keptExplanations.ts'
import { KeptImages } from './keptImages.ts'
import { LayerValues } from './layerValues.ts'

/** Bytes of weights that stay in memory for pictures of kernels. */
const weightsKept = 16_000_000

/**
 * Opens what looking inside needs. No engine is started before the first question.
 * @param openEngine Makes an engine of its own, beside the one that trains.
 */
export function openInspection({
  openEngine,
  ...lab
}: Pick<Inspection, 'home' | 'history' | 'datasets' | 'log'> & { readonly openEngine: () => EngineHost }): Inspection {
  const engine = new InspectEngine({ open: openEngine })
  return {
    ...lab,
    engine,
    given: new GivenPictures(),
    images: new KeptImages(),
    values: new LayerValues(engine),
    weights: new NetworkWeights(weightsKept),
    explained: keptExplanations(),
    passes: new StoredPasses(lab.home.testPasses),
    figures: new FiguresThread(),
    vectors: new StoredVectors(lab.home.embeddings),
    planes: new StoredPlanes(lab.home.embeddings),
    planeThreads: new PlaneThreads(),
  }
}
