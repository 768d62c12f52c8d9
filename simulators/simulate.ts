import { parseArgs } from 'node:util'
import { runLoad } from './load.ts'
import type { LoadProtocol } from './load-messages.ts'

const USAGE = `Usage: npm run simulate -- [options]
  --url ws://localhost:8080/ocpp   any OCPP central system, without the station's identity
  --stations 1000                  how many
  --protocol ocpp2.0.1             or ocpp1.6
  --rate 0                         meter messages a second over all stations; 0: as fast as they are answered
  --duration 30                    seconds of meter messages, at most 3600
  --prefix LOAD-                   identities are this and a number
  --allow-remote                   permit a target that is not this machine
  --json                           print the report as JSON

The server must let unknown stations in (Zaryad: STATION_POLICY=open), or know them.`

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'ws://localhost:8080/ocpp' },
    stations: { type: 'string', default: '1000' },
    protocol: { type: 'string', default: 'ocpp2.0.1' },
    rate: { type: 'string', default: '0' },
    duration: { type: 'string', default: '30' },
    prefix: { type: 'string', default: 'LOAD-' },
    'allow-remote': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const problems: string[] = []
const url = URL.parse(values.url)
if (url === null || !/^wss?:$/.test(url.protocol)) problems.push(`--url must be ws://… or wss://…, not ${values.url}`)
else if (!values['allow-remote'] && !isLoopback(url.hostname)) {
  problems.push(
    `${url.hostname} is not this machine: a load test needs its owner's consent. Add --allow-remote if you have it.`,
  )
}
if (!isProtocol(values.protocol)) problems.push(`--protocol must be ocpp2.0.1 or ocpp1.6, not ${values.protocol}`)
const stations = number('--stations', values.stations, 1, 100_000)
const rate = number('--rate', values.rate, 0, 1_000_000)
const durationSeconds = number('--duration', values.duration, 1, 3_600)
if (problems.length > 0 || !isProtocol(values.protocol)) {
  console.error(`${problems.join('\n')}\n\n${USAGE}`)
  process.exit(1)
}

const abort = new AbortController()
process.once('SIGINT', () => abort.abort())
const report = await runLoad({
  url: values.url.replace(/\/+$/, ''),
  stations,
  protocol: values.protocol,
  rate,
  durationSeconds,
  prefix: values.prefix,
  signal: abort.signal,
  progress: ({ phase, seconds, stationsIn, answeredLastSecond, p50Ms, p99Ms, errors }) => {
    if (values.json) return
    console.log(
      `${phase} ${seconds.toFixed(0).padStart(4)} s  ${stationsIn} stations  ${answeredLastSecond} answers/s  ` +
        `p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms  ${errors} errors`,
    )
  },
})

if (values.json) console.log(JSON.stringify(report, null, 2))
else {
  console.log(`
stations        ${report.stationsIn} of ${stations} in, ${report.bootSeconds.toFixed(1)} s, ${report.bootsPerSecond.toFixed(0)} a second
meter messages  ${report.answered} answered in ${report.seconds.toFixed(1)} s: ${report.messagesPerSecond.toFixed(0)} a second
latency         p50 ${report.p50Ms.toFixed(1)} ms, p99 ${report.p99Ms.toFixed(1)} ms, at most ${report.maxInFlight} at once`)
  for (const [error, times] of Object.entries(report.errors)) console.log(`error           ${times} × ${error}`)
}
process.exitCode = report.stationsIn === stations && Object.keys(report.errors).length === 0 ? 0 : 2

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < least || value > most)
    problems.push(`${name} must be ${least} to ${most}, not ${text}`)
  return value
}

function isProtocol(text: string): text is LoadProtocol {
  return text === 'ocpp1.6' || text === 'ocpp2.0.1'
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}
