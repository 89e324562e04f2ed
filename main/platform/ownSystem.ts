import { targetOf } from '../../setup/platform/platform.mjs'

/** This computer's system and processor, as archives name them, such as `win-x64`; null where nothing is made for it. */
export function ownSystem(platform = process.platform, architecture = process.arch): string | null {
  return targetOf({ platform, architecture })
}
