const AT = '2026-11-23T19:00:00Z'

/** Messages that are right, to be spoilt. */
const SEEDS: Record<'ocpp1.6' | 'ocpp2.0.1', [string, object][]> = {
  'ocpp1.6': [
    ['StartTransaction', { connectorId: 1, idTag: 'BUS-1', meterStart: 0, timestamp: AT, reservationId: 1 }],
    ['StopTransaction', { transactionId: 1, meterStop: 5, timestamp: AT, idTag: 'BUS-1', transactionData: [] }],
    [
      'MeterValues',
      { connectorId: 1, transactionId: 1, meterValue: [{ timestamp: AT, sampledValue: [{ value: '1' }] }] },
    ],
    ['StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError', info: 'x', timestamp: AT }],
    ['Authorize', { idTag: 'BUS-1' }],
    ['DataTransfer', { vendorId: 'v', messageId: 'm', data: 'd' }],
    ['FirmwareStatusNotification', { status: 'Idle' }],
    ['SecurityEventNotification', { type: 'Test', timestamp: AT, techInfo: 'x' }],
    ['BootNotification', { chargePointVendor: 'v', chargePointModel: 'm', firmwareVersion: '1' }],
  ],
  'ocpp2.0.1': [
    [
      'TransactionEvent',
      {
        eventType: 'Updated',
        timestamp: AT,
        triggerReason: 'MeterValuePeriodic',
        seqNo: 1,
        transactionInfo: { transactionId: 'T-1', chargingState: 'Charging' },
        evse: { id: 1, connectorId: 1 },
        idToken: { idToken: 'BUS-1', type: 'ISO14443' },
        meterValue: [{ timestamp: AT, sampledValue: [{ value: 1, measurand: 'SoC' }] }],
      },
    ],
    ['MeterValues', { evseId: 1, meterValue: [{ timestamp: AT, sampledValue: [{ value: 1 }] }] }],
    ['StatusNotification', { timestamp: AT, connectorStatus: 'Occupied', evseId: 1, connectorId: 1 }],
    ['Authorize', { idToken: { idToken: 'BUS-1', type: 'ISO14443' } }],
    ['SecurityEventNotification', { type: 'Test', timestamp: AT, techInfo: 'x' }],
    ['FirmwareStatusNotification', { status: 'Idle', requestId: 1 }],
    [
      'NotifyReport',
      {
        requestId: 1,
        generatedAt: AT,
        seqNo: 0,
        reportData: [
          { component: { name: 'C', evse: { id: 1 } }, variable: { name: 'V' }, variableAttribute: [{ value: 'x' }] },
        ],
      },
    ],
    [
      'NotifyEvent',
      {
        generatedAt: AT,
        seqNo: 0,
        eventData: [
          {
            eventId: 1,
            timestamp: AT,
            trigger: 'Alerting',
            actualValue: 'Faulted',
            techInfo: 'x',
            eventNotificationType: 'CustomMonitor',
            component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
            variable: { name: 'AvailabilityState' },
          },
        ],
      },
    ],
    ['BootNotification', { reason: 'PowerUp', chargingStation: { model: 'm', vendorName: 'v' } }],
  ],
}

/** JSON texts that stand where something else is due. */
const WILD_VALUES = [
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '[[]]',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800x"',
  '"\u{1f68c}"',
  '-1',
  '0.5',
  '1e15',
  '1e18',
  '9007199254740993',
  '1e300',
  '1e999',
  '-1e300',
  '1e-60',
  '2147483648',
  '99999999',
  '"9999-12-31T23:59:59-23:00"',
  '"0001-01-01T00:00:00+23:59"',
  '"2026-13-45T99:99:99Z"',
  '"yesterday"',
  '"NaN"',
  '"1e400"',
  '"-5e9"',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  '{"toString":1}',
  `"${'x'.repeat(3000)}"`,
]

/** Frames that are each wrong in one to three places, the same ones for the same seed. */
export function* wildFrames(protocol: keyof typeof SEEDS, options: { seed: number; count: number }): Generator<string> {
  const random = mulberry32(options.seed)
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new RangeError('nothing to pick from')
    return value
  }
  for (let i = 0; i < options.count; i += 1) {
    const [action, payload] = pick(SEEDS[protocol])
    let text = JSON.stringify([2, `wild-${i}`, action, payload])
    const wrongs = 1 + Math.floor(random() * 3)
    for (let wrong = 0; wrong < wrongs; wrong += 1) text = spoil(text, random, pick)
    yield text
  }
}

function spoil(text: string, random: () => number, pick: <Value>(values: readonly Value[]) => Value): string {
  const kind = random()
  if (kind < 0.03) return text.slice(0, Math.floor(random() * text.length))
  if (kind < 0.06) {
    const at = Math.floor(random() * text.length)
    return text.slice(0, at) + pick(['"', '{', ']', ',', '\0', '\\', '\uFEFF', '2']) + text.slice(at)
  }
  // Scalars and empty containers, wherever they stand: type, id and action too, but those more rarely.
  const places = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!:)|-?\d+(?:\.\d+)?|\[\]|\{\}/g)].filter(
    (match) => match.index > 3 || random() < 0.1,
  )
  if (places.length === 0) return text
  const place = pick(places)
  return text.slice(0, place.index) + pick(WILD_VALUES) + text.slice(place.index + place[0].length)
}

/** Small, seeded and good enough for tests. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
