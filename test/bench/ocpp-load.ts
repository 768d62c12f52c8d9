/** The chargers, in a process of their own: one load, told as JSON, reported to the parent. */
import { runLoad, type LoadOptions } from '../../simulators/load.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions
process.on('disconnect', () => process.exit(1))
const report = await runLoad({ ...options, progress: (progress) => void process.send?.({ progress }) })
process.send?.({ report }, () => process.exit(0))
