import { expect, test } from 'vitest'
import { outboundProblem } from './outbound-url.ts'

const strict = { allowPrivate: false }
const open = { allowPrivate: true }

test('public addresses over TLS are allowed', () => {
  for (const address of [
    'https://example.org/hook',
    'https://93.184.216.34:8443/a?b=c',
    'https://[2606:2800:220:1::1]/',
    'https://172.32.0.1/',
    'https://xn--80ab.bg/hook',
  ])
    expect([address, outboundProblem(address, strict)]).toEqual([address, null])
})

test('this machine, private networks and what hides them are refused unless the operator allows them', () => {
  for (const address of [
    'https://localhost/',
    'https://LOCALHOST./',
    'https://database/',
    'https://depot.internal/',
    'https://printer.local/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://224.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[2002:a00:1::]/',
    'https://[2001::1]/',
    'http://example.org/',
  ]) {
    expect([address, outboundProblem(address, strict)]).not.toEqual([address, null])
    expect([address, outboundProblem(address, open)]).toEqual([address, null])
  }
})

test('what is no web address is refused always', () => {
  for (const address of [
    '',
    'hook',
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://a:b@example.org/',
    `https://example.org/${'x'.repeat(2_000)}`,
  ])
    expect([address, outboundProblem(address, open)]).not.toEqual([address, null])
})
