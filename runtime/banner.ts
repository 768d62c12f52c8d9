import type { Config } from './config.ts'
import type { Demo } from './demo.ts'
import { version } from './version.ts'

/** What a person reads when the server has started, and what to do next. */
export function serverBanner(
  config: Config,
  running: { port: number; database: string; key: { path: string; made: boolean } | null; setupLink: string | null },
): string {
  const url = `http://localhost:${running.port}`
  const chargers = `ws://${config.host === '0.0.0.0' ? 'THIS-MACHINE' : config.host}:${running.port}/ocpp/STATION-ID`
  const made = running.key?.made === true ? ['          (made just now; keep it to yourself)'] : []
  const key = [`Programs  with the key in ${running.key?.path ?? 'ADMIN_KEY'}`, ...made]
  const setup =
    running.setupLink === null
      ? []
      : ['', 'Nobody is admin yet. Become it with this link; it works once, within a day:', `  ${running.setupLink}`]
  return frame([
    `Zaryad ${version}`,
    '',
    `Pages     ${url}`,
    `API       ${url}/docs`,
    `Chargers  ${chargers}`,
    `Database  ${running.database}`,
    ...key,
    ...setup,
    '',
    'Next: hand in your fleet file and timetable on the pages, under Settings, Import. Or by command',
    '(the embedded database takes one process at a time: stop the server for it)',
    '  npm run import -- fleet fleet.json',
    '  npm run import -- gtfs feed.zip',
  ])
}

export function demoBanner(config: Config, demo: Pick<Demo, 'port' | 'controlPort' | 'city' | 'fleet'>): string {
  const url = `http://localhost:${demo.port}`
  const control = `http://127.0.0.1:${demo.controlPort}`
  const stations = demo.fleet.sites.flatMap((site) => site.stations.map((station) => station.id))
  const faults = [
    { kind: 'deadCharger', stationId: stations[0], minutes: 60 },
    { kind: 'cutLine', stationId: stations[1], minutes: 60 },
    { kind: 'lateBus', vehicleId: demo.fleet.vehicles[2]?.id, minutes: 90 },
  ]
  return frame([
    `Zaryad ${version} - demo: the simulated city of ${demo.city}, ${config.demo?.speed} seconds a second`,
    '',
    `Open      ${url}`,
    `API       ${url}/docs`,
    'Database  in memory, gone when this stops; ./data and DATABASE_URL are not touched',
    'Access    open to everyone who reaches this port; for trying out only',
    '',
    'Cause trouble and watch what happens:',
    ...faults.map((fault) => `  curl -X POST ${control}/faults -d '${JSON.stringify(fault)}'`),
    `  curl -X DELETE ${control}/faults     all well again;  curl ${control}/state  how the city stands`,
    'Stop with Ctrl+C.',
  ])
}

function frame(lines: readonly string[]): string {
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n\n`
}
