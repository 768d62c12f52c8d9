import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigProblems, readConfig } from '../../runtime/config.ts'

test('without any setting the server listens on 8080 with a database in ./data, and strangers wait for approval', () => {
  expect(readConfig([], {})).toEqual({
    host: '0.0.0.0',
    port: 8080,
    databaseUrl: null,
    dataDirectory: resolve('./data'),
    adminKey: null,
    stationPolicy: 'pending',
    logLevel: 'info',
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
