import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readSisterCities, type SisterCity } from '../domain/city-glance.ts'
import { readMapTiles, type MapTiles } from '../domain/map-tiles.ts'
import { ENTSOE_URL, type MarketSources } from '../scheduler/jobs/market/market-sources.ts'
import type { PositionSources } from '../scheduler/jobs/positions/position-sources.ts'
import type { AuthConfig } from '../fleet-api/auth/auth-options.ts'

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
  /** How people sign in. */
  auth: AuthConfig
  stationPolicy: 'known' | 'pending' | 'open'
  /** Webhooks, report addresses and sources on private networks or without TLS. */
  outboundPrivate: boolean
  /** Proxies of the operator's in front of the server, whose X-Forwarded-For is believed. */
  trustedProxies: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Where vehicles send telemetry; the address may carry a password. null: nowhere. */
  mqtt: { url: string; topic: string; clientId: string } | null
  /** Outside services for prices and weather. */
  market: MarketSources
  /** Outside feeds that tell where vehicles are. */
  positions: PositionSources
  /** Pictures under the pages' maps; null: a plain ground. */
  mapTiles: MapTiles | null
  /** Other cities to stand beside this one. */
  sisters: SisterCity[]
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
Environment: PORT, HOST, DATABASE_URL, DATA_DIR, ADMIN_KEY, AUTH_SECRET, PUBLIC_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET,
STATION_POLICY (known, pending or open), MQTT_URL, MQTT_TOPIC, MQTT_CLIENT_ID, ENTSOE_TOKEN, ENTSOE_URL, OPEN_METEO_URL, GTFS_RT_URL, GTFS_RT_AUTHORIZATION,
MAP_TILES, MAP_ATTRIBUTION, SISTER_CITIES, OUTBOUND (public or private), TRUSTED_PROXIES, LOG_LEVEL (debug, info, warn, error or silent).`

const portNumber = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .refine((port) => port <= 65_535)

const webAddress = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))

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
  AUTH_SECRET: {
    schema: z.string().regex(/^[\x21-\x7e]{32,}$/),
    remedy:
      'must have at least 32 characters and no spaces; make one with: openssl rand -hex 32; leave it out and the database keeps one',
  },
  PUBLIC_URL: {
    schema: z.string().refine(isWebOrigin),
    remedy: 'must be where browsers reach the server, without a path, like https://depot.example',
  },
  OIDC_ISSUER: {
    schema: z.string().refine(isWebAddress),
    remedy:
      'must be the address of an identity provider that speaks OpenID Connect, like https://login.example/realms/city',
  },
  OIDC_CLIENT_ID: { schema: z.string().min(1), remedy: 'must be the name under which the identity provider knows us' },
  OIDC_CLIENT_SECRET: {
    schema: z.string().min(1),
    remedy: 'must be what the identity provider gave with OIDC_CLIENT_ID',
  },
  STATION_POLICY: {
    schema: z.enum(['known', 'pending', 'open']),
    remedy: 'must be known, pending or open: what happens to a station that nobody entered',
  },
  OUTBOUND: {
    schema: z.enum(['public', 'private']),
    remedy: 'must be public or private: whether the server may send to private networks and without TLS',
  },
  TRUSTED_PROXIES: {
    schema: z
      .string()
      .regex(/^[0-5]$/)
      .transform(Number),
    remedy:
      'must be the number of proxies of yours in front of the server, from 0 to 5: their X-Forwarded-For is believed',
  },
  LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    remedy: 'must be debug, info, warn, error or silent',
  },
  MQTT_URL: {
    schema: z.string().refine(isMqttUrl),
    remedy: 'must be the address of an MQTT broker, like mqtts://user:password@host:8883',
  },
  MQTT_TOPIC: {
    schema: z.string().max(1000),
    remedy: 'must be a topic filter, like zaryad/telemetry/#',
  },
  MQTT_CLIENT_ID: {
    schema: z.string().regex(/^[\w.-]{1,64}$/),
    remedy: 'must have 1 to 64 letters, digits or _ . -, and be no other client’s of this broker',
  },
  ENTSOE_TOKEN: {
    schema: z.string().regex(/^[\x21-\x7e]{8,200}$/),
    remedy: 'must be the security token of an account on transparency.entsoe.eu; leave it out to fetch no prices',
  },
  ENTSOE_URL: {
    schema: webAddress,
    remedy: 'must be the address of the ENTSO-E API; leave it out for the public one',
  },
  OPEN_METEO_URL: {
    schema: webAddress,
    remedy: 'must be an address like https://api.open-meteo.com; leave it out to fetch no weather',
  },
  GTFS_RT_URL: {
    schema: z
      .string()
      .transform((text) => text.trim().split(/\s+/))
      .pipe(z.array(webAddress).min(1).max(5)),
    remedy:
      'must be up to five addresses of GTFS-Realtime feeds with a blank between, like https://city.example/vehicles.pb',
  },
  GTFS_RT_AUTHORIZATION: {
    schema: z.string().regex(/^[\x20-\x7e]{1,500}$/),
    remedy: 'must be the Authorization header that the GTFS-Realtime feeds ask for, like: Bearer KEY',
  },
  MAP_TILES: {
    schema: z.string().max(500),
    remedy: 'must be the address of map tiles, like https://tile.example.org/{z}/{x}/{y}.png, its host spelled out',
  },
  MAP_ATTRIBUTION: {
    schema: z.string().max(300),
    remedy:
      'must be what is to be shown with the tiles, and may end with a link, like: © Somebody https://somebody.example',
  },
  SISTER_CITIES: {
    schema: z
      .string()
      .transform((text) => readSisterCities(text))
      .refine((cities) => cities !== null),
    remedy:
      'must be up to five names with the addresses of their servers, like: Burgas=https://burgas.example; Ruse=https://ruse.example',
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

/** The environment variables that are read. */
export const VARIABLES = Object.keys(rules).filter((name) => !name.startsWith('--'))

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
  const outbound = read('OUTBOUND', environment['OUTBOUND'])
  const trustedProxies = read('TRUSTED_PROXIES', environment['TRUSTED_PROXIES']) ?? 0
  const logLevel = read('LOG_LEVEL', environment['LOG_LEVEL']) ?? 'info'
  const mqttUrl = read('MQTT_URL', environment['MQTT_URL'])
  const mqttTopic = read('MQTT_TOPIC', environment['MQTT_TOPIC']) ?? 'zaryad/telemetry/#'
  const mqttClientId = read('MQTT_CLIENT_ID', environment['MQTT_CLIENT_ID']) ?? 'zaryad'
  const entsoeToken = read('ENTSOE_TOKEN', environment['ENTSOE_TOKEN'])
  const entsoeUrl = read('ENTSOE_URL', environment['ENTSOE_URL']) ?? ENTSOE_URL
  const openMeteoUrl = read('OPEN_METEO_URL', environment['OPEN_METEO_URL'])
  const realtimeUrls = read('GTFS_RT_URL', environment['GTFS_RT_URL']) ?? []
  const realtimeAuthorization = read('GTFS_RT_AUTHORIZATION', environment['GTFS_RT_AUTHORIZATION'])
  const sisters = read('SISTER_CITIES', environment['SISTER_CITIES']) ?? []
  const mapTiles = readTiles(read, environment, problems)
  const speed = read('--speed', flags.speed)
  const city = read('--city', flags.city)
  if (!flags.demo && (flags.speed !== undefined || flags.city !== undefined)) {
    problems.push('--speed and --city belong to the demo: add --demo.')
  }
  const auth = readAuth(read, environment, problems)
  if (problems.length > 0) throw new ConfigProblems(problems)
  return {
    host,
    port,
    databaseUrl,
    dataDirectory,
    adminKey,
    auth,
    stationPolicy: flags.demo ? 'open' : (policy ?? 'pending'),
    outboundPrivate: outbound === 'private',
    trustedProxies,
    logLevel,
    mqtt: mqttUrl === null ? null : { url: mqttUrl, topic: mqttTopic, clientId: mqttClientId },
    market: {
      entsoeUrl,
      entsoeToken,
      openMeteoUrl,
    },
    positions: { urls: realtimeUrls, authorization: realtimeAuthorization },
    sisters,
    mapTiles: flags.demo ? null : mapTiles,
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

function isMqttUrl(text: string): boolean {
  return URL.canParse(text) && /^(mqtts?|wss?):$/.test(new URL(text).protocol)
}

type AuthVariable = 'AUTH_SECRET' | 'PUBLIC_URL' | 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET'

function readAuth(
  read: (name: AuthVariable, text: string | undefined) => string | null,
  environment: Record<string, string | undefined>,
  problems: string[],
): AuthConfig {
  const of = (name: AuthVariable) => read(name, environment[name])
  const [secret, publicUrl] = [of('AUTH_SECRET'), of('PUBLIC_URL')]
  const [issuer, clientId, clientSecret] = [of('OIDC_ISSUER'), of('OIDC_CLIENT_ID'), of('OIDC_CLIENT_SECRET')]
  const oidc = issuer === null || clientId === null || clientSecret === null ? null : { issuer, clientId, clientSecret }
  if (oidc === null && ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].some((name) => environment[name]))
    problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three, or none.')
  return { secret, publicUrl, oidc }
}

function readTiles(
  read: (name: 'MAP_TILES' | 'MAP_ATTRIBUTION', text: string | undefined) => string | null,
  environment: Record<string, string | undefined>,
  problems: string[],
): MapTiles | null {
  const url = read('MAP_TILES', environment['MAP_TILES'])
  const attribution = read('MAP_ATTRIBUTION', environment['MAP_ATTRIBUTION'])
  if (url === null) return null
  if (attribution === null) {
    problems.push('MAP_TILES needs MAP_ATTRIBUTION: whose map it is stands on every map.')
    return null
  }
  const tiles = readMapTiles(url, attribution)
  if (tiles === null) problems.push(`MAP_TILES ${rules.MAP_TILES.remedy}.`)
  return tiles
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function isWebOrigin(text: string): boolean {
  return isWebAddress(text) && new URL(text).pathname === '/' && new URL(text).search === ''
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)
}
