import { config } from 'zod/v4/core'

// When the first schema is created, Zod tests whether it may compile code. The page's content security policy forbids
// that and would report the attempt, so this file must be imported before any schema.
config({ jitless: true })
