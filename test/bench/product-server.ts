/** The server under measurement: the product's own, without jobs, in a process of its own. Told by its parent where the database is. */
import { createLog } from '../../runtime/log.ts'
import { openDatabase } from '../../runtime/open-database.ts'
import { realClock } from '../../runtime/clock.ts'
import { startServer } from '../../runtime/server.ts'

const databaseUrl = process.argv[2] || null
const log = createLog('warn')
const database = await openDatabase({ databaseUrl, dataDirectory: null }, log)
const server = await startServer({
  db: database.db,
  now: realClock,
  log,
  host: '127.0.0.1',
  port: 0,
  access: { adminKey: null, open: true },
  clock: { speed: 1, demo: false },
  stationPolicy: 'open',
  outbound: { allowPrivate: false },
  jobs: [],
  sharedDatabase: false,
})

process.on('message', (asked) => {
  if (asked === 'usage') {
    const { user, system } = process.cpuUsage()
    process.send?.({ usage: { rssBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 } })
  }
  if (asked === 'end') {
    void server
      .close()
      .then(() => database.close())
      .then(() => process.exit(0))
  }
})
process.on('disconnect', () => process.exit(1))
process.send?.({ port: server.port })
