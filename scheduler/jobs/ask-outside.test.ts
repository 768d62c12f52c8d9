import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { askOutside } from './ask-outside.ts'

const LIMITS = { accept: 'text/plain', timeoutMs: 5_000, maxBytes: 1_000 }

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('an answer comes with its status, its bytes and when to ask again, and the question with its key', async () => {
  const url = await serving((request, response) => {
    response.writeHead(429, { 'retry-after': '30' })
    response.write('заряд ')
    response.end(`${request.headers.accept} ${request.headers.authorization}`)
  })
  const { status, bytes, retryAfterS } = await askOutside(url, { ...LIMITS, authorization: 'Bearer k' })
  expect({ status, retryAfterS }).toEqual({ status: 429, retryAfterS: 30 })
  expect(new TextDecoder().decode(bytes)).toBe('заряд text/plain Bearer k')
})

test('a redirect is answered as it stands, and nobody is asked elsewhere', async () => {
  let asked = 0
  const url = await serving((_, response) => {
    asked += 1
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect(await askOutside(url, LIMITS)).toMatchObject({ status: 302, retryAfterS: null })
  expect(asked).toBe(1)
})

test('an answer of just the limit is taken, one byte more is not', async () => {
  const url = await serving((request, response) => response.end('x'.repeat(request.url === '/more' ? 1_001 : 1_000)))
  expect((await askOutside(url, LIMITS)).bytes).toHaveLength(1_000)
  await expect(askOutside(`${url}more`, LIMITS)).rejects.toMatchObject({ problem: 'tooLarge' })
})

test('who answers too late, or begins and never ends, is late; who hangs up has broken off; who is not there cannot be reached', async () => {
  const silent = await serving(() => undefined)
  await expect(askOutside(silent, { ...LIMITS, timeoutMs: 50 })).rejects.toMatchObject({ problem: 'late' })
  const endless = await serving((_, response) => void response.write('x'))
  await expect(askOutside(endless, { ...LIMITS, timeoutMs: 50 })).rejects.toMatchObject({ problem: 'late' })
  const rude = await serving((request, response) => {
    response.writeHead(200, { 'content-length': '500' }).write('x')
    setTimeout(() => request.socket.destroy(), 20)
  })
  await expect(askOutside(rude, LIMITS)).rejects.toMatchObject({ problem: 'brokenOff' })
  const gone = askOutside('http://127.0.0.1:1/?securityToken=secret', LIMITS)
  await expect(gone).rejects.toMatchObject({ problem: 'unreachable', message: 'not reachable' })
})
