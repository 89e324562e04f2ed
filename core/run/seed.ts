import { z } from 'zod'

/** A key of Philox's random numbers: a uint32. */
export const Seed = z.int().min(0).max(0xffff_ffff)
