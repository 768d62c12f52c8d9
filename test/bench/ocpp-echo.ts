/** The ceiling: a bare WebSocket server that answers every call at once, reads nothing of it but its id, and keeps nothing. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const http = createServer()
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
sockets.on('connection', (ws) => {
  ws.on('message', (data) => {
    const id = String(data).split(',', 2)[1]
    ws.send(`[3,${id},{"status":"Accepted","transactionId":1}]`)
  })
})
http.listen(0, '127.0.0.1')
await once(http, 'listening')

process.on('message', (asked) => {
  if (asked === 'usage') {
    const { user, system } = process.cpuUsage()
    process.send?.({ usage: { rssBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 } })
  }
  if (asked === 'end') process.exit(0)
})
process.on('disconnect', () => process.exit(1))
process.send?.({ port: (http.address() as AddressInfo).port })
