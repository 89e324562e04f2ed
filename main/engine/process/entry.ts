// The program of the engine process: TensorFlow, and nothing that a checkpoint lacks.
import { RPCHandler } from '@orpc/server/message-port'
import { engineRouter } from './orders.ts'
import { parentPort } from './parentPort.ts'

// Nobody is left to hear of a step or to count a checkpoint: end at once and write nothing.
process.on('disconnect', () => process.exit(0))

// A terminal's Ctrl-C, its closing and a shutdown reach every process of the lab. Main decides what becomes of the run:
// it needs this process to write the checkpoint, and ends it afterwards.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined)

new RPCHandler(engineRouter).upgrade(parentPort())
