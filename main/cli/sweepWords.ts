import { measuredPoints } from '../../core/sweep/measuredPoints.ts'
import { settingEffects, type SettingEffects } from '../../core/sweep/settingEffects.ts'
import type { SweepDetail, SweepSummary, SweepTrial } from '../../core/sweep/sweep.ts'
import { sentenceOf } from '../../core/words/problems.ts'
import { absent, duration, percent, table } from './format.ts'

/** Which setting mattered in a sweep, from what is known of it now. */
export function effectsOf({ sweep: { plan }, trials }: SweepDetail): SettingEffects {
  return settingEffects(
    plan.axes.map(({ setting }) => setting),
    measuredPoints(plan, trials),
  )
}

const reasons = {
  person: 'paused',
  run: 'waits because a run was paused',
  opened: 'waits since Conv Lab was closed',
  trouble: 'waits because of what went wrong',
  complete: 'complete',
  runs: 'all runs of its budget are used up',
  minutes: 'the minutes of its budget are used up',
} as const

/** How a sweep stands, in a sentence or two. */
export function sweepSentence(sweep: SweepSummary): string {
  const state = sweep.reason === null ? sweep.state : reasons[sweep.reason]
  const best = sweep.best === null ? '' : ` Best: run ${sweep.best.run} with ${percent(sweep.best.accuracy)}.`
  const why = sweep.problem === null ? '' : ` ${sentenceOf(sweep.problem, 'en')}`
  const where = sweep.cluster === null ? '' : `, on the cluster at ${new URL(sweep.cluster.address).host}`
  const on = sweep.state === 'paused' ? ` “lab sweep resume ${sweep.id}” lets it go on.` : ''
  return `Sweep ${sweep.id}: ${state}${where}; ${sweep.begun} of ${sweep.runs} runs begun, ${duration(sweep.seconds)} of training.${best}${why}${on}`
}

/** Sweeps as rows of a table. */
export function sweepTable(sweeps: readonly SweepSummary[]): string {
  const rows = sweeps.map(({ id, state, plan, begun, runs, seconds, best }) => [
    String(id),
    state,
    plan.base.config.data.dataset,
    plan.axes.length === 0 ? 'seed' : plan.axes.map(({ setting }) => setting).join(', '),
    `${plan.points.kind}${plan.halving === null ? '' : ', halving'}`,
    String(begun),
    String(runs),
    duration(seconds),
    best === null ? absent : percent(best.accuracy),
  ])
  return table(['SWEEP', 'STATE', 'DATA SET', 'SETTINGS', 'METHOD', 'BEGUN', 'OF', 'TRAINING', 'BEST'], rows)
}

/** Where a trial stands, and why it got no farther. */
export function standingWords({ standing, rungSteps, place, among, problem }: SweepTrial): string {
  const at = place === null ? '' : `, place ${place} of ${among}`
  switch (standing) {
    case 'early':
      return `ended after ${rungSteps} steps${at}`
    case 'waiting':
      return `waits after ${rungSteps} steps${at}`
    case 'failed':
      return problem === null ? 'failed' : `failed: ${problem.code}`
    case 'gone':
      return 'its run was deleted'
    default:
      return standing
  }
}

function trialTable({ sweep: { plan }, trials }: SweepDetail): string {
  const settings = plan.axes.map(({ setting }) => setting)
  const rows = [...trials]
    .sort((one, other) => (other.best?.accuracy ?? -1) - (one.best?.accuracy ?? -1) || one.trial - other.trial)
    .map((trial) => [
      trial.run === null ? absent : String(trial.run),
      ...trial.values.map(String),
      String(trial.seed),
      String(trial.step),
      trial.last === null ? absent : percent(trial.last.accuracy),
      trial.best === null ? absent : percent(trial.best.accuracy),
      duration(trial.seconds),
      standingWords(trial),
    ])
  const headings = ['RUN', ...settings.map((name) => name.toUpperCase()), 'SEED', 'STEP', 'LAST', 'BEST', 'TRAINING']
  return table([...headings, 'STANDS'], rows)
}

/** Which setting mattered, in words. */
export function effectsWords(effects: SettingEffects): string {
  switch (effects.kind) {
    case 'too-few':
      return `Which setting mattered cannot be said of ${effects.points} points; ${effects.needed} are needed.`
    case 'equal':
      return 'All results are equal, so no setting made a difference.'
    case 'known': {
      const few = effects.few ? ` Only ${effects.points} points: take this as a hint.` : ''
      const rows = effects.effects.map(({ setting, share, interval: [low, high], p, correlation }) => [
        setting,
        percent(share),
        `${percent(low)} … ${percent(high)}`,
        p < 0.001 ? '< 0.001' : p.toFixed(3),
        correlation === null ? absent : correlation.toFixed(2),
      ])
      const lines = table(['SETTING', 'SHARE', '95 % INTERVAL', 'BY CHANCE', 'CORRELATION'], rows)
      return `How much of the differences goes with each setting alone:${few}\n${lines}`
    }
  }
}

/** A sweep with its trials, the best first, and which setting mattered. */
export function sweepWords(detail: SweepDetail): string {
  const parts = [sweepSentence(detail.sweep)]
  if (detail.trials.length > 0) parts.push(trialTable(detail))
  // Repeats have no setting that could matter.
  if (detail.trials.length > 0 && detail.sweep.plan.axes.length > 0) parts.push(effectsWords(effectsOf(detail)))
  return parts.join('\n\n')
}

/** A sweep as one JSON value, with its trials by setting and which setting mattered. */
export function sweepJson(detail: SweepDetail): object {
  const settings = detail.sweep.plan.axes.map(({ setting }) => setting)
  return {
    ...detail.sweep,
    trials: detail.trials.map(({ values, ...trial }) => ({
      ...trial,
      values: Object.fromEntries(settings.map((setting, index) => [setting, values[index]])),
    })),
    effects: effectsOf(detail),
  }
}
