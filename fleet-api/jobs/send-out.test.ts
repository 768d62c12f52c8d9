import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sendOut } from './send-out.ts'

const LIMITS = { outbound: { allowPrivate: true }, timeoutMs: 5_000 }

/** As it reads in JSON. */
const told = (sent: unknown): unknown => JSON.parse(JSON.stringify(sent))

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/`
}

test.each([
  [204, null],
  [302, 'The address answered 302.'],
  [500, 'The address answered 500.'],
])('an answer of %i is told as such, and nobody is asked elsewhere', async (status, error) => {
  let asked = 0
  const url = await serving((_, response) => {
    asked += 1
    response.writeHead(status, { location: '/elsewhere' }).end()
  })
  expect(told(await sendOut(url, () => new Request(url, { method: 'POST', body: 'x' }), LIMITS))).toEqual({
    status,
    error,
  })
  expect(asked).toBe(1)
})

test('who answers too late is said to, and who is not there, without the address', async () => {
  const silent = await serving(() => undefined)
  const late = await sendOut(silent, () => new Request(silent), { ...LIMITS, timeoutMs: 50 })
  expect(told(late)).toEqual({ status: null, error: 'No answer within 0.05 s.' })
  const closed = await closedPort()
  const gone = await sendOut(closed, () => new Request(`${closed}?key=secret`), LIMITS)
  expect(told(gone)).toEqual({ status: null, error: 'Not reached: the connection was refused.' })
  expect(gone.error?.in('bg')).toBe('Няма връзка: връзката е отказана.')
})

test('an address that is forbidden is not even made a request for', async () => {
  const sent = await sendOut('http://10.0.0.1/', () => expect.unreachable(), {
    ...LIMITS,
    outbound: { allowPrivate: false },
  })
  expect(told(sent)).toEqual({
    status: null,
    error: 'The address must begin with https://; OUTBOUND=private allows plain HTTP.',
  })
})
