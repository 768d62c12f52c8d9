import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { World } from './city-world.ts'
import { faultRequest } from './faults.ts'

const LONGEST_BODY = 10_000

/** Serves the city's state and takes faults on 127.0.0.1: `GET /state`, `POST /faults`, `DELETE /faults`. */
export async function serveControl(world: World, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(world, request).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => send(response, 500, { title: error instanceof Error ? error.message : 'failed' }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

async function answer(world: World, request: IncomingMessage): Promise<{ status: number; body: object }> {
  const what = `${request.method} ${request.url?.split('?')[0]}`
  if (what === 'GET /state') return { status: 200, body: world.state() }
  if (what === 'DELETE /faults') {
    world.clearFaults()
    return { status: 200, body: world.state() }
  }
  if (what !== 'POST /faults') return { status: 404, body: { title: 'GET /state, POST /faults, DELETE /faults' } }
  const parsed = faultRequest.safeParse(await readJson(request))
  if (!parsed.success) return { status: 400, body: { title: 'no such fault', detail: parsed.error.message } }
  const fault = world.addFault(parsed.data)
  if (fault === null) return { status: 404, body: { title: 'no such bus or station' } }
  return { status: 201, body: { faultId: fault.faultId, ...fault.request } }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > LONGEST_BODY) return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
