import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { SendingEvent, SweepToSend } from '../sweep/sending.ts'
import { SweepDetail, SweepSummary } from '../sweep/sweep.ts'
import { SweepId, SweepPlan } from '../sweep/sweepPlan.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

const ofSweep = z.strictObject({ sweep: SweepId })

/** `here`: where its cluster cannot be asked, it ends here alone, and is stopped there when that answers again. */
const toEnd = ofSweep.extend({ here: z.boolean().optional() })

/**
 * Sweeps: many runs over some settings. One run trains at a time; runs that a person has queued go before the next one
 * of a sweep, and of several sweeps the one that was begun first goes first. Changes come as `sweep` events.
 */
export const sweepsContract = {
  /** Newest first, deleted ones too. */
  list: call.output(z.array(SweepSummary)),
  /** A sweep with the trials that it has begun. */
  show: call.input(ofSweep).output(SweepDetail),
  /**
   * Checks the settings of the trials as runs are checked, then begins. A sweep of more than 1,000 runs is refused
   * unless `confirmed` is their number.
   */
  start: call.input(z.strictObject({ plan: SweepPlan, confirmed: z.int().min(1).optional() })).output(SweepSummary),
  /**
   * Sends a sweep to a cluster, checked as by `start`, or lets one go on there, as `resume` does; ends with `begun`. Who
   * stops listening before that cancels it: nothing is stored then, and a sweep that waited goes on waiting.
   */
  send: call.input(SweepToSend).output(eventIterator(SendingEvent)),
  /** Pauses the run of it that trains, with a checkpoint, and begins no other. */
  pause: call.input(toEnd).output(SweepSummary),
  /** Goes on exactly where it was. */
  resume: call.input(ofSweep).output(SweepSummary),
  /** Ends it for good: the run that trains is stopped. Its runs are kept. */
  cancel: call.input(toEnd).output(SweepSummary),
  /**
   * Deletes a sweep, and with `runs: 'bin'` puts its runs into the bin. One that is under way is refused, and so is one
   * of whose runs a person lets one train.
   */
  delete: call.input(z.strictObject({ sweep: SweepId, runs: z.enum(['bin', 'keep']) })).output(SweepSummary),
  /** Takes a deletion back, with the runs that went into the bin by it and are still there. */
  restore: call.input(ofSweep).output(SweepSummary),
}
