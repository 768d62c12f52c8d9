import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigProblems, readConfig, usage, VARIABLES } from '../../runtime/config.ts'

test('without any setting the server listens on 8080 with a database in ./data, and strangers wait for approval', () => {
  expect(readConfig([], {})).toEqual({
    host: '0.0.0.0',
    port: 8080,
    databaseUrl: null,
    dataDirectory: resolve('./data'),
    adminKey: null,
    auth: { secret: null, publicUrl: null, oidc: null },
    stationPolicy: 'pending',
    outboundPrivate: false,
    trustedProxies: 0,
    logLevel: 'info',
    mqtt: null,
    positions: { urls: [], authorization: null },
    market: { entsoeUrl: 'https://web-api.tp.entsoe.eu/api', entsoeToken: null, openMeteoUrl: null },
    sisters: [],
    mapTiles: null,
    demo: null,
  })
})

test('a flag wins over its variable, and an empty variable is as good as none', () => {
  const config = readConfig(['--port', '9000'], { PORT: '7000', DATABASE_URL: '', DATA_DIR: '/srv/zaryad' })
  expect(config).toMatchObject({ port: 9000, databaseUrl: null, dataDirectory: '/srv/zaryad' })
})

test('the demo runs Blagoevgrad at sixty, lets every station in, and takes another city and speed', () => {
  expect(readConfig(['--demo'], { STATION_POLICY: 'known' })).toMatchObject({
    stationPolicy: 'open',
    demo: { city: 'blagoevgrad', speed: 60 },
  })
  expect(readConfig(['--demo', '--city', 'burgas', '--speed', '10'], {}).demo).toEqual({ city: 'burgas', speed: 10 })
})

test('every problem is told at once with what to do, and no secret is repeated', () => {
  const read = () =>
    readConfig(['--speed', '5'], {
      PORT: 'eighty',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      ADMIN_KEY: 'short pass',
      STATION_POLICY: 'closed',
      LOG_LEVEL: 'loud',
    })
  expect(read).toThrow(ConfigProblems)
  try {
    read()
  } catch (error) {
    const { message } = error as ConfigProblems
    for (const name of ['PORT', 'DATABASE_URL', 'ADMIN_KEY', 'STATION_POLICY', 'LOG_LEVEL', '--speed']) {
      expect(message).toContain(`  - ${name} `)
    }
    expect(message).toContain('openssl rand -hex 24')
    expect(message).not.toMatch(/hunter2|short pass/)
  }
})

test('an unknown option and a city outside examples/ are refused', () => {
  expect(() => readConfig(['--dmeo'], {})).toThrow(/--dmeo/)
  expect(() => readConfig(['--demo', '--city', '../../etc'], {})).toThrow(/folder in examples/)
})

test('an MQTT broker may be named with its password, and is listened to where telemetry is sent', () => {
  const url = 'mqtts://anna:hunter2@broker:8883'
  expect(readConfig([], { MQTT_URL: url }).mqtt).toEqual({ url, topic: 'zaryad/telemetry/#', clientId: 'zaryad' })
  const other = readConfig([], { MQTT_URL: url, MQTT_TOPIC: 'buses/+/state', MQTT_CLIENT_ID: 'depot-2' })
  expect(other.mqtt).toMatchObject({ topic: 'buses/+/state', clientId: 'depot-2' })
  expect(() => readConfig([], { MQTT_URL: 'http://anna:hunter2@broker' })).toThrow(/MQTT_URL must be the address/)
})

test('an identity provider takes all three of its variables, and a short secret is refused without being repeated', () => {
  const OIDC = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'zaryad', OIDC_CLIENT_SECRET: 'hush-hush' }
  const config = readConfig([], { ...OIDC, AUTH_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://depot.example' })
  expect(config.auth).toEqual({
    secret: 'x'.repeat(32),
    publicUrl: 'https://depot.example',
    oidc: { issuer: 'https://login.example', clientId: 'zaryad', clientSecret: 'hush-hush' },
  })
  expect(() => readConfig([], { ...OIDC, OIDC_CLIENT_SECRET: '' })).toThrow(/belong together/)
  expect(() => readConfig([], { AUTH_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2).*AUTH_SECRET must/s)
  expect(() => readConfig([], { PUBLIC_URL: 'https://depot.example/zaryad' })).toThrow(/without a path/)
})

test('services for prices and weather are asked only when they are configured, and their key is not repeated', () => {
  const { market } = readConfig([], { ENTSOE_TOKEN: 'a-token-of-entsoe', OPEN_METEO_URL: 'https://api.open-meteo.com' })
  expect(market).toMatchObject({ entsoeToken: 'a-token-of-entsoe', openMeteoUrl: 'https://api.open-meteo.com' })
  const read = () => readConfig([], { ENTSOE_TOKEN: 'two words', ENTSOE_URL: 'ftp://x', OPEN_METEO_URL: 'yes' })
  expect(read).toThrow(/ENTSOE_TOKEN must[^]*ENTSOE_URL must[^]*OPEN_METEO_URL must/)
  expect(read).not.toThrow(/two words/)
})

test('proxies in front are believed only as many as are told of', () => {
  expect(readConfig([], { TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2)
  for (const wrong of ['all', '-1', '6', '1.5'])
    expect(() => readConfig([], { TRUSTED_PROXIES: wrong })).toThrow(/TRUSTED_PROXIES must/)
})

test('sister cities are names with addresses, in life and in the demo', () => {
  const environment = { SISTER_CITIES: 'Burgas=http://127.0.0.1:8090; Ruse=https://ruse.example' }
  const sisters = [
    { name: 'Burgas', url: 'http://127.0.0.1:8090' },
    { name: 'Ruse', url: 'https://ruse.example' },
  ]
  expect(readConfig(['--demo'], environment).sisters).toEqual(sisters)
  expect(readConfig([], environment).sisters).toEqual(sisters)
  expect(() => readConfig([], { SISTER_CITIES: 'burgas.example' })).toThrow(/SISTER_CITIES must/)
})

test('map tiles come with the words that go on the map, and never in the demo', () => {
  const environment = {
    MAP_TILES: 'https://tile.example/{z}/{x}/{y}.png',
    MAP_ATTRIBUTION: '© City https://city.example',
  }
  expect(readConfig([], environment).mapTiles).toEqual({
    url: 'https://tile.example/{z}/{x}/{y}.png',
    attribution: '© City',
    attributionUrl: 'https://city.example',
  })
  expect(readConfig(['--demo'], environment).mapTiles).toBeNull()
  expect(() => readConfig([], { MAP_TILES: environment.MAP_TILES })).toThrow(/MAP_TILES needs MAP_ATTRIBUTION/)
  expect(() => readConfig([], { ...environment, MAP_TILES: 'https://{s}.x/{z}/{x}/{y}' })).toThrow(/MAP_TILES must/)
})

test('every variable that is read stands in the help and in the README', () => {
  const told = new Set(usage.match(/\b[A-Z][A-Z0-9_]+\b/g))
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(VARIABLES.filter((name) => !told.has(name))).toEqual([])
  expect(VARIABLES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})
