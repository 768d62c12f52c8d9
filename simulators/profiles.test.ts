import { describe, expect, test } from 'vitest'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { EvseSpec } from './evse.ts'
import { createProfileBook } from './profiles.ts'
import type { ProfileCapabilities } from './profiles.ts'

const AT = Date.parse('2026-11-23T18:00:00Z')
const HOUR = 3_600_000
const DC: EvseSpec = {
  evseId: 1,
  currentType: 'DC',
  phases: 3,
  maxPowerW: 150_000,
  minPowerW: 5_000,
  efficiency: 0.95,
  connectorType: 'cCCS2',
}
const AC: EvseSpec = { ...DC, currentType: 'AC', maxPowerW: 22_080, minPowerW: 0, connectorType: 'sType2' }
const CAPABLE: ProfileCapabilities = {
  maxPeriods: 10,
  maxStackLevel: 5,
  maxProfiles: 6,
  units: ['W', 'A'],
  sameLevel: 'replace',
}
const TX = { transactionId: '7', startedMs: AT }

function profile(
  change: Partial<Omit<ChargingProfile, 'schedule'>>,
  schedule: Partial<ChargingProfile['schedule']> & { limits: readonly (readonly [seconds: number, limit: number])[] },
): ChargingProfile {
  const { limits, ...rest } = schedule
  return {
    id: 1,
    stackLevel: 0,
    purpose: 'txDefault',
    kind: 'absolute',
    ...change,
    schedule: {
      rateUnit: 'W',
      ...(change.kind === 'relative' ? {} : { startAt: new Date(AT) }),
      ...rest,
      periods: limits.map(([startSeconds, limit]) => ({ startSeconds, limit })),
    },
  }
}

const failSafe = profile({ id: 100, kind: 'relative' }, { limits: [[0, 20_000]] })

function book(capabilities: Partial<ProfileCapabilities> = {}, evses: EvseSpec[] = [DC, { ...DC, evseId: 2 }]) {
  return createProfileBook(evses, { ...CAPABLE, ...capabilities })
}

describe('the limit at an instant', () => {
  test('without a profile the hardware is the limit', () => {
    expect(book().limitAt(1, AT, null)).toMatchObject({ limitW: 150_000, fromProfile: false })
  })

  test('a TxProfile overrules the TxDefaultProfile, upwards too, while its transaction runs', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    profiles.install(1, profile({ id: 2, purpose: 'tx', stackLevel: 1 }, { limits: [[0, 90_000]] }), TX)
    expect(profiles.limitAt(1, AT, TX).limitW).toBe(90_000)
    expect(profiles.limitAt(1, AT, null).limitW).toBe(20_000)
    expect(profiles.limitAt(2, AT, TX).limitW).toBe(20_000)
    profiles.endTransaction(1)
    expect(profiles.limitAt(1, AT, TX).limitW).toBe(20_000)
  })

  test('after the TxProfile’s duration, and after its validTo, the fail-safe shows through: a gap is neither zero nor the last value', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    profiles.install(
      1,
      profile(
        { id: 2, purpose: 'tx' },
        {
          durationSeconds: 7_200,
          limits: [
            [0, 90_000],
            [3_600, 60_000],
          ],
        },
      ),
      TX,
    )
    expect(profiles.limitAt(1, AT + HOUR - 1, TX)).toMatchObject({ limitW: 90_000, untilMs: AT + HOUR })
    expect(profiles.limitAt(1, AT + HOUR, TX)).toMatchObject({ limitW: 60_000, untilMs: AT + 2 * HOUR })
    expect(profiles.limitAt(1, AT + 2 * HOUR, TX)).toMatchObject({ limitW: 20_000 })

    profiles.install(1, profile({ id: 2, purpose: 'tx', validTo: new Date(AT + HOUR) }, { limits: [[0, 90_000]] }), TX)
    expect(profiles.limitAt(1, AT + HOUR - 1, TX).limitW).toBe(90_000)
    expect(profiles.limitAt(1, AT + HOUR, TX).limitW).toBe(20_000)
  })

  test('before its start and before validFrom a profile says nothing', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    profiles.install(
      1,
      profile({ id: 2, stackLevel: 1, validFrom: new Date(AT + HOUR) }, { limits: [[0, 50_000]] }),
      null,
    )
    expect(profiles.limitAt(1, AT, TX)).toMatchObject({ limitW: 20_000, untilMs: AT + HOUR })
    expect(profiles.limitAt(1, AT + HOUR, TX).limitW).toBe(50_000)
    profiles.install(
      1,
      profile({ id: 2, stackLevel: 1 }, { startAt: new Date(AT + 2 * HOUR), limits: [[0, 50_000]] }),
      null,
    )
    expect(profiles.limitAt(1, AT + HOUR, TX)).toMatchObject({ limitW: 20_000, untilMs: AT + 2 * HOUR })
  })

  test('within a purpose the higher stack level wins, and beneath it the lower one waits', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    profiles.install(1, profile({ id: 2, stackLevel: 3 }, { durationSeconds: 3_600, limits: [[0, 80_000]] }), null)
    profiles.install(1, profile({ id: 3, stackLevel: 2 }, { durationSeconds: 7_200, limits: [[0, 40_000]] }), null)
    expect([0, 1, 2].map((hours) => profiles.limitAt(1, AT + hours * HOUR, null).limitW)).toEqual([
      80_000, 40_000, 20_000,
    ])
  })

  test('the station’s own limit caps everything, each outlet and their sum', () => {
    const profiles = book()
    profiles.install(
      0,
      profile(
        { id: 9, purpose: 'stationMax' },
        {
          limits: [
            [0, 100_000],
            [3_600, 30_000],
          ],
        },
      ),
      null,
    )
    expect(profiles.limitAt(1, AT, null).limitW).toBe(100_000)
    expect(profiles.limitAt(1, AT + HOUR, null).limitW).toBe(30_000)
    expect(profiles.stationLimitAt(AT + HOUR).limitW).toBe(30_000)
    const whole = profiles.compositeSchedule({ evseId: 0, fromMs: AT, durationSeconds: 7_200, transactions: new Map() })
    expect(whole?.periods).toEqual([
      { startSeconds: 0, limit: 100_000 },
      { startSeconds: 3_600, limit: 30_000 },
    ])
  })

  test('a daily profile comes back every day at the same time and leaves the rest of the day to the one below', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    const night = profile(
      { id: 2, stackLevel: 1, kind: 'recurringDaily' },
      { durationSeconds: 8 * 3_600, limits: [[0, 70_000]] },
    )
    profiles.install(1, night, null)
    const limitAfter = (hours: number) => profiles.limitAt(1, AT + hours * HOUR, null).limitW
    expect([-1, 0, 7.9, 8, 23.9, 24, 31.9, 32].map(limitAfter)).toEqual([
      20_000, 70_000, 70_000, 20_000, 20_000, 70_000, 70_000, 20_000,
    ])
    expect(profiles.limitAt(1, AT + 10 * HOUR, null).untilMs).toBe(AT + 24 * HOUR)
  })

  test('a relative profile counts from the start of the transaction', () => {
    const profiles = book()
    profiles.install(
      0,
      profile(
        { kind: 'relative' },
        {
          limits: [
            [0, 10_000],
            [900, 50_000],
          ],
        },
      ),
      null,
    )
    const started = { transactionId: '7', startedMs: AT - 900_000 + 1 }
    expect(profiles.limitAt(1, AT, started).limitW).toBe(10_000)
    expect(profiles.limitAt(1, AT + 1, started).limitW).toBe(50_000)
  })

  test('amperes are per phase: 16 A on three phases are 11,040 W, on one phase 3,680 W', () => {
    const profiles = book({}, [AC])
    profiles.install(1, profile({ kind: 'relative' }, { rateUnit: 'A', limits: [[0, 16]] }), null)
    expect(profiles.limitAt(1, AT, null)).toMatchObject({ limitW: 11_040, phases: 3 })
    const single = profile({ kind: 'relative' }, { rateUnit: 'A', limits: [[0, 16]] })
    const first = single.schedule.periods[0]
    if (first !== undefined) first.phases = 1
    profiles.install(1, single, null)
    expect(profiles.limitAt(1, AT, null)).toMatchObject({ limitW: 3_680, phases: 1 })
  })
})

describe('a composite schedule', () => {
  test('shows the TxProfile, then the fail-safe after it ends, each period once', () => {
    const profiles = book()
    profiles.install(0, failSafe, null)
    const plan = profile(
      { id: 2, purpose: 'tx' },
      {
        durationSeconds: 3_600,
        limits: [
          [0, 60_000],
          [900, 60_000],
          [1_800, 0],
        ],
      },
    )
    profiles.install(1, plan, TX)
    const composite = profiles.compositeSchedule({
      evseId: 1,
      fromMs: AT + 600_000,
      durationSeconds: 7_200,
      transactions: new Map([[1, TX]]),
    })
    expect(composite).toEqual({
      evseId: 1,
      startAt: new Date(AT + 600_000),
      durationSeconds: 7_200,
      rateUnit: 'W',
      periods: [
        { startSeconds: 0, limit: 60_000 },
        { startSeconds: 1_200, limit: 0 },
        { startSeconds: 3_000, limit: 20_000 },
      ],
    })
  })

  test('is written in amperes for AC, rounded down to a tenth', () => {
    const profiles = book({}, [AC])
    profiles.install(1, profile({ kind: 'relative' }, { limits: [[0, 10_000]] }), null)
    const composite = profiles.compositeSchedule({
      evseId: 1,
      fromMs: AT,
      durationSeconds: 60,
      transactions: new Map(),
    })
    expect(composite?.periods).toEqual([{ startSeconds: 0, limit: 14.4, phases: 3 }])
  })

  test('is refused in a unit that the station does not speak', () => {
    const request = { evseId: 1, fromMs: AT, durationSeconds: 60, rateUnit: 'A', transactions: new Map() } as const
    expect(book({ units: ['W'] }).compositeSchedule(request)).toBeNull()
  })
})

describe('what a station refuses', () => {
  const tx = { purpose: 'tx', transactionId: '7' } as const
  test.each([
    ['an EVSE that it has not', 7, failSafe, TX, 'UnknownEvse'],
    ['a level above its highest', 1, profile({ stackLevel: 6 }, { limits: [[0, 1]] }), TX, 'InvalidStackLevel'],
    [
      'more periods than it can hold',
      1,
      profile({}, { limits: Array.from({ length: 11 }, (_, i) => [i, 1] as const) }),
      TX,
      'InvalidSchedule',
    ],
    ['a first period that does not start at 0', 1, profile({}, { limits: [[120, 1]] }), TX, 'InvalidSchedule'],
    [
      'periods out of order',
      1,
      profile(
        {},
        {
          limits: [
            [0, 1],
            [60, 2],
            [60, 3],
          ],
        },
      ),
      TX,
      'InvalidSchedule',
    ],
    [
      'a relative profile with a start',
      1,
      profile({ kind: 'relative' }, { startAt: new Date(AT), limits: [[0, 1]] }),
      TX,
      'InvalidSchedule',
    ],
    [
      'a station limit for one outlet',
      1,
      profile({ purpose: 'stationMax' }, { limits: [[0, 1]] }),
      TX,
      'InvalidProfile',
    ],
    [
      'a relative station limit',
      0,
      profile({ purpose: 'stationMax', kind: 'relative' }, { limits: [[0, 1]] }),
      TX,
      'InvalidProfile',
    ],
    ['a TxProfile without a transaction', 1, profile(tx, { limits: [[0, 1]] }), null, 'TxNotFound'],
    [
      'a TxProfile of another transaction',
      1,
      profile({ ...tx, transactionId: '8' }, { limits: [[0, 1]] }),
      TX,
      'TxNotFound',
    ],
    ['a TxProfile for the whole station', 0, profile(tx, { limits: [[0, 1]] }), TX, 'InvalidProfile'],
  ] as const)('%s', (_, evseId, refused, transaction, reason) => {
    expect(book().install(evseId, refused, transaction)).toBe(reason)
  })

  test('a unit that it does not speak', () => {
    expect(book({ units: ['W'] }).install(1, profile({}, { rateUnit: 'A', limits: [[0, 16]] }), null)).toBe(
      'UnsupportedRateUnit',
    )
  })

  test('one profile more than it can hold', () => {
    const profiles = book({ maxProfiles: 1 })
    expect(profiles.install(0, failSafe, null)).toBeNull()
    expect(profiles.install(1, profile({ id: 2, stackLevel: 1 }, { limits: [[0, 1]] }), null)).toBe('OutOfStorage')
    expect(profiles.install(0, failSafe, null)).toBeNull()
  })

  test('the same level twice: 2.0.1 refuses it, 1.6 replaces; the same id replaces in both', () => {
    const second = profile({ id: 101, kind: 'relative' }, { limits: [[0, 30_000]] })
    const strict = book({ sameLevel: 'reject' })
    strict.install(0, failSafe, null)
    expect(strict.install(0, second, null)).toBe('DuplicateProfile')
    expect(strict.install(0, { ...second, id: 100 }, null)).toBeNull()
    expect(strict.limitAt(1, AT, null).limitW).toBe(30_000)

    const replacing = book()
    replacing.install(0, failSafe, null)
    expect(replacing.install(0, second, null)).toBeNull()
    expect(replacing.list().map((one) => one.profile.id)).toEqual([101])
  })
})

test('profiles are cleared by id, or by where they are, what they are for and how high they stand', () => {
  const profiles = book()
  profiles.install(0, failSafe, null)
  profiles.install(1, profile({ id: 2, stackLevel: 1 }, { limits: [[0, 1]] }), null)
  profiles.install(2, profile({ id: 3, stackLevel: 1 }, { limits: [[0, 1]] }), null)
  expect(profiles.clear({ evseId: 1, purpose: 'txDefault', stackLevel: 1 })).toBe(1)
  expect(profiles.clear({ profileId: 2 })).toBe(0)
  expect(profiles.clear({ profileId: 3 })).toBe(1)
  expect(profiles.clear({ purpose: 'txDefault' })).toBe(1)
})
