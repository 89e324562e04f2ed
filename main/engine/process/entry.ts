// The program of the engine process: TensorFlow, and no state that a checkpoint lacks.
import os from 'node:os'
import { RPCHandler } from '@orpc/server/message-port'
import { engineRouter } from './orders.ts'
import { parentPort } from './parentPort.ts'

// Set before any thread computes: on Linux threads take it over from the one that starts them.
if (process.argv.includes('background')) os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)

// Nobody is left to receive events or to count a checkpoint, so exit at once and write nothing.
process.on('disconnect', () => process.exit(0))

// Ctrl-C in a terminal, closing the terminal and a shutdown signal every process of the lab. Main decides what happens
// to the run. It needs this process to write the checkpoint, and ends it afterwards.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined)

new RPCHandler(engineRouter).upgrade(parentPort())
