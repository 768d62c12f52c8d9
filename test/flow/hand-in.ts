import { expect } from 'vitest'
import { importJob } from '../../fleet-api/schemas/imports.ts'
import { runImports } from '../../scheduler/jobs/run-imports.ts'
import { KEY, type TestApi } from './api-depot.ts'

/** Does what the job `imports` does each time. */
export function run({ db, clock }: TestApi): Promise<void> {
  const silent = () => undefined
  return runImports({
    db,
    now: () => clock.now,
    gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    solver: () => Promise.reject(new Error('nothing is planned here')),
    outbound: { allowPrivate: false },
  } as unknown as Parameters<typeof runImports>[0])
}

/** Hands in a file and has it looked through. */
export async function handIn(api: TestApi, query: string, file: Uint8Array | string) {
  const answer = await api.app.request(`/api/v1/imports?${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/octet-stream' },
    body: new Blob([typeof file === 'string' ? file : new Uint8Array(file)]),
  })
  expect(answer.status).toBe(201)
  const { importId } = importJob.parse(await answer.json())
  await run(api)
  return read(api, importId)
}

export const read = async (api: TestApi, importId: number) =>
  importJob.parse(await (await api.get(`/api/v1/imports/${importId}`)).json())

/** Has an import stored, or taken back; resolves with what came of it. */
export async function apply(api: TestApi, importId: number, how: 'apply' | 'undo' = 'apply') {
  const answer = await api.send('POST', `/api/v1/imports/${importId}/${how}`)
  expect(answer.status).toBe(202)
  const asked = importJob.parse(await answer.json())
  await run(api)
  return read(api, asked.importId)
}
