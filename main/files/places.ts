import path from 'node:path'
import * as usual from '../../setup/folders.mjs'
import { besideItself } from './besideItself.ts'
import { packedFolder } from './packedFolder.ts'

/** The home folder, if nothing says otherwise: where the platform has it, or beside a portable program. */
export function homeFolder(environment = process.env, platform?: NodeJS.Platform): string {
  const beside = environment.CONV_LAB_HOME ? null : besideItself(packedFolder())
  return beside?.home ?? usual.homeFolder(environment, platform)
}

/** The cache folder, if nothing says otherwise: where the platform has it, or beside a portable program. */
export function cacheFolder(environment = process.env, platform?: NodeJS.Platform): string {
  const beside = environment.CONV_LAB_CACHE ? null : besideItself(packedFolder())
  return beside?.cache ?? usual.cacheFolder(environment, platform)
}

/** The absolute paths of everything in a home folder. */
export interface Home {
  readonly folder: string
  readonly history: string
  readonly datasets: string
  readonly checkpoints: string
  /** The checkpoints with which branches begin. */
  readonly branchPoints: string
  /** What checkpoints answer for their test sets; all of it can be computed again. */
  readonly testPasses: string
  /** What operations cost on this computer, by engine; it can be measured again. */
  readonly stepCosts: string
  /** Hidden layers' vectors of test images, and planes of them; all of it can be computed again. */
  readonly embeddings: string
  /** A newer version of the program, as far as it has come; empty or missing most of the time. */
  readonly updates: string
  /** Copies of files given by a page in a browser, kept until a set has been made from them. */
  readonly given: string
}

/** The places inside a home folder. */
export function homePlaces(folder: string): Home {
  const absolute = path.resolve(folder)
  return {
    folder: absolute,
    history: path.join(absolute, 'history.sqlite'),
    datasets: path.join(absolute, 'datasets'),
    checkpoints: path.join(absolute, 'checkpoints'),
    branchPoints: path.join(absolute, 'branch-points'),
    testPasses: path.join(absolute, 'test-passes'),
    stepCosts: path.join(absolute, 'step-costs.json'),
    embeddings: path.join(absolute, 'embeddings'),
    updates: path.join(absolute, 'updates'),
    given: path.join(absolute, 'given'),
  }
}

/** The folder with the checkpoint files of one run. */
export function checkpointFolder(home: Home, run: number): string {
  return path.join(home.checkpoints, String(run))
}

/** The file of the checkpoint with this sha256, with which branches begin. */
export function branchPointFile(home: Pick<Home, 'branchPoints'>, sha256: string): string {
  return path.join(home.branchPoints, `${sha256}.safetensors`)
}
