import path from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')
// The examples are in no file, so that rules which ask for types are off.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked })

/** The rules that a file with this import would break. */
async function complaints(file: string, statement: string): Promise<string[]> {
  const results = await eslint.lintText(`${statement}\n`, { filePath: path.join(root, file) })
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? 'not parsed'))
}

const direction = 'boundaries/dependencies'
const restricted = '@typescript-eslint/no-restricted-imports'

describe('the directions of imports', () => {
  it.each([
    ['renderer/state/example.ts', "export { Lab } from '../../main/lab.ts'", direction],
    ['renderer/state/example.ts', "export type { Lab } from '../../main/lab.ts'", direction],
    ['renderer/state/example.ts', "export * as fs from 'node:fs'", restricted],
    [
      'renderer/pages/Train/Example.svelte',
      '<script lang="ts">import { Lab } from \'../../../main/lab.ts\'; void Lab</script>',
      direction,
    ],
    ['renderer/messages/example.ts', "export * from '../text/formats.ts'", direction],
    ['renderer/text/example.ts', "export * from '../ui/seriesLook.ts'", direction],
    ['renderer/text/example.ts', "export * from '../state/routes.ts'", direction],
    ['renderer/ui/example.ts', "export type * from '../charts/series.ts'", direction],
    [
      'renderer/ui/Example.svelte',
      '<script lang="ts">import { lab } from \'../state/lab.svelte.ts\'; void lab</script>',
      direction,
    ],
    ['renderer/charts/example.ts', "export * from '../state/curveDetail.ts'", direction],
    ['renderer/state/example.ts', "export { default } from '../ui/Button.svelte'", direction],
    ['renderer/state/example.ts', "export * from '../pages/Train/proof.ts'", direction],
    ['renderer/panels/example.ts', "export * from '../pages/Train/proof.ts'", direction],
    ['renderer/pages/Train/example.ts', "export { default } from '../Data/DataPage.svelte'", direction],
    ['renderer/pages/Train/example.ts', "export { default } from '../../shell/Rail.svelte'", direction],
    ['renderer/pages/Train/example.ts', "export { default } from '../../App.svelte'", direction],
    ['renderer/shell/example.ts', "export { default } from '../pages/Data/DataPage.svelte'", direction],
    ['core/example.ts', "export * from '../main/files/places.ts'", direction],
    ['core/example.ts', "export * as fs from 'node:fs'", restricted],
    ['main/engine/example.ts', "export * from '../history/history.ts'", direction],
    ['main/engine/graph/example.ts', "export * from '../../lab.ts'", direction],
    ['main/engine/example.ts', "export * as electron from 'electron'", restricted],
    ['main/engine/example.ts', "export { default } from 'better-sqlite3'", restricted],
    ['main/engine/example.ts', "export * as tf from '@tensorflow/tfjs-node'", restricted],
    ['main/history/example.ts', "export * from '../engine/host/engineHost.ts'", direction],
    ['main/datasets/example.ts', "export * from '../history/history.ts'", direction],
    ['main/training/example.ts', "export { default } from 'better-sqlite3'", restricted],
    ['main/training/example.ts', "export * from '../shells/builtPlaces.ts'", direction],
    ['main/api/example.ts', "export * from '../browser/shell.ts'", direction],
    ['main/api/example.ts', "export * from '../browser.ts'", direction],
    ['main/browser/example.ts', "export * from '../electron/app.ts'", direction],
    ['main/browser/example.ts', "export * as electron from 'electron'", restricted],
    ['main/lab.ts', "export * from './browser/shell.ts'", direction],
    // The lab does not know the contract through which it is served.
    ['main/lab.ts', "export * from './api/router.ts'", direction],
    ['main/lab.ts', "export * from './shells/openServedLab.ts'", direction],
    ['main/homeSocket/example.ts', "export * from '../lab.ts'", direction],
    // The isolation of the engine process: main imports its host and what both share, the host nothing of its inside.
    ['main/lab.ts', "export * from './engine/train/train.ts'", direction],
    ['main/lab.ts', "export type * from './engine/train/train.ts'", direction],
    ['main/training/example.ts', "export * from '../engine/checkpoint/checkpointWriter.ts'", direction],
    ['main/training/example.ts', "export * from '../engine/feed/preparedData.ts'", direction],
    ['main/api/example.ts', "export * from '../engine/graph/compile.ts'", direction],
    ['main/api/example.ts', "export * from '../engine/checkpoint/checkpointFile.ts'", direction],
    ['main/cli/example.ts', "export * from '../engine/export/writeExport.ts'", direction],
    ['main/electron.ts', "export * from './engine/process/tensorflow.ts'", direction],
    ['main/history/example.ts', "export * from '../engine/shared/totalMemory.ts'", direction],
    ['main/engine/host/example.ts', "export * from '../process/orders.ts'", direction],
    ['main/engine/host/example.ts', "export type * from '../train/train.ts'", direction],
    ['main/engine/host/example.ts', "export * from '../checkpoint/checkpointFile.ts'", direction],
    ['main/engine/shared/example.ts', "export * from '../process/tensorflow.ts'", direction],
    ['main/engine/shared/example.ts', "export * from '../host/engineHost.ts'", direction],
    ['main/engine/train/example.ts', "export * from '../host/engineHost.ts'", direction],
    ['main/engine/train/example.ts', "export * from '../../api/router.ts'", direction],
    ['main/engine/train/example.ts', "export * from '../../datasets/sets/catalogue.ts'", direction],
    ['main/engine/train/example.ts', "export * from '../../datasets/datasetStore.ts'", direction],
    ['main/engine/train/example.ts', "export * from '../../shells/openServedLab.ts'", direction],
    // What is started as a process or a thread is imported by nobody.
    ['main/engine/host/example.ts', "export * from '../process/entry.ts'", restricted],
    ['main/engine/train/example.ts', "export * from '../process/entry.ts'", restricted],
    ['main/engine/feed/example.ts', "export * from './imageReader.thread.ts'", restricted],
    ['main/engine/checkpoint/example.ts', "export * from './checkpointScribe.thread.ts'", restricted],
    ['main/datasets/worker/example.ts', "export * from './process/entry.ts'", restricted],
    // Of the data sets, others import the store; the command line also the catalogue and the mirror.
    ['main/lab.ts', "export * from './datasets/worker/runTask.ts'", direction],
    ['main/training/example.ts', "export * from '../datasets/jobs/jobQueue.ts'", direction],
    ['main/api/example.ts', "export * from '../datasets/sets/catalogue.ts'", direction],
    ['main/cli/example.ts', "export * from '../datasets/worker/runTask.ts'", direction],
    ['main/browser.ts', "export * from './datasets/archives/openOriginals.ts'", direction],
    ['preload/example.ts', "export * from '../main/lab.ts'", direction],
  ])('refuses in %s: %s', async (file, statement, rule) => {
    expect(await complaints(file, statement)).toContain(rule)
  })

  it.each([
    ['setup/example.mjs', "export const its = process.platform === 'win32' ? 1 : 2", 'no-restricted-syntax'],
    ['setup/package/stage.mjs', "export const its = (there) => there.platform !== 'linux'", 'no-restricted-syntax'],
    ['bench/example.ts', "export const its = process.platform === 'darwin'", 'no-restricted-syntax'],
    ['main/example.ts', 'export const its = process.platform', 'no-restricted-properties'],
  ])('refuses a choice by the system in %s: %s', async (file, statement, rule) => {
    expect(await complaints(file, statement)).toContain(rule)
  })

  it.each([
    ['renderer/state/example.ts', "export * from '../../core/run/run.ts'"],
    ['renderer/text/example.ts', "export * from '../messages/compiled/messages.js'"],
    ['renderer/ui/example.ts', "export * from '../text/formats.ts'"],
    ['renderer/charts/example.ts', "export * from '../ui/seriesLook.ts'"],
    ['renderer/state/example.ts', "export type * from '../charts/axis.ts'"],
    ['renderer/panels/example.ts', "export * from '../state/routes.ts'"],
    ['renderer/pages/Train/example.ts', "export { default } from '../../panels/PrepareForm.svelte'"],
    ['renderer/pages/Train/example.ts', "export * from './proof.ts'"],
    ['renderer/shell/example.ts', "export * from '../state/routes.ts'"],
    ['renderer/example.ts', "export { default } from './pages/Data/DataPage.svelte'"],
    ['main/engine/example.ts', "export * from '../../core/run/run.ts'"],
    ['main/engine/example.ts', "export type { Tensor } from '@tensorflow/tfjs-node'"],
    ['main/engine/process/tensorflow.ts', "export * as tf from '@tensorflow/tfjs-node'"],
    ['main/history/example.ts', "export { default } from 'better-sqlite3'"],
    ['main/training/example.ts', "export * from '../history/history.ts'"],
    ['main/api/example.ts', "export * from '../lab.ts'"],
    ['main/browser.ts', "export * from './browser/shell.ts'"],
    ['main/electron.ts', "export * as electron from 'electron'"],
    ['main/browser/example.ts', "export * from '../lab.ts'"],
    ['main/lab.ts', "export * from './engine/host/engineHost.ts'"],
    ['main/training/example.ts', "export * from '../engine/checkpoint/checkpointFile.ts'"],
    ['main/electron/example.ts', "export * from '../engine/shared/outOfMemory.ts'"],
    ['main/engine/train/example.ts', "export * from '../checkpoint/checkpointFile.ts'"],
    ['main/engine/host/example.ts', "export * from '../shared/outOfMemory.ts'"],
    ['main/shells/example.ts', "export * from '../api/router.ts'"],
    ['main/shells/example.ts', "export * from '../datasets/datasetStore.ts'"],
    ['main/cli/example.ts', "export * from '../datasets/sets/catalogue.ts'"],
    ['main/datasets/store/example.ts', "export * from '../jobs/jobQueue.ts'"],
    // The bench measures the inside of the engine.
    ['bench/example.ts', "export * from '../main/engine/train/train.ts'"],
    ['setup/platform/example.mjs', "export const its = process.platform === 'win32'"],
  ])('allows in %s: %s', async (file, statement) => {
    expect(await complaints(file, statement)).toEqual([])
  })
})
