// npm run bench, after set-up: measures, prints a table, keeps the figures.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { LabError, sentenceOf } from '../core/words/problems.ts'
import { engineEnvironment } from '../main/engine/host/forkEngine.ts'
import { writeFileAtomically } from '../main/files/atomicFile.ts'
import { homePlaces } from '../main/files/places.ts'
import { cifar10 } from '../main/datasets/sets/cifar10.ts'
import { checkPreparedSizes } from '../main/files/preparedForm.ts'
import { withLock } from '../setup/lock.mjs'
import { thisPlace, type Place } from '../setup/place.mjs'
import { SetupProblem, sentenceFor } from '../setup/problem.mjs'
import { reportOn } from '../setup/report.mjs'
import { accuracies } from './accuracy.ts'
import { getChromium } from '../setup/chromium.mjs'
import { measureApp } from './app/measureApp.ts'
import { measureCompare } from './app/measureCompare.ts'
import { measureErrors } from './app/measureErrors.ts'
import { measureLook } from './app/measureLook.ts'
import { batches, caseOf, networks, type BenchData, type Case } from './cases.ts'
import { checkpointStall } from './checkpointStall.ts'
import { healthCost } from './healthCost.ts'
import { madeHistories, makeHistory } from './histories/makeHistories.ts'
import { ConvLab } from './contestants/convLab.ts'
import type { Contestant } from './contestants/contestant.ts'
import { startPythonPeer, startRoof, startTfjsPeer, type RoofMeter } from './contestants/peers.ts'
import { benchData } from './data.ts'
import { endurance } from './endurance.ts'
import { measureDatasets } from './datasets/measureDatasets.ts'
import { environmentOf, peerEnvironments } from './environments.ts'
import { race } from './interleave.ts'
import { machineText, quietLoad, thisMachine } from './machine.ts'
import { isWhole, parseOptions, usage, type BenchOptions } from './options.ts'
import { readingAhead } from './readingAhead.ts'
import { stepEstimates } from './stepEstimates.ts'
import { withSummary } from './marked.ts'
import type { EnduranceResult, Results } from './results.ts'
import { report as reportText, shortSummary, summary } from './tables.ts'

/** Batch size of the cases in which prediction is measured too. */
const predictedBatch = 250

/** The bench's folders in the cache. */
interface BenchPlaces {
  readonly folder: string
  /** The bench's own home folder; the user's history is not touched. */
  readonly home: string
  /** For temporary files. */
  readonly work: string
  readonly data: string
}

async function benchPlaces(place: Place): Promise<BenchPlaces> {
  const folder = path.join(place.cache, 'bench')
  const home = homePlaces(path.join(folder, 'home'))
  const work = path.join(folder, 'work')
  // Left by an interrupted bench, and the runs of the last one.
  await rm(work, { recursive: true, force: true })
  await rm(home.checkpoints, { recursive: true, force: true })
  for (const ending of ['', '-wal', '-shm']) await rm(home.history + ending, { force: true })
  await mkdir(work, { recursive: true })
  await mkdir(home.datasets, { recursive: true })
  return { folder, home: home.folder, work, data: await benchData(place, home) }
}

/**
 * Starts what was asked for, each in its own process, and adds it to `started` at once, so that a failure closes it.
 */
async function startContestants(
  place: Place,
  { only }: BenchOptions,
  { folder, data, work }: BenchPlaces,
  testImages: number,
  predicted: ReadonlySet<string>,
  started: Contestant[],
): Promise<void> {
  const peers = { dataFolder: data, predicted }
  const environments = new Map<'pytorch' | 'keras', string>()
  // Installed first, so that nothing is measured before everything is there.
  for (const peer of peerEnvironments)
    if (only.has(peer.id)) environments.set(peer.id, await environmentOf(place, folder, peer))
  // The engine also makes the checkpoints that the app part looks at.
  if (only.has('conv-lab') || only.has('health') || only.has('app'))
    started.push(await ConvLab.start({ dataFolder: data, workFolder: work, testImages }))
  for (const [id, environment] of environments) started.push(await startPythonPeer(id, environment, peers))
  if (only.has('tfjs')) started.push(await startTfjsPeer(peers))
}

async function measure(place: Place, options: BenchOptions, places: BenchPlaces): Promise<Results> {
  const { only, rounds, seconds, full } = options
  const machine = thisMachine()
  place.report.say(machineText(machine))
  if (machine.loadAtStart > quietLoad)
    place.report.say(
      `Something else is at work here (load ${machine.loadAtStart.toFixed(2)}): compare the ratios, and leave the rest to a quiet run.`,
    )
  const { card, prepared } = checkPreparedSizes(places.data)
  const data: BenchData = { card: { ...card, pixelStatistics: cifar10.pixelStatistics }, prepared }
  const cases: readonly Case[] = networks.flatMap((network) => batches.map((batch) => caseOf(network, batch, data)))
  const predicted = new Set(cases.filter(({ batch }) => batch === predictedBatch).map(({ id }) => id))

  const started: Contestant[] = []
  let roof: RoofMeter | null = null
  try {
    await startContestants(place, options, places, card.sizes.test, predicted, started)
    if (only.has('roof')) roof = await startRoof(engineEnvironment())
    const contestants = started.filter(({ id }) => only.has(id))
    const inRace = contestants.length === 0 ? [] : cases
    const raced = await race({
      contestants,
      cases: inRace,
      predicted,
      roof,
      rounds: inRace.length === 0 && roof === null ? 0 : rounds,
      seconds,
      report: place.report,
    })
    // The peers give their memory back before the app is measured.
    for (const contestant of started) if (contestant.id !== 'conv-lab') await contestant.close()
    await roof?.close()

    const lab = started.find((contestant) => contestant instanceof ConvLab)
    // Health alone needs the engine too, and nothing else of what is measured with it.
    const asked = only.has('conv-lab') || only.has('app') ? lab : undefined
    if (asked !== undefined) place.report.say('Checkpoints')
    const checkpoint =
      asked === undefined ? null : await checkpointStall(asked, caseOf('seed', 100, data).config, rounds)
    if (only.has('health')) place.report.say('Health')
    const health =
      lab === undefined || !only.has('health')
        ? []
        : await healthCost(
            lab,
            [
              { name: 'Lab network, batch 100', config: caseOf('seed', 100, data).config },
              { name: 'Quick network, batch 250', config: caseOf('quick', 250, data).config },
            ],
            rounds,
          )
    const reading =
      asked === undefined
        ? []
        : await readingAhead(asked, places.data, places.work, { rounds, seconds }, (text) =>
            place.report.progress(text),
          )
    const accuracy =
      asked !== undefined && !options.quick
        ? await accuracies(asked, data, full, (text) => place.report.say(text))
        : null
    await lab?.close()
    if (options.endurance) place.report.say('Many small steps')
    const enduring = options.endurance ? await enduranceOf(places, data, place.report) : null
    if (only.has('app')) place.report.say('The app')
    const app = only.has('app') ? await measureApp(programOf(place), places.home, data, rounds) : null
    if (only.has('look')) place.report.say('Looking inside')
    const look = only.has('look')
      ? await measureLook(programOf(place), places.home, data, rounds, await getChromium(place))
      : null
    if (only.has('errors')) place.report.say('Errors')
    const errors = only.has('errors') ? await measureErrors(programOf(place), places.home, data, rounds) : null
    if (only.has('compare')) place.report.say('Many runs, and long ones')
    const compare = only.has('compare')
      ? await measureCompare({
          program: programOf(place),
          home: places.home,
          data,
          histories: path.join(places.folder, 'histories'),
          browser: await getChromium(place),
          rounds,
          report: (text) => place.report.progress(text),
        })
      : null
    const datasets = only.has('datasets')
      ? await measureDatasets(
          {
            data: places.data,
            pieces: path.join(place.root, 'test', 'data', 'caltech-101'),
            work: places.work,
            rounds,
          },
          (text) => place.report.say(text),
        )
      : null
    if (only.has('estimate')) place.report.say('Estimates of a step')
    const estimate = only.has('estimate')
      ? await stepEstimates(estimatedNetworks(options), { rounds, seconds }, (text) => place.report.progress(text))
      : []
    const versions = Object.fromEntries(contestants.map((contestant) => [contestant.id, contestant.versions]))
    return {
      format: 1,
      takenAt: new Date().toISOString(),
      machine,
      rounds,
      seconds,
      versions,
      ...raced,
      checkpoint,
      health,
      reading,
      app,
      look,
      errors,
      compare,
      datasets,
      estimate,
      endurance: enduring,
      accuracy,
    }
  } finally {
    for (const contestant of started) await contestant.close()
    await roof?.close()
  }
}

/** Random networks whose step is estimated. */
function estimatedNetworks({ quick }: BenchOptions): number {
  return quick ? 4 : 20
}

/** In a process of its own, so that memory used earlier is not counted. */
async function enduranceOf(
  { data: dataFolder, work }: BenchPlaces,
  data: BenchData,
  report: Place['report'],
): Promise<EnduranceResult> {
  const lab = await ConvLab.start({ dataFolder, workFolder: work, testImages: data.card.sizes.test })
  try {
    return await endurance(lab, data, (text) => report.say(text))
  } finally {
    await lab.close()
  }
}

/** The browser shell's bundle, as `npm start` runs it. */
function programOf(place: Place): string {
  const bundle = path.join(place.root, 'dist', 'main', 'browser.js')
  if (!existsSync(bundle))
    throw new SetupProblem(`${bundle} is missing. Start the bench with npm run bench, which makes it.`)
  return bundle
}

/** A path as the person typed it; npm changes to the clone's root. */
function typedPath(typed: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), typed)
}

async function writeText(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFileAtomically(file, [new TextEncoder().encode(text)])
}

/**
 * Writes what the bench has to say between the markers of a page of the repository.
 * @throws SetupProblem when the page has no markers.
 */
async function writePage(place: Place, name: string, said: string): Promise<void> {
  const page = path.join(place.root, name)
  const updated = existsSync(page) ? withSummary(await readFile(page, 'utf8'), said) : null
  if (updated === null)
    throw new SetupProblem(`${name} has not the markers between which the figures are shown (bench/marked.ts).`)
  await writeText(page, updated)
}

/**
 * Writes the figures to the file that was asked for. A whole run is also kept in bench/results, with its tables in
 * docs/bench.md and a short one in README.md.
 */
async function keep(place: Place, options: BenchOptions, results: Results): Promise<void> {
  const text = `${JSON.stringify(results, null, 2)}\n`
  if (options.json !== null) await writeText(typedPath(options.json), text)
  if (!isWhole(options)) return
  const file = path.join(place.root, 'bench', 'results', `${results.takenAt.slice(0, 16).replace(':', '')}.json`)
  await writeText(file, text)
  place.report.say(`The figures are in ${file}.`)
  await writePage(place, path.join('docs', 'bench.md'), summary(results))
  await writePage(place, 'README.md', shortSummary(results))
  place.report.say('Their tables are in docs/bench.md, a short one in README.md.')
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  const place = thisPlace(reportOn(process.stderr))
  if (options.histories !== null) {
    for (const history of Object.values(madeHistories)) {
      const home = makeHistory(typedPath(options.histories), history, (text) => place.report.progress(text))
      place.report.say(`Made ${home}.`)
    }
    return
  }
  await withLock(place, path.join(place.cache, 'bench', '.set-up'), 'the bench', async () => {
    const places = await benchPlaces(place)
    try {
      const results = await measure(place, options, places)
      process.stdout.write(`${reportText(results)}\n`)
      await keep(place, options, results)
    } finally {
      await rm(places.work, { recursive: true, force: true })
    }
  })
}

try {
  await main()
} catch (thrown) {
  if (!(thrown instanceof LabError) && !(thrown instanceof SetupProblem))
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`)
  process.stderr.write(
    `Conv Lab: ${thrown instanceof LabError ? sentenceOf(thrown.problem, 'en') : sentenceFor(thrown)}\n`,
  )
  process.exitCode = 1
}
