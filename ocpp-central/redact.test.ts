import { expect, test } from 'vitest'
import { redactFrame } from './redact.ts'

test('frames without secrets are kept letter by letter', () => {
  const frame = '[2, "a","Heartbeat", {}]'
  expect(redactFrame(frame)).toBe(frame)
})

test.each([
  [2, 'a', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'geheim' }],
  [3, 'a', { configurationKey: [{ key: 'AuthorizationKey', readonly: false, value: 'geheim' }] }],
  [
    2,
    'a',
    'SetVariables',
    {
      setVariableData: [
        { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' }, attributeValue: 'geheim' },
      ],
    },
  ],
  [
    2,
    'a',
    'SetNetworkProfile',
    {
      connectionData: {
        vpn: { server: 's', user: 'u', password: 'geheim', key: 'geheim' },
        apn: { apnPassword: 'geheim' },
      },
    },
  ],
])('the secret of %j is not kept', (...frame) => {
  const kept = redactFrame(JSON.stringify(frame))
  expect(kept).not.toContain('geheim')
  expect(JSON.parse(kept)).toHaveLength(frame.length)
})
