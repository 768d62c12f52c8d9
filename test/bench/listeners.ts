/** Opens many live streams in a process of its own and tells when marked changes reach them. */
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'

const [url = '', count = '0', vehicleId = ''] = process.argv.slice(2)
const delays: number[] = []
let snapshots = 0
let bytes = 0

/** A change carries the instant of its commit in the vehicle's label. */
const MARK = new RegExp(`"vehicleId":"${vehicleId}","label":"at (\\d+)"`)

function listen(): Promise<void> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/events`, { agent: false }, (response: IncomingMessage) => {
      if (response.statusCode !== 200) {
        reject(new Error(`a stream was refused: ${response.statusCode}`))
        return
      }
      response.setEncoding('utf8')
      let parts: string[] = []
      response.on('data', (chunk: string) => {
        bytes += chunk.length
        parts.push(chunk)
        // Looked for in what came last alone: a fleet's events come in many parts.
        if (!((parts.at(-2) ?? '').slice(-1) + chunk).includes('\n\n')) return
        const all = parts.join('')
        const end = all.lastIndexOf('\n\n')
        const whole = all.slice(0, end)
        parts = [all.slice(end + 2)]
        if (whole.includes('event: snapshot')) {
          snapshots += 1
          resolve()
          return
        }
        const mark = MARK.exec(whole)?.[1]
        if (mark !== undefined) delays.push(Date.now() - Number(mark))
      })
    })
      .on('error', reject)
      .end()
  })
}

process.on('message', (asked) => {
  if (asked === 'report') process.send?.({ report: { snapshots, bytes, delays: delays.splice(0) } })
  if (asked === 'end') process.exit(0)
})
process.on('disconnect', () => process.exit(1))

for (let opened = 0; opened < Number(count); opened += 50)
  await Promise.all(Array.from({ length: Math.min(50, Number(count) - opened) }, listen))
process.send?.({ listening: snapshots })
