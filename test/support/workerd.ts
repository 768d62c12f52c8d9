import { fileURLToPath } from 'node:url'
import { createTestHarness, unstable_readConfig } from 'wrangler'
import type { Command, CommandOutcome } from '../../domain/command.ts'

const CONFIG = fileURLToPath(new URL('../../wrangler.toml', import.meta.url))

export interface Workerd {
  url: string
  /** To a station's object itself, as the scheduler and the API do. */
  command(stationId: string, command: Command): Promise<CommandOutcome>
  /** Puts an object to sleep as the platform would; its sockets stay open. */
  hibernate(binding: 'STATIONS', name: string): Promise<void>
  /** Wakes the Worker like this cron; resolves with the outcome. */
  cron(cron: string): Promise<string>
  close(): Promise<void>
}

interface Bindings {
  STATIONS: { getByName(stationId: string): { send(command: Command): Promise<CommandOutcome> } }
}

/** `runtime/worker.ts` under workerd, as wrangler.toml describes it, with the PostgreSQL at `databaseUrl` behind Hyperdrive. */
export async function startWorkerd(databaseUrl: string, variables: Record<string, string> = {}): Promise<Workerd> {
  // Nothing of this may ask for anything outside the machine.
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
  // Hyperdrive insists on a password, also where none is asked for.
  const database = new URL(databaseUrl)
  database.password ||= 'none'
  const { hyperdrive, vars, ...config } = unstable_readConfig({ config: CONFIG })
  const harness = createTestHarness({
    workers: [
      {
        config: {
          ...config,
          vars: { ...vars, ...variables },
          hyperdrive: hyperdrive.map((one: object) => ({ ...one, localConnectionString: database.href })),
        },
      },
    ],
  })
  const { url } = await harness.listen()
  const worker = harness.getWorker<Bindings>()
  return {
    url: url.origin,
    async command(stationId, command) {
      const { STATIONS } = await worker.getEnv()
      return STATIONS.getByName(stationId).send(command)
    },
    // Its type knows only bindings typed by Cloudflare's own global types, which would fight Node's here.
    hibernate: (binding, name) => worker.evictDurableObject(binding as never, { name, webSockets: 'hibernate' }),
    cron: async (cron) => (await worker.scheduled({ cron })).outcome,
    close: () => harness.close(),
  }
}
