import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Db } from '../../db/database.ts'
import { createJournal, type Journal } from '../../db/journal.ts'
import { createStationArrivals } from '../../db/station-arrivals.ts'
import type { StationGateway } from '../../domain/ports.ts'
import type { Central, StationPolicy } from '../../ocpp-central/central.ts'
import { createAttemptBook } from '../../ocpp-central/attempt-book.ts'
import { createTurns } from '../../ocpp-central/turns.ts'
import { attachChargerSockets, type ChargerSocketOptions } from '../../runtime/charger-sockets.ts'
import { emptyDatabase } from './database.ts'

export interface TestCentral {
  db: Db
  journal: Journal
  wsUrl: string
  gateway: StationGateway
  stop(): Promise<void>
}

export interface TestCentralOptions extends ChargerSocketOptions {
  /** An empty one when left out. */
  db?: Db
  policy?: StationPolicy
  now?: () => Date
  callTimeoutMs?: number
  journal?: Journal
}

/** A central system alone, on a port of its own: no API, no jobs. Last values are written with every message, so that tests can read them. */
export async function startCentral(options: TestCentralOptions = {}): Promise<TestCentral> {
  const db = options.db ?? (await emptyDatabase())
  const journal = options.journal ?? createJournal(db, { lastValuesEveryMs: 0 })
  const silent = () => undefined
  const now = options.now ?? (() => new Date())
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const central: Central = {
    db,
    journal,
    arrivals: createStationArrivals(db),
    attempts: createAttemptBook({ db, now, log }, 10),
    turns: createTurns(8),
    now,
    log,
    policy: options.policy ?? 'pending',
    heartbeatSeconds: 300,
    callTimeoutMs: options.callTimeoutMs ?? 5000,
  }
  const server = createServer((_request, response) => response.writeHead(404).end())
  const sockets = attachChargerSockets(server, central, options)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    db,
    journal,
    gateway: sockets.gateway,
    wsUrl: `ws://127.0.0.1:${port}`,
    async stop() {
      await sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
