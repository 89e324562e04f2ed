import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { tensorflowEnvironment } from '../../main/engine/shared/tensorflowEnvironment.ts'
import { SetupProblem } from '../../setup/problem.mjs'
import { describedFor, type Case } from '../cases.ts'
import { pythonIn } from '../environments.ts'
import { contestantNames, type Contestant, type ContestantId } from './contestant.ts'
import { PeerProcess } from './peerProcess.ts'

const peersFolder = path.join(import.meta.dirname, '..', 'peers')

const Prepared = z.object({ parameters: z.int(), ways: z.string() })
const Measured = z.object({ seconds: z.number().positive(), images: z.int().positive() })
/**
 * A loss that is no number means that the peer computed something else than a training step; zod's numbers are finite.
 */
const Trained = Measured.extend({ loss: z.number() })

/** A peer in a process of its own. */
class Peer implements Contestant {
  readonly id: ContestantId
  readonly versions: Readonly<Record<string, string>>
  readonly #process: PeerProcess
  /** Prediction is measured in one case a network. */
  readonly #predicted: ReadonlySet<string>

  constructor(
    id: ContestantId,
    versions: Readonly<Record<string, string>>,
    process: PeerProcess,
    predicted: ReadonlySet<string>,
  ) {
    this.id = id
    this.versions = versions
    this.#process = process
    this.#predicted = predicted
  }

  prepare(one: Case): Promise<{ parameters: number; ways: string }> {
    const predicts = this.#predicted.has(one.id)
    const question =
      this.id === 'tfjs' ? { id: one.id, config: one.config, predicts } : { described: describedFor(one), predicts }
    return this.#process.ask('prepare', question, Prepared)
  }

  async train(one: Case, steps: number): Promise<number> {
    const { seconds, images } = await this.#process.ask('train', { case: one.id, steps }, Trained)
    return images / seconds
  }

  async predict(one: Case): Promise<number> {
    const { seconds, images } = await this.#process.ask('predict', { case: one.id }, Measured)
    return images / seconds
  }

  close(): Promise<void> {
    return this.#process.close()
  }
}

/** What peers are started with. */
export interface PeerPlaces {
  /** The prepared data set. */
  readonly dataFolder: string
  /** Cases in which prediction is measured. */
  readonly predicted: ReadonlySet<string>
}

async function startPeer(
  id: ContestantId,
  command: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  predicted: ReadonlySet<string>,
): Promise<Contestant> {
  const { peer, versions } = await PeerProcess.start(contestantNames[id], command, parameters, environment)
  return new Peer(id, versions, peer, predicted)
}

/**
 * A peer in Python, from its virtual environment.
 * @throws SetupProblem when it does not start.
 */
export function startPythonPeer(
  id: 'pytorch' | 'keras',
  environmentFolder: string,
  { dataFolder, predicted }: PeerPlaces,
): Promise<Contestant> {
  const script = path.join(peersFolder, id === 'pytorch' ? 'torch_peer.py' : 'keras_peer.py')
  const python = pythonIn(environmentFolder)
  // What torch.compile makes is kept from run to run.
  const environment = {
    ...process.env,
    TORCHINDUCTOR_CACHE_DIR: path.join(environmentFolder, 'compiled'),
    PYTHONDONTWRITEBYTECODE: '1',
  }
  return startPeer(id, python, [script, dataFolder, String(os.availableParallelism())], environment, predicted)
}

/** Stock tfjs-node. */
export function startTfjsPeer({ dataFolder, predicted }: PeerPlaces): Promise<Contestant> {
  return startPeer(
    'tfjs',
    process.execPath,
    [path.join(peersFolder, 'tfjsPeer.ts'), dataFolder],
    tensorflowEnvironment(process.env, null),
    predicted,
  )
}

const RoofRates = z.array(
  z.object({ kind: z.enum(['matmul', 'convolution']), name: z.string(), gigaflops: z.number().positive() }),
)
export type RoofRates = z.infer<typeof RoofRates>

/** The process that measures the roof. */
export interface RoofMeter {
  /** Runs each operation for so many seconds. */
  measure(seconds: number): Promise<RoofRates>
  close(): Promise<void>
}

/** @param environment The engine's, so that the roof has whatever the engine has. */
export async function startRoof(environment: NodeJS.ProcessEnv): Promise<RoofMeter> {
  const { peer } = await PeerProcess.start(
    'The roof',
    process.execPath,
    [path.join(peersFolder, 'roofPeer.ts')],
    environment,
  )
  return { measure: (seconds) => peer.ask('measure', { seconds }, RoofRates), close: () => peer.close() }
}

/**
 * Checks that a peer has built the same network.
 * @throws SetupProblem
 */
export function checkParameters(contestant: Contestant, one: Case, parameters: number, expected: number): void {
  if (parameters !== expected)
    throw new SetupProblem(
      `${contestantNames[contestant.id]} made a network of ${parameters} parameters of ${one.id}, not of ${expected}: the comparison would not be one of equals.`,
    )
}
