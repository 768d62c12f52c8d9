import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

/** How one server is to run. Made once at start, from the environment and the command line; nothing else reads either. */
export interface Config {
  host: string
  port: number
  /** PostgreSQL; null: the database embedded in `dataDirectory`. */
  databaseUrl: string | null
  /** Absolute path of the embedded database and of the generated key. */
  dataDirectory: string
  /** An API key with all rights; null: none was given. */
  adminKey: string | null
  stationPolicy: 'known' | 'pending' | 'open'
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** null: real life. */
  demo: { city: string; speed: number } | null
}

/** Every problem of the environment and the command line at once, each with what to do about it. */
export class ConfigProblems extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(['The server cannot start like this:', ...problems.map((problem) => `  - ${problem}`)].join('\n'))
    this.name = 'ConfigProblems'
    this.problems = problems
  }
}

export const usage = `npm start [-- options]
  --port 8080          where to listen (also PORT)
  --demo               a simulated city in a database in memory, on a clock of its own
  --speed 60           simulated seconds a second, with --demo
  --city blagoevgrad   a folder of examples/, with --demo
  --help               this text
Environment: PORT, HOST, DATABASE_URL, DATA_DIR, ADMIN_KEY, STATION_POLICY (known, pending or open), LOG_LEVEL (debug, info, warn, error or silent).`

const portNumber = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((port) => port <= 65_535)

/** One rule a name: what it must be, and what to do when it is not. */
const rules = {
  PORT: { schema: portNumber, remedy: 'must be a port number from 0 to 65535, like 8080' },
  HOST: { schema: z.string().min(1), remedy: 'must be an address to listen on, like 127.0.0.1; leave it out for all' },
  DATABASE_URL: {
    schema: z.string().refine(isPostgresUrl),
    remedy:
      'must be the address of a PostgreSQL database, like postgres://user:password@host:5432/zaryad; leave it out for the embedded one',
  },
  DATA_DIR: { schema: z.string().min(1), remedy: 'must be a folder that the server may write to, like ./data' },
  ADMIN_KEY: {
    schema: z.string().regex(/^[\x21-\x7e]{16,}$/),
    remedy: 'must have at least 16 characters and no spaces; make one with: openssl rand -hex 24',
  },
  STATION_POLICY: {
    schema: z.enum(['known', 'pending', 'open']),
    remedy: 'must be known, pending or open: what happens to a station that nobody entered',
  },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    remedy: 'must be debug, info, warn, error or silent',
  },
  '--port': { schema: portNumber, remedy: 'must be a port number from 0 to 65535, like 8080' },
  '--speed': {
    schema: z
      .string()
      .transform(Number)
      .refine((speed) => speed >= 1 && speed <= 3_600),
    remedy: 'must be a number of simulated seconds a second, from 1 to 3600, like 60',
  },
  '--city': {
    schema: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    remedy: 'must be the name of a folder in examples/, like blagoevgrad',
  },
}

/** Reads the environment and `args`; an empty variable counts as one that is not set. Throws `ConfigProblems` with all that is wrong. */
export function readConfig(
  args: readonly string[] = process.argv.slice(2),
  environment: Record<string, string | undefined> = process.env,
): Config {
  const problems: string[] = []
  const flags = readFlags(args, problems)

  function read<Name extends keyof typeof rules>(
    name: Name,
    text: string | undefined,
  ): z.output<(typeof rules)[Name]['schema']> | null {
    if (text === undefined || text === '') return null
    const { schema, remedy } = rules[name]
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data as z.output<(typeof rules)[Name]['schema']>
    // What was given may be a secret: it is not repeated.
    problems.push(`${name} ${remedy}.`)
    return null
  }

  const port = read('--port', flags.port) ?? read('PORT', environment['PORT']) ?? 8080
  const host = read('HOST', environment['HOST']) ?? '0.0.0.0'
  const databaseUrl = read('DATABASE_URL', environment['DATABASE_URL'])
  const dataDirectory = resolve(read('DATA_DIR', environment['DATA_DIR']) ?? './data')
  const adminKey = read('ADMIN_KEY', environment['ADMIN_KEY'])
  const policy = read('STATION_POLICY', environment['STATION_POLICY'])
  const logLevel = read('LOG_LEVEL', environment['LOG_LEVEL']) ?? 'info'
  const speed = read('--speed', flags.speed)
  const city = read('--city', flags.city)
  if (!flags.demo && (flags.speed !== undefined || flags.city !== undefined)) {
    problems.push('--speed and --city belong to the demo: add --demo.')
  }
  if (problems.length > 0) throw new ConfigProblems(problems)
  return {
    host,
    port,
    databaseUrl,
    dataDirectory,
    adminKey,
    stationPolicy: flags.demo ? 'open' : (policy ?? 'pending'),
    logLevel,
    demo: flags.demo ? { city: city ?? 'blagoevgrad', speed: speed ?? 60 } : null,
  }
}

function readFlags(
  args: readonly string[],
  problems: string[],
): { demo: boolean; port?: string | undefined; speed?: string | undefined; city?: string | undefined } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        demo: { type: 'boolean', default: false },
        port: { type: 'string' },
        speed: { type: 'string' },
        city: { type: 'string' },
      },
    })
    return values
  } catch (error) {
    problems.push(`${error instanceof Error ? error.message : String(error)} See: npm start -- --help`)
    return { demo: args.includes('--demo') }
  }
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
}
