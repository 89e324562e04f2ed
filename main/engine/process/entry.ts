// The program of the engine process: TensorFlow, and no state that a checkpoint lacks.
import os from 'node:os'
import { RPCHandler } from '@orpc/server/message-port'
import { leaveEndToMain } from '../../platform/endSignals.ts'
import { engineRouter } from './orders.ts'
import { parentPort } from './parentPort.ts'

// Set before any thread computes: on Linux threads take it over from the one that starts them.
if (process.argv.includes('background')) os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)

// Nobody is left to receive events or to count a checkpoint, so exit at once and write nothing.
process.on('disconnect', () => process.exit(0))

// Main decides what happens to the run, and needs this process to write the checkpoint.
leaveEndToMain()

new RPCHandler(engineRouter).upgrade(parentPort())
