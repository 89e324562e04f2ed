export { nodeWheelVersion, tensorflowVersion } from '../../setup/wheels/versions.mjs'
