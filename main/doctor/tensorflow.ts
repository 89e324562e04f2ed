import { problemOf } from '../../core/words/problems.ts'
import { EngineHost, type LaunchEngine } from '../engine/host/engineHost.ts'
import { amiss, sound, type Finding } from './finding.ts'

/** Whether the engine starts, with TensorFlow in it. */
export async function examineTensorflow(launch: LaunchEngine): Promise<Finding> {
  const engine = new EngineHost({ launch, onStatus: () => undefined })
  try {
    const { tensorflow, processor, threads } = await engine.ready()
    return sound('tensorflow', 'tensorflow', { version: tensorflow, processor, threads })
  } catch (thrown) {
    return amiss('tensorflow', problemOf(thrown))
  } finally {
    await engine.close()
  }
}
